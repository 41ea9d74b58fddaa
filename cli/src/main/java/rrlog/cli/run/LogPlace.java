package rrlog.cli.run;

import java.io.IOException;
import java.util.Optional;
import rrlog.core.analysis.doctor.FailureCause;
import rrlog.core.event.EventKind;
import rrlog.core.log.EventCursor;
import rrlog.core.run.qemu.FailurePlace;

/** What a log holds where a QEMU left it: the event that is due, or that it was within. */
public final class LogPlace {
  private LogPlace() {}

  /** The place in a log that is read from its start. */
  public static FailureCause.Due at(EventCursor cursor, FailurePlace place) throws IOException {
    while (cursor.next()) {
      if (place.event().isPresent()
          ? cursor.ordinal() == place.event().getAsLong()
          : isDue(cursor, place.icount())) {
        return new FailureCause.Due(
            cursor.position(), Optional.of(cursor.kind()), cursor.fullName());
      }
    }
    return new FailureCause.Due(cursor.position(), Optional.empty(), "end of log");
  }

  private static boolean isDue(EventCursor cursor, long icount) {
    return cursor.kind() == EventKind.INSTRUCTION
        ? cursor.icountAfter() > icount
        : cursor.icount() >= icount;
  }
}
