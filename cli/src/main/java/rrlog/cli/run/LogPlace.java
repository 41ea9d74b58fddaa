package rrlog.cli.run;

import java.io.IOException;
import rrlog.core.event.EventKind;
import rrlog.core.event.Position;
import rrlog.core.log.EventCursor;

/**
 * What a log holds at an instruction count: the event that is due, or that the instructions lie in.
 *
 * @param position of that event; of the log's end where none is left
 * @param event its name and fields in short; {@code end of log}
 */
public record LogPlace(Position position, String event) {
  /** The place in a log that is read from its start. */
  public static LogPlace at(EventCursor cursor, long icount) throws IOException {
    while (cursor.next()) {
      boolean within = cursor.kind() == EventKind.INSTRUCTION && cursor.icountAfter() > icount;
      boolean due = cursor.kind() != EventKind.INSTRUCTION && cursor.icount() >= icount;
      if (within || due) {
        return new LogPlace(cursor.position(), cursor.fullName());
      }
    }
    return new LogPlace(cursor.position(), "end of log");
  }
}
