package rrlog.cli.run;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import rrlog.cli.io.LogOpener;
import rrlog.cli.io.OpenLog;
import rrlog.core.analysis.Problem;
import rrlog.core.analysis.Summary;
import rrlog.core.analysis.Validator;
import rrlog.core.analysis.doctor.Diagnosis;
import rrlog.core.analysis.doctor.LogCheck;
import rrlog.core.analysis.doctor.QemuCommand;
import rrlog.core.event.Clock;
import rrlog.core.event.EventKind;
import rrlog.core.log.Dialect;
import rrlog.core.log.EventCursor;

/** What is known of a log and the command line that is to replay it, without running anything. */
public final class LogDiagnoses {
  private LogDiagnoses() {}

  /**
   * The diagnoses, the worst first.
   *
   * @param stated the dialect that the user states
   * @param command how it is replayed, where that is known
   */
  public static List<Diagnosis> of(
      LogOpener logs, String file, Optional<Dialect> stated, Optional<QemuCommand> command)
      throws IOException {
    List<Problem> problems;
    Summary summary;
    try (OpenLog log = logs.open(file, stated)) {
      problems = log.read(Validator::validate);
    }
    try (OpenLog log = logs.open(file, stated)) {
      summary = log.read(reader -> Summary.of(reader.cursor()));
    }
    try (OpenLog log = logs.open(file, stated)) {
      boolean early = log.read(reader -> virtualRtFirst(reader.cursor()));
      return LogCheck.of(problems, summary, early, command);
    }
  }

  private static boolean virtualRtFirst(EventCursor cursor) throws IOException {
    while (cursor.next() && cursor.kind() != EventKind.CHECKPOINT) {
      if (cursor.kind() == EventKind.CLOCK && cursor.clock() == Clock.VIRTUAL_RT) {
        return true;
      }
    }
    return false;
  }
}
