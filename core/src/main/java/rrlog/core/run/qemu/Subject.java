package rrlog.core.run.qemu;

import java.io.IOException;
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
}
