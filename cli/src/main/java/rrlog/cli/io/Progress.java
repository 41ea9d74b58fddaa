package rrlog.cli.io;

import java.util.Locale;
import java.util.function.LongConsumer;

/**
 * A line on the terminal that tells how far long work has come; it appears after a second and goes
 * away when the work is done.
 */
public final class Progress implements LongConsumer, AutoCloseable {
  private static final long FIRST_NS = 1_000_000_000L;
  private static final long NEXT_NS = 200_000_000L;

  private final Terminal terminal;
  private final String what;
  private final long total;
  private final boolean shown;
  private long nextAt = System.nanoTime() + FIRST_NS;
  private boolean printed;

  /**
   * A progress line.
   *
   * @param what the file being worked on
   * @param total bytes in all, 0 where that is not known
   * @param shown whether anything is to be shown at all
   */
  public Progress(Terminal terminal, String what, long total, boolean shown) {
    this.terminal = terminal;
    this.what = what;
    this.total = total;
    this.shown = shown;
  }

  @Override
  public void accept(long bytes) {
    if (!shown) {
      return;
    }
    long now = System.nanoTime();
    if (now - nextAt < 0) {
      return;
    }
    nextAt = now + NEXT_NS;
    String far =
        total > 0 && bytes <= total
            ? String.format(Locale.ROOT, "%d %%", 100 * bytes / total)
            : String.format(Locale.ROOT, "%,d MB", bytes >> 20);
    terminal.errorAgain(what + ": " + far);
    printed = true;
  }

  @Override
  public void close() {
    if (printed) {
      terminal.errorAgain("");
      printed = false;
    }
  }
}
