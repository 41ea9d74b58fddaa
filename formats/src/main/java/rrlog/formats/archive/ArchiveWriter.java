package rrlog.formats.archive;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import rrlog.core.event.Position;
import rrlog.core.log.Dialect;
import rrlog.core.log.Dialects;
import rrlog.core.log.EventCursor;
import rrlog.core.log.LogHeader;
import rrlog.core.log.LogReader;
import rrlog.formats.ZstdLibrary;
import rrlog.formats.archive.api.ArchiveMetadata;
import rrlog.formats.archive.api.ArchiveSettings;
import rrlog.formats.archive.api.ArchiveTotals;
import rrlog.formats.archive.api.MalformedArchiveException;
import rrlog.formats.archive.api.Recording;
import rrlog.formats.archive.block.BlockEncoder;
import rrlog.formats.archive.block.BlockHeader;
import rrlog.formats.archive.block.EventBuffer;
import rrlog.formats.archive.block.VarintWriter;
import rrlog.formats.archive.index.ArchiveFooter;
import rrlog.formats.archive.index.ArchiveLayout;
import rrlog.formats.archive.index.ArchiveRecords;
import rrlog.formats.archive.index.IndexRecord;

/**
 * Writes an archive.
 *
 * <p>Either {@link #write} does everything for an open log, or one gives each event, then what
 * cannot be decoded, and calls {@link #finish}. An archive that was not finished can be read as far
 * as it goes, and is told from a whole one. Memory does not grow with the log. Confined to one
 * thread.
 */
public final class ArchiveWriter implements Closeable {
  private final OutputStream output;
  private final ArchiveRecords records = new ArchiveRecords();
  private final EventBuffer events;
  private final BlockEncoder encoder;
  private final LogDigest digest;
  private final VarintWriter index = new VarintWriter();
  private final byte[] metadataFrame;
  private final byte[] headerBytes = new byte[BlockHeader.SIZE];
  private final int blockSize;

  private long firstBlock;
  private long written;
  private int blocks;
  private Position start = LogHeader.FIRST_EVENT;
  private long icount;
  private boolean continues;
  private boolean inRest;

  /**
   * Starts an archive with the usual settings.
   *
   * @param output where it goes; should be buffered only if writes of a few dozen bytes are slow
   * @param metadata what stands in front
   * @throws MalformedArchiveException where the metadata is too large
   * @throws IOException where it cannot be written
   */
  public ArchiveWriter(OutputStream output, ArchiveMetadata metadata) throws IOException {
    this(output, metadata, ArchiveSettings.USUAL);
  }

  /**
   * Starts an archive.
   *
   * @param output where it goes
   * @param metadata what stands in front
   * @param settings how blocks are made
   * @throws IllegalArgumentException where the metadata names no dialect that is known here
   * @throws IOException where it cannot be written
   */
  public ArchiveWriter(OutputStream output, ArchiveMetadata metadata, ArchiveSettings settings)
      throws IOException {
    ZstdLibrary.load();
    this.output = output;
    this.blockSize = settings.blockSize();
    Dialect dialect =
        Dialects.named(metadata.dialect())
            .orElseThrow(() -> new IllegalArgumentException("dialect " + metadata.dialect()));
    this.metadataFrame =
        records.frame(ArchiveLayout.METADATA_TAG, metadata, ArchiveLayout.MAX_METADATA);
    this.events = new EventBuffer(dialect, blockSize);
    this.encoder = new BlockEncoder(blockSize, settings.level());
    this.digest = new LogDigest(metadata.header());
    put(ArchiveLayout.magic());
    put(metadataFrame);
    this.firstBlock = written;
  }

  /**
   * Archives an open log from its first event to its last byte.
   *
   * @param log a log of which nothing has been read yet
   * @param output where the archive goes; it is flushed, never closed
   * @param rrlogVersion the version of rrlog to be told in the archive
   * @param recording what is known beside the log
   * @return what the archive says of the log
   */
  public static ArchiveTotals write(
      LogReader log, OutputStream output, String rrlogVersion, Recording recording)
      throws IOException {
    ArchiveMetadata metadata =
        new ArchiveMetadata(
            log.header(), log.dialect().id(), log.detection().certainty(), rrlogVersion, recording);
    try (ArchiveWriter writer = new ArchiveWriter(output, metadata)) {
      EventCursor cursor = log.cursor();
      while (cursor.next()) {
        writer.event(cursor);
      }
      log.copyRest((bytes, offset) -> writer.rest(bytes));
      return writer.finish();
    }
  }

  /** Adds the event at which a cursor stands. */
  public void event(EventCursor cursor) throws IOException {
    long size = cursor.size();
    if (size > events.room()) {
      endBlock();
      if (size > blockSize) {
        giant(cursor.bytes());
        return;
      }
    }
    events.add(cursor, (int) size);
    icount = cursor.icountAfter();
  }

  /** An event that is larger than a block goes into several. */
  private void giant(MemorySegment bytes) throws IOException {
    for (long from = 0; from < bytes.byteSize(); ) {
      int part = (int) Math.min(blockSize, bytes.byteSize() - from);
      events.addOpaque(bytes.asSlice(from, part), from == 0 ? 1 : 0);
      continues = from > 0;
      endBlock();
      from += part;
    }
    continues = false;
  }

  /** Adds bytes that follow the last event and are none. */
  public void rest(MemorySegment bytes) throws IOException {
    if (!inRest) {
      endBlock();
      inRest = true;
    }
    for (long from = 0; from < bytes.byteSize(); ) {
      int part = (int) Math.min(events.room(), bytes.byteSize() - from);
      events.addOpaque(bytes.asSlice(from, part), 0);
      from += part;
      if (events.room() == 0) {
        endBlock();
        continues = true;
      }
    }
  }

  private void endBlock() throws IOException {
    if (events.size() == 0) {
      return;
    }
    if (blocks == ArchiveLayout.MAX_BLOCKS) {
      throw new IOException("the log is too large for an archive: more than 2^19 blocks");
    }
    digest.add(events.bytes(), events.size());
    int kind = encoder.pack(events);
    BlockHeader header =
        new BlockHeader(
            kind,
            continues,
            events.events(),
            start,
            icount - start.icount(),
            events.size(),
            encoder.packedSize(),
            BlockHeader.checksumOf(encoder.packed(), 0, encoder.packedSize()),
            BlockHeader.checksumOf(events.bytes(), 0, events.size()));
    header.write(headerBytes);
    put(headerBytes);
    output.write(encoder.packed(), 0, encoder.packedSize());
    written += encoder.packedSize();
    IndexRecord.append(index, header);
    blocks++;
    start = header.end();
    events.clear();
  }

  private void put(byte[] bytes) throws IOException {
    output.write(bytes);
    written += bytes.length;
  }

  /** Ends the archive; nothing can be added then. */
  public ArchiveTotals finish() throws IOException {
    endBlock();
    ArchiveTotals totals =
        new ArchiveTotals(start.event(), start.icount(), start.offset(), digest.finish());
    boolean twice = written - firstBlock >= ArchiveLayout.METADATA_TWICE_FROM;
    int metadataSize = twice ? metadataFrame.length : 0;
    if (twice) {
      put(metadataFrame);
    }
    byte[] totalsFrame = records.frame(ArchiveLayout.TOTALS_TAG, totals, ArchiveLayout.MAX_TOTALS);
    put(totalsFrame);
    byte[] lengths = Arrays.copyOf(index.array(), index.size());
    IndexRecord all = new IndexRecord(firstBlock, blocks, lengths);
    byte[] indexFrame = records.frame(ArchiveLayout.INDEX_TAG, all, ArchiveLayout.MAX_INDEX);
    put(indexFrame);
    put(new ArchiveFooter(metadataSize, totalsFrame.length, indexFrame.length).toByteArray());
    output.flush();
    return totals;
  }

  /** Frees memory. Does not finish the archive, nor close the output. */
  @Override
  public void close() {
    encoder.close();
  }
}
