package rrlog.cli.render.json;

import java.util.List;
import java.util.Optional;
import rrlog.core.analysis.Problem;
import rrlog.core.log.LogReader;
import rrlog.core.run.qemu.QemuOutcome;

/** What {@code validate --json} prints of a log; {@code docs/schema/validate.schema.json}. */
public record ValidateDocument(
    String file,
    boolean valid,
    String dialect,
    String detection,
    long events,
    List<ProblemDocument> problems,
    Optional<Replayed> replayed) {

  /**
   * How a stock QEMU re-executed it.
   *
   * @param engine {@code qemu}
   * @param machineVersion what that QEMU calls itself
   * @param ended as {@code replay} has it
   * @param icount instructions executed, as far as it told
   */
  public record Replayed(
      String engine, Optional<String> machineVersion, String ended, long icount) {
    private static Replayed of(QemuOutcome outcome) {
      return new Replayed("qemu", outcome.version(), outcome.ended().label(), outcome.icount());
    }
  }

  /**
   * The document.
   *
   * @param log read to its end
   * @param replayed by a stock QEMU, where that was asked for
   */
  public static ValidateDocument of(
      String file,
      LogReader log,
      boolean valid,
      List<Problem> problems,
      Optional<QemuOutcome> replayed) {
    return new ValidateDocument(
        file,
        valid,
        log.dialect().id(),
        log.detection().certainty().label(),
        Math.max(0, log.cursor().ordinal()),
        problems.stream().map(ProblemDocument::of).toList(),
        replayed.map(Replayed::of));
  }
}
