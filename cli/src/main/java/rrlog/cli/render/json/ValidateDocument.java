package rrlog.cli.render.json;

import java.util.List;
import rrlog.core.analysis.Problem;
import rrlog.core.log.LogReader;

/** What {@code validate --json} prints of a log; {@code docs/schema/validate.schema.json}. */
public record ValidateDocument(
    String file,
    boolean valid,
    String dialect,
    String detection,
    long events,
    List<ProblemDocument> problems) {

  /**
   * The document.
   *
   * @param log read to its end
   */
  public static ValidateDocument of(
      String file, LogReader log, boolean valid, List<Problem> problems) {
    return new ValidateDocument(
        file,
        valid,
        log.dialect().id(),
        log.detection().certainty().label(),
        Math.max(0, log.cursor().ordinal()),
        problems.stream().map(ProblemDocument::of).toList());
  }
}
