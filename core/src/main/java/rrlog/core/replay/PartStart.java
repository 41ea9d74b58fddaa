package rrlog.core.replay;

import rrlog.core.event.Position;

/**
 * Where a later part of a log begins.
 *
 * @param event position of its first event, or of the instruction event that it begins in
 * @param executed instructions of that event that come before, 0 for all of it
 */
public record PartStart(Position event, long executed) {
  /** The event's position with the icount of the first instruction that is left. */
  public Position position() {
    return new Position(event.event(), event.offset(), event.icount() + executed);
  }

  /** Whether it begins in an instruction event. */
  public boolean splits() {
    return executed > 0;
  }
}
