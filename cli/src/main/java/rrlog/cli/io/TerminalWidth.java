package rrlog.cli.io;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** How many columns there are for help and tables. */
final class TerminalWidth {
  /** Where nobody says how many. */
  static final int USUAL = 80;

  private static final int LEAST = 60;
  private static final int MOST = 200;

  private TerminalWidth() {}

  /** What {@code COLUMNS} says, else the terminal itself, where it is one. */
  static int ofProcess(boolean terminal) {
    int columns =
        number(System.getenv().getOrDefault("COLUMNS", ""))
            .or(() -> terminal ? ofTerminal() : Optional.empty())
            .orElse(USUAL);
    return Math.clamp(columns, LEAST, MOST);
  }

  private static Optional<Integer> number(String text) {
    return text.matches("[1-9]\\d{0,5}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
  }

  /** The JDK has no call for it; {@code stty size} prints rows and columns. */
  private static Optional<Integer> ofTerminal() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      return stty.waitFor(1, TimeUnit.SECONDS)
          ? number(size.strip().replaceFirst(".* ", ""))
          : Optional.empty();
    } catch (IOException none) {
      return Optional.empty();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
