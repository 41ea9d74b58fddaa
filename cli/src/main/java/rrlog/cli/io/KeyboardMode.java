package rrlog.cli.io;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The terminal's keyboard, each key passed on at once and not echoed, as a serial console wants it;
 * Ctrl-C still interrupts. The JDK has no call for that, so {@code stty} does it; where there is
 * none, lines are passed on when they are complete.
 */
public final class KeyboardMode implements Closeable {
  private final boolean switched;

  private KeyboardMode(boolean switched) {
    this.switched = switched;
  }

  /** Leaves it as it is. */
  public static KeyboardMode none() {
    return new KeyboardMode(false);
  }

  /** Switches; {@link #close()} and the end of the process switch back. */
  public static KeyboardMode keys() {
    boolean switched = stty("-icanon", "-echo", "min", "1");
    if (switched) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stty("icanon", "echo")));
    }
    return new KeyboardMode(switched);
  }

  private static boolean stty(String... settings) {
    List<String> command = new ArrayList<>(List.of("stty"));
    command.addAll(List.of(settings));
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectInput(ProcessBuilder.Redirect.INHERIT)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(1, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException none) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    if (switched) {
      stty("icanon", "echo");
    }
  }
}
