package rrlog.cli.render.text;

import java.util.List;
import java.util.Optional;
import rrlog.cli.io.Palette;
import rrlog.cli.render.Numbers;
import rrlog.core.analysis.doctor.Diagnosis;
import rrlog.core.analysis.doctor.FailureCause;
import rrlog.core.run.qemu.FailurePlace;
import rrlog.core.run.qemu.QemuOutcome;

/** How a stock QEMU re-executed a log, for people. */
public final class QemuReplayText {
  private final String file;
  private final QemuOutcome outcome;
  private final Palette palette;

  /** The text of an outcome. */
  public QemuReplayText(String file, QemuOutcome outcome, Palette palette) {
    this.file = file;
    this.outcome = outcome;
    this.palette = palette;
  }

  /**
   * The first lines.
   *
   * @param place where in the log it stopped, where it did
   * @param due what the log holds there
   */
  public String summary(Optional<FailurePlace> place, Optional<FailureCause.Due> due) {
    StringBuilder text = new StringBuilder();
    text.append(palette.bold()).append(file).append(palette.off()).append('\n');
    boolean well =
        switch (outcome.ended()) {
          case SHUTDOWN, UNTIL -> true;
          case ERROR, CRASH, STANDSTILL, REFUSED, INTERRUPTED -> false;
        };
    text.append(well ? palette.good() : palette.bad());
    text.append(well ? "  replayed      " : "  stopped       ").append(palette.off());
    text.append(description(outcome)).append('\n');
    text.append("  engine        QEMU").append(outcome.version().map(v -> " " + v).orElse(""));
    text.append('\n');
    if (outcome.ended() != QemuOutcome.Ended.SHUTDOWN) {
      long count = place.map(FailurePlace::icount).orElse(outcome.icount());
      boolean exact = place.map(FailurePlace::exact).orElse(true);
      text.append("  instructions  ").append(Numbers.grouped(count));
      text.append(exact ? "\n" : ", when it was last asked\n");
    }
    outcome.lastWord().ifPresent(line -> text.append("  QEMU said     ").append(line).append('\n'));
    if (place.isPresent() && due.isPresent()) {
      text.append("  in the log    ").append(due.get().position());
      text.append(place.get().exact() ? "" : " or behind").append('\n');
      text.append("  expected      ").append(due.get().name()).append('\n');
    }
    return text.toString();
  }

  /**
   * Why, the likeliest first.
   *
   * @param due the place that was told already
   */
  public String causes(List<Diagnosis> causes, Optional<FailureCause.Due> due) {
    StringBuilder text = new StringBuilder();
    for (Diagnosis cause : causes) {
      text.append(text.isEmpty() ? "  likely cause  " : "  or            ");
      text.append(cause.message());
      cause
          .position()
          .filter(place -> !due.map(FailureCause.Due::position).equals(Optional.of(place)))
          .ifPresent(place -> text.append(" (").append(place).append(')'));
      text.append('\n');
      if (!cause.remedy().isEmpty()) {
        text.append("                ").append(cause.remedy()).append('\n');
      }
    }
    return text.toString();
  }

  /** What happened, in one clause. */
  public static String description(QemuOutcome outcome) {
    return switch (outcome.ended()) {
      case SHUTDOWN -> "to the end" + outcome.shutdown().map(why -> " (" + why + ")").orElse("");
      case UNTIL -> "up to the place asked for";
      case ERROR -> "QEMU gave up with exit status " + outcome.status().orElse(0);
      case CRASH ->
          "QEMU crashed" + outcome.status().map(s -> " (signal " + (s - 128) + ")").orElse("");
      case STANDSTILL -> "QEMU still runs, but executes no instruction any more";
      case INTERRUPTED -> "ended by the user";
      case REFUSED -> "QEMU did not begin to replay";
    };
  }

  /** A part with a heading; nothing where it is empty. */
  public String section(String title, String content) {
    return content.isBlank()
        ? ""
        : "\n" + palette.bold() + title + palette.off() + "\n" + content.stripTrailing() + "\n";
  }
}
