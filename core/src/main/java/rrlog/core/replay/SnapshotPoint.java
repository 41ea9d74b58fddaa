package rrlog.core.replay;

import java.util.Map;
import rrlog.core.event.Clock;
import rrlog.core.event.Position;

/**
 * What the engine adds to a snapshot of the machine.
 *
 * @param position the log's next event, and the instructions executed
 * @param instructionsLeft of that event, where it is an instruction event; else 0
 * @param clocks the last value of each clock that was read, nanoseconds
 * @param nextBlockRequest number that the next block request gets
 */
public record SnapshotPoint(
    Position position, long instructionsLeft, Map<Clock, Long> clocks, long nextBlockRequest) {
  /** Copies the map. */
  public SnapshotPoint {
    clocks = Map.copyOf(clocks);
  }
}
