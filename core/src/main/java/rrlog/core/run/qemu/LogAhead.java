package rrlog.core.run.qemu;

import java.io.IOException;
import rrlog.core.log.EventCursor;

/** How far a log's next event is from an instruction count that only grows. */
final class LogAhead {
  private final EventCursor cursor;
  private long next;

  LogAhead(EventCursor cursor) {
    this.cursor = cursor;
  }

  /**
   * Instructions from there to the next event that is none itself; 0 where one is due, or the log
   * has ended.
   */
  long from(long icount) throws IOException {
    while (next <= icount && cursor.next()) {
      next = cursor.icountAfter();
    }
    return Math.max(0, next - icount);
  }
}
