package rrlog.formats.archive;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import rrlog.core.event.Position;
import rrlog.core.log.LogHeader;
import rrlog.core.log.LogSource;
import rrlog.formats.FileLimits;
import rrlog.formats.ZstdLibrary;
import rrlog.formats.archive.api.ArchiveMetadata;
import rrlog.formats.archive.api.ArchiveTotals;
import rrlog.formats.archive.api.Damage;
import rrlog.formats.archive.api.DamagedBlockException;
import rrlog.formats.archive.api.MalformedArchiveException;
import rrlog.formats.archive.block.BlockDecoder;
import rrlog.formats.archive.block.BlockHeader;
import rrlog.formats.archive.block.BlockLayout;
import rrlog.formats.archive.index.ArchiveLayout;
import rrlog.formats.archive.index.ArchiveRecords;

/** An archive that arrives as a stream: read once from start to end, up to the first damage. */
public final class ArchiveStream implements Closeable {
  private final InputStream input;
  private final FileLimits limits;
  private final ArchiveRecords records = new ArchiveRecords();
  private final ArchiveMetadata metadata;
  private Optional<ArchiveTotals> totals = Optional.empty();
  private long at;

  private ArchiveStream(InputStream input, FileLimits limits) throws IOException {
    this.input = input;
    this.limits = limits;
    byte[] start = input.readNBytes(ArchiveLayout.MAGIC_SIZE);
    ArchiveLayout.checkMagic(start);
    at = start.length;
    this.metadata =
        record(
            read(ArchiveRecords.FRAME),
            ArchiveLayout.METADATA_TAG,
            ArchiveMetadata.class,
            ArchiveLayout.MAX_METADATA,
            "metadata");
  }

  /**
   * Opens an archive.
   *
   * @param input a buffered stream; closed with this
   * @param limits what an event of it may cost
   * @throws MalformedArchiveException where it is none, or its metadata is damaged
   */
  public static ArchiveStream open(InputStream input, FileLimits limits) throws IOException {
    ZstdLibrary.load();
    return new ArchiveStream(input, limits);
  }

  /** What was written in front. */
  public ArchiveMetadata metadata() {
    return metadata;
  }

  /**
   * The log, from its header on; to be asked for once. Reading throws {@link DamagedBlockException}
   * where the archive is damaged. Closing it closes the archive.
   */
  public LogSource source() {
    return new ArchiveSource(new Feed(), 0, metadata.header().toByteArray(), limits);
  }

  /** What is known of the whole log; empty until all of it has been read. */
  public Optional<ArchiveTotals> totals() {
    return totals;
  }

  private byte[] read(int length) throws IOException {
    byte[] bytes = input.readNBytes(length);
    at += bytes.length;
    if (bytes.length < length) {
      throw new MalformedArchiveException("the archive is cut off");
    }
    return bytes;
  }

  private <T> T record(byte[] frame, int tag, Class<T> type, int most, String what)
      throws IOException {
    int length = ArchiveRecords.length(frame, tag, most, what);
    return records.read(frame, read(length), type, what);
  }

  @Override
  public void close() throws IOException {
    input.close();
  }

  private final class Feed implements BlockFeed {
    private Position expected = LogHeader.FIRST_EVENT;
    private byte[] contents = new byte[0];
    private Optional<Damage> damage = Optional.empty();

    @Override
    public boolean next(BlockDecoder into) throws IOException {
      if (damage.isPresent()) {
        throw new DamagedBlockException(damage.get());
      }
      if (totals.isPresent()) {
        return false;
      }
      long from = at;
      try {
        return step(into);
      } catch (MalformedArchiveException damaged) {
        String what = damaged.getMessage() + "; a file could be read beyond this place";
        damage = Optional.of(new Damage(from, what, Optional.of(expected), Optional.empty()));
        throw new DamagedBlockException(damage.get());
      }
    }

    private boolean step(BlockDecoder into) throws IOException {
      byte[] frame = read(ArchiveRecords.FRAME);
      int tag = (int) BlockLayout.INT.get(frame, 0);
      if (tag == BlockLayout.BLOCK_TAG) {
        block(frame, into);
        return true;
      }
      if (tag == ArchiveLayout.METADATA_TAG) {
        record(frame, tag, ArchiveMetadata.class, ArchiveLayout.MAX_METADATA, "metadata");
        frame = read(ArchiveRecords.FRAME);
      }
      ArchiveTotals told =
          record(
              frame,
              ArchiveLayout.TOTALS_TAG,
              ArchiveTotals.class,
              ArchiveLayout.MAX_TOTALS,
              "totals");
      if (told.size() != expected.offset()) {
        throw new MalformedArchiveException("blocks are missing");
      }
      totals = Optional.of(told);
      return false;
    }

    private void block(byte[] frame, BlockDecoder into) throws IOException {
      byte[] bytes = new byte[BlockHeader.SIZE];
      System.arraycopy(frame, 0, bytes, 0, frame.length);
      byte[] more = read(BlockHeader.SIZE - frame.length);
      System.arraycopy(more, 0, bytes, frame.length, more.length);
      BlockHeader header = BlockHeader.read(bytes, 0);
      if (!header.start().equals(expected)) {
        throw new MalformedArchiveException("blocks are missing");
      }
      int length = header.storedSize();
      if (contents.length < length) {
        contents = new byte[length];
      }
      int got = input.readNBytes(contents, 0, length);
      at += got;
      if (got < length) {
        throw new MalformedArchiveException("the archive is cut off inside a block");
      }
      into.unpack(header, contents, 0);
      expected = header.end();
    }

    @Override
    public void close() throws IOException {
      input.close();
    }
  }
}
