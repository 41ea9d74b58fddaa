package rrlog.core.run.timeline;

import java.io.IOException;
import rrlog.core.analysis.LogPosition;
import rrlog.core.event.Position;
import rrlog.core.log.EventCursor;
import rrlog.core.log.LogHeader;
import rrlog.core.log.LogReader;

/** Positions in a log as places of a run. */
public final class Places {
  private Places() {}

  /**
   * The place of a position; behind everything where the log ends before.
   *
   * @param log lies in memory as a whole
   * @throws IOException where it cannot be read
   */
  public static Place of(LogPosition position, LogReader log) throws IOException {
    if (position.unit() == LogPosition.Unit.ICOUNT) {
      return Place.icount(position.value());
    }
    EventCursor cursor = log.cursorAt(new Position(0, LogHeader.SIZE, 0));
    while (cursor.next()) {
      if (position.reachedBy(cursor)) {
        return new Place(cursor.icount(), cursor.ordinal());
      }
    }
    return new Place(Long.MAX_VALUE, Long.MAX_VALUE);
  }
}
