package rrlog.core.analysis;

import rrlog.core.event.Position;

/**
 * Where a log is cut: before an event, or inside an instruction event.
 *
 * @param event position of the first event behind the cut, or of the one it splits
 * @param instructions instructions of that event that lie before the cut; 0 for a cut before it
 * @param of instructions of that event in all; 0 for a cut before it
 */
public record SliceCut(Position event, long instructions, long of) {
  /** A cut before an event, or at the end of the log. */
  static SliceCut before(Position event) {
    return new SliceCut(event, 0, 0);
  }

  /** Whether the cut splits the event. */
  public boolean splits() {
    return instructions > 0;
  }

  /** The event's position with the icount of the cut. */
  public Position position() {
    return new Position(event.event(), event.offset(), event.icount() + instructions);
  }
}
