package rrlog.formats.archive;

import java.io.IOException;
import java.util.Optional;
import rrlog.core.event.Position;
import rrlog.formats.archive.api.ArchiveBlock;
import rrlog.formats.archive.api.Damage;
import rrlog.formats.archive.api.DamagedBlockException;
import rrlog.formats.archive.api.MalformedArchiveException;
import rrlog.formats.archive.block.BlockDecoder;
import rrlog.formats.archive.block.BlockHeader;
import rrlog.formats.archive.index.ArchiveFile;
import rrlog.formats.archive.index.IndexTable;

/** Blocks of an archive in a file, from one of them on. */
final class FileFeed implements BlockFeed {
  private final ArchiveFile file;
  private final IndexTable table;
  private final Optional<Position> logEnd;
  private byte[] contents = new byte[0];
  private int number;
  private Position expected;

  /**
   * A feed.
   *
   * @param number the first block
   * @param expected where in the log that should be
   * @param logEnd where the log ends, empty where the archive does not tell any more
   */
  FileFeed(
      ArchiveFile file,
      IndexTable table,
      int number,
      Position expected,
      Optional<Position> logEnd) {
    this.file = file;
    this.table = table;
    this.number = number;
    this.expected = expected;
    this.logEnd = logEnd;
  }

  @Override
  public boolean next(BlockDecoder into) throws IOException {
    if (number == table.count()) {
      return atEnd();
    }
    ArchiveBlock block = table.block(number);
    if (block.start().offset() != expected.offset()) {
      throw new DamagedBlockException(missing(block.archiveOffset(), Optional.of(block.start())));
    }
    try {
      unpack(block, into);
    } catch (MalformedArchiveException damaged) {
      String what = "block " + number + " is damaged: " + damaged.getMessage();
      throw new DamagedBlockException(Damage.of(block, what));
    }
    expected = block.end();
    number++;
    return true;
  }

  private void unpack(ArchiveBlock block, BlockDecoder into) throws IOException {
    int length = BlockHeader.SIZE + block.storedSize();
    if (contents.length < length) {
      contents = new byte[length];
    }
    if (file.readUpTo(block.archiveOffset(), contents, length) < length) {
      throw new MalformedArchiveException("the archive ends inside it");
    }
    BlockHeader header = BlockHeader.read(contents, 0);
    if (!header.asBlock(block.number(), block.archiveOffset()).equals(block)) {
      throw new MalformedArchiveException("its header and the index disagree");
    }
    into.unpack(header, contents, BlockHeader.SIZE);
  }

  private boolean atEnd() throws DamagedBlockException {
    if (logEnd.isPresent() && logEnd.get().offset() == expected.offset()) {
      return false;
    }
    throw new DamagedBlockException(missing(file.size(), logEnd));
  }

  private Damage missing(long at, Optional<Position> to) {
    String what =
        to.isPresent()
            ? "blocks are missing"
            : "the archive is cut off: the end of the log is lost";
    return new Damage(at, what, Optional.of(expected), to);
  }

  /** Goes on with the next block, as if the present one had been read. */
  void skip() {
    if (number < table.count()) {
      ArchiveBlock block = table.block(number);
      if (block.start().offset() == expected.offset()) {
        expected = block.end();
        number++;
      } else {
        expected = block.start();
      }
    }
  }

  boolean isLast() {
    return number == table.count();
  }

  @Override
  public void close() {
    // The file belongs to the reader.
  }
}
