package rrlog.core.event;

/**
 * Where an event stands in its log.
 *
 * @param event ordinal of the event, from 0
 * @param offset offset of its first byte in the uncompressed log, the header's 12 bytes included
 * @param icount guest instructions executed before it: the sum of all instruction counts before it
 */
public record Position(long event, long offset, long icount) {
  /** The position as every message prints it. */
  @Override
  public String toString() {
    return "offset 0x" + Long.toHexString(offset) + ", event " + event + ", icount " + icount;
  }
}
