package rrlog.cli.render.text;

import java.util.Locale;
import java.util.Optional;
import rrlog.cli.io.Palette;
import rrlog.cli.run.LogPlace;
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
   * @param remark on a log that was refused
   * @param place where in the log it stopped, where it did
   */
  public String summary(Optional<String> remark, Optional<LogPlace> place) {
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
    remark.ifPresent(line -> text.append("                ").append(line).append('\n'));
    text.append("  engine        QEMU").append(outcome.version().map(v -> " " + v).orElse(""));
    text.append('\n');
    if (outcome.ended() != QemuOutcome.Ended.SHUTDOWN) {
      text.append(
          String.format(
              Locale.ROOT,
              "  instructions  %,d%s%n",
              outcome.icount(),
              exact(outcome) ? "" : ", when it was last asked"));
    }
    if (!outcome.said().isEmpty()) {
      text.append("  QEMU said     ").append(outcome.said().getLast()).append('\n');
    }
    place.ifPresent(where -> place(where, text));
    return text.toString();
  }

  private void place(LogPlace place, StringBuilder text) {
    text.append("  in the log    ").append(place.position());
    text.append(exact(outcome) ? "" : " or behind").append('\n');
    text.append("  expected      ").append(place.event()).append('\n');
  }

  /** Whether QEMU was still there to tell its count. */
  private static boolean exact(QemuOutcome outcome) {
    return switch (outcome.ended()) {
      case UNTIL, STANDSTILL -> true;
      case SHUTDOWN, ERROR, CRASH, REFUSED, INTERRUPTED -> false;
    };
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
