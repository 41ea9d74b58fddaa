package rrlog.core.run.qemu;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import rrlog.core.run.Logs;

/**
 * Two logs of one machine, each re-executed by a QEMU: the machines where the logs part, and the
 * instruction behind which their registers do. Both are stopped at the same counts, ever closer.
 */
public final class QemuApart {
  /** In one run of each. */
  private static final int STOPS = 24;

  private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(90);

  private final QemuReplay a;
  private final QemuReplay b;
  private final long deadline = System.nanoTime() + PATIENCE_NS;

  private QemuApart(QemuReplay a, QemuReplay b) {
    this.a = a;
    this.b = b;
  }

  /**
   * The machines.
   *
   * @param a of the one log, right before the event at which the logs part; without registers where
   *     QEMU did not get there
   * @param b the same of the other
   * @param first the last count at which the registers are the same, and both machines one
   *     instruction behind; empty where they are the same as far as both go, or it was not found
   * @param same whether they are the same as far as both go
   */
  public record Result(MachineView a, MachineView b, Optional<First> first, boolean same) {}

  /**
   * The first instruction that makes the machines differ.
   *
   * @param before both machines, where they are the same
   * @param a the one machine behind the instruction
   * @param b the other
   */
  public record First(MachineView before, MachineView a, MachineView b) {}

  /**
   * Runs both.
   *
   * @param atA instruction count at which the logs part, in the one
   * @param atB the same in the other
   * @throws IOException where a QEMU cannot be started, or a log not be read
   */
  public static Result of(QemuReplay a, long atA, QemuReplay b, long atB) throws IOException {
    QemuApart apart = new QemuApart(a, b);
    MachineView viewA = at(a, atA);
    MachineView viewB = at(b, atB);
    long most = Math.min(atA, atB);
    MachineView lastA = atA == most ? viewA : at(a, most);
    MachineView lastB = atB == most ? viewB : at(b, most);
    if (lastA.registers().equals(lastB.registers())) {
      return new Result(viewA, viewB, Optional.empty(), true);
    }
    return new Result(viewA, viewB, apart.search(most), false);
  }

  private static MachineView at(QemuReplay replay, long icount) throws IOException {
    try (Logs.Opened ahead = replay.open();
        QemuRun qemu = replay.start(ahead)) {
      if (icount > 0) {
        qemu.to(OptionalLong.of(icount), count -> {});
      }
      return qemu.view();
    }
  }

  /** They are the same at the start, and differ at {@code high}. */
  private Optional<First> search(long different) throws IOException {
    long low = 0;
    long high = different;
    while (high - low > 1) {
      long found = low;
      try (Logs.Opened aheadA = a.open();
          Logs.Opened aheadB = b.open();
          QemuRun runA = a.start(aheadA);
          QemuRun runB = b.start(aheadB)) {
        for (long at : Subject.stops(low, high, STOPS)) {
          if (System.nanoTime() - deadline > 0 || !stopsAt(runA, at) || !stopsAt(runB, at)) {
            return Optional.empty();
          }
          if (!runA.view().registers().equals(runB.view().registers())) {
            high = at;
            break;
          }
          found = at;
        }
      }
      low = found;
    }
    return Optional.of(new First(at(a, low), at(a, high), at(b, high)));
  }

  private static boolean stopsAt(QemuRun run, long icount) throws IOException {
    return run.to(OptionalLong.of(icount), count -> {}).ended() == QemuOutcome.Ended.UNTIL;
  }
}
