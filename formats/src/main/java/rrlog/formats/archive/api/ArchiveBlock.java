package rrlog.formats.archive.api;

import rrlog.core.event.Position;

/**
 * Where a block of an archive stands, and which part of the log it holds.
 *
 * @param number number of the block, from 0
 * @param archiveOffset offset in the archive of its header, in bytes
 * @param storedSize bytes that its contents take in the archive, without the header
 * @param start position in the log of its first byte
 * @param end position in the log after its last byte
 * @param continues whether it starts inside an event, or inside bytes that are no events
 */
public record ArchiveBlock(
    int number,
    long archiveOffset,
    int storedSize,
    Position start,
    Position end,
    boolean continues) {

  /** Number of events whose first byte is in the block. */
  public long events() {
    return end.event() - start.event();
  }

  /** Bytes of the log that the block holds. */
  public long logSize() {
    return end.offset() - start.offset();
  }
}
