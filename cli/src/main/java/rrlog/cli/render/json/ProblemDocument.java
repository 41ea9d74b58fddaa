package rrlog.cli.render.json;

import rrlog.core.analysis.Problem;
import rrlog.core.event.Position;

/** Something wrong with a log, as {@code validate --json} lists it. */
public record ProblemDocument(
    String severity, String code, long offset, long event, long icount, String message) {

  static ProblemDocument of(Problem problem) {
    Position at = problem.position();
    return new ProblemDocument(
        problem.severity().label(),
        problem.code(),
        at.offset(),
        at.event(),
        at.icount(),
        problem.message());
  }
}
