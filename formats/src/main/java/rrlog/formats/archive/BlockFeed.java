package rrlog.formats.archive;

import java.io.Closeable;
import java.io.IOException;
import rrlog.formats.archive.api.DamagedBlockException;
import rrlog.formats.archive.block.BlockDecoder;

/** Blocks of an archive, one after the other. */
interface BlockFeed extends Closeable {
  /**
   * Unpacks the next block. A failure is final: the next call fails in the same way.
   *
   * @return {@code false} where the log is known to end here
   * @throws DamagedBlockException where the block is damaged or missing
   * @throws IOException where the archive cannot be read
   */
  boolean next(BlockDecoder into) throws IOException;
}
