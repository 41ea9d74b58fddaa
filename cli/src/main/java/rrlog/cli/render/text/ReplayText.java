package rrlog.cli.render.text;

import java.io.IOException;
import java.util.Optional;
import rrlog.cli.io.OpenLog;
import rrlog.cli.io.Palette;
import rrlog.cli.render.Numbers;
import rrlog.core.qemu.Behaviour;
import rrlog.core.qemu.Release;
import rrlog.core.replay.PlayResult;
import rrlog.core.run.Outcome;
import rrlog.core.run.ReExecution;
import rrlog.core.run.ReleaseChoice;

/** How a re-execution on the reference machine ended, for people. */
public final class ReplayText {
  private final String file;
  private final Palette palette;
  private final ReleaseChoice choice;
  private final ReExecution run;
  private final Again again;
  private final Rerun rerun;

  /** Opens the log once more. */
  @FunctionalInterface
  public interface Again {
    /** The log at its start; the caller closes it. */
    OpenLog open() throws IOException;
  }

  /** Builds the machine once more. */
  @FunctionalInterface
  public interface Rerun {
    /** A run of a log at its start; the caller closes it. */
    ReExecution of(OpenLog log) throws IOException;
  }

  /**
   * The text of a run.
   *
   * @param file the log, as the user named it
   * @param run as it stopped
   */
  public ReplayText(
      String file,
      Palette palette,
      ReleaseChoice choice,
      ReExecution run,
      Again again,
      Rerun rerun) {
    this.file = file;
    this.palette = palette;
    this.choice = choice;
    this.run = run;
    this.again = again;
    this.rerun = rerun;
  }

  /**
   * The lines.
   *
   * @param report where log and machine part, where they do
   * @param seconds that the run took
   * @param functions the table of a profile, or nothing
   */
  public String text(
      Outcome outcome,
      Optional<DivergenceReport> report,
      long instructionsPerSecond,
      double seconds,
      String functions)
      throws IOException {
    PlayResult result = outcome.result();
    StringBuilder text = new StringBuilder();
    text.append(palette.bold()).append(file).append(palette.off()).append('\n');
    if (report.isPresent()) {
      text.append(report.get().summary(palette));
    } else {
      text.append(palette.good()).append("  no divergence ").append(palette.off());
      text.append(ended(outcome)).append('\n');
    }
    text.append("  instructions  ").append(Numbers.grouped(result.icount())).append('\n');
    text.append("  events        ").append(Numbers.grouped(result.events())).append('\n');
    text.append(release());
    if (report.isPresent()) {
      details(outcome, report.get(), text);
    } else {
      text.append("  speed         ").append(Numbers.rounded(instructionsPerSecond / 1e6, 1));
      text.append(" million instructions/s (").append(Numbers.rounded(seconds, 3)).append(" s)\n");
    }
    section("instructions by function", functions, text);
    return text.toString();
  }

  /** Which QEMU the machine was, where nobody said so or nobody has tried it. */
  private String release() {
    Release release = choice.config().release();
    String how =
        switch (choice.from()) {
          case STATED -> "";
          case LOG -> ", by what the log holds";
          case TRIED -> ", where others diverge early";
        };
    String known = Behaviour.of(release).measured() ? "" : "; read about, never measured";
    return "  behaves like  QEMU " + release + how + known + "\n";
  }

  private static String ended(Outcome outcome) {
    return switch (outcome.ended()) {
      case UNTIL -> "up to the place asked for";
      case SHUTDOWN ->
          "to the end"
              + outcome.result().shutdown().map(c -> " (" + c.label() + ")").orElse("")
              + switch (outcome.result().guest()) {
                case OFF -> "";
                case WAITING -> "; the guest was waiting";
                case RUNNING -> "; the guest was running";
              };
      case END_OF_LOG -> "to the end of the log, which has no end event or shutdown";
      case DIVERGENCE -> throw new IllegalArgumentException("reported otherwise");
    };
  }

  private void details(Outcome outcome, DivergenceReport report, StringBuilder text)
      throws IOException {
    MachineText shown = new MachineText(run.machine(), palette);
    section("registers", shown.registers(), text);
    section("code", shown.code(), text);
    try (OpenLog log = again.open()) {
      section("events", log.read(reader -> report.events(log, palette)), text);
    }
    if (outcome.result().divergence().isPresent()) {
      try (OpenLog log = again.open()) {
        section("last instructions", log.read(reader -> instructions(report, log)), text);
      }
    }
  }

  private String instructions(DivergenceReport report, OpenLog log) throws IOException {
    try (ReExecution once = rerun.of(log)) {
      return report.instructions(once);
    }
  }

  private void section(String title, String content, StringBuilder text) {
    if (!content.isEmpty()) {
      text.append('\n').append(palette.bold()).append(title).append(palette.off()).append('\n');
      text.append(content);
    }
  }
}
