package rrlog.core.run.qemu;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import rrlog.core.run.Logs;

/**
 * What QEMU replays, as often as there is something to find out.
 *
 * @param command the command line
 * @param folder for QEMU's socket and for parts of the log
 * @param file the log in QEMU's own format
 * @param log opens the same
 */
record Subject(ReplayCommand command, KeptFolder folder, Path file, Logs log) {
  /**
   * Starts a QEMU, which then waits at the first instruction.
   *
   * @param ahead the log from its start
   * @param console gets QEMU's standard output
   * @param stop makes it end soon
   */
  QemuRun start(Logs.Opened ahead, OutputStream console, BooleanSupplier stop) throws IOException {
    return QemuRun.start(command, folder, file, ahead.reader().cursor(), console, stop);
  }

  /** The same with another command line. */
  Subject with(ReplayCommand other) {
    return new Subject(other, folder, file, log);
  }

  /** The same with another file. */
  Subject with(Path other) {
    return new Subject(command, folder, other, log);
  }

  /** Places between two instruction counts, some {@code most} of them, at equal distances. */
  static List<Long> stops(long low, long high, int most) {
    List<Long> stops = new ArrayList<>();
    long step = Math.max(1, (high - low) / most);
    for (long at = low + step; at < high; at += step) {
      stops.add(at);
    }
    return stops;
  }

  /** Copies the start of a file. */
  static void copy(InputStream from, OutputStream to, long length) throws IOException {
    byte[] some = new byte[1 << 16];
    for (long left = length; left > 0; ) {
      int got = from.read(some, 0, (int) Math.min(some.length, left));
      if (got < 0) {
        return;
      }
      to.write(some, 0, got);
      left -= got;
    }
  }
}
