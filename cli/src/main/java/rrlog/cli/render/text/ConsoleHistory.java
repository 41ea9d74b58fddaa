package rrlog.cli.render.text;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import rrlog.core.machine.board.virt.VirtMachine;

/**
 * What a guest prints, however often the machine goes back: each byte is kept once, the first time
 * that it is printed.
 */
public final class ConsoleHistory {
  /** More is not kept. */
  private static final int MOST = 64 << 20;

  private final ByteArrayOutputStream all = new ByteArrayOutputStream();

  /** Listens to a machine. */
  public void follow(VirtMachine machine) {
    machine.onConsoleOutput(
        (bytes, offset, length) -> {
          long at = machine.consoleLength();
          int known = (int) Math.clamp(all.size() - at, 0, length);
          if (all.size() < MOST) {
            all.write(bytes, offset + known, length - known);
          }
        });
  }

  /**
   * The last lines of what was printed up to a byte.
   *
   * @param length bytes printed so far
   * @param lines how many lines at most
   */
  public String last(long length, int lines) {
    byte[] bytes = all.toByteArray();
    String text =
        new String(bytes, 0, (int) Math.min(length, bytes.length), StandardCharsets.UTF_8);
    int from = text.length();
    for (int line = 0; line <= lines && from >= 0; line++) {
      from = text.lastIndexOf('\n', from - 1);
    }
    return text.substring(from + 1);
  }
}
