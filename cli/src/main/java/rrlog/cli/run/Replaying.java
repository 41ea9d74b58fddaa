package rrlog.cli.run;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import rrlog.cli.io.FileException;
import rrlog.cli.io.OpenLog;
import rrlog.core.analysis.LogPosition;
import rrlog.core.log.Dialect;
import rrlog.core.log.LogReader;
import rrlog.core.log.ReleaseRange;
import rrlog.core.machine.board.virt.MachineConfig;
import rrlog.core.machine.board.virt.MachineException;
import rrlog.core.machine.board.virt.VirtMachine;
import rrlog.core.replay.HostTime;
import rrlog.core.replay.PlayResult;
import rrlog.core.replay.Player;
import rrlog.core.replay.Replay;
import rrlog.core.replay.ReplayLock;
import rrlog.core.replay.StopAt;

/** A log being re-executed: the machine, and what plays the log on it. */
public final class Replaying {
  private static final String RELEASE = "7.2.22";

  private final VirtMachine machine;
  private final Player player;

  private Replaying(VirtMachine machine) {
    this.machine = machine;
    this.player = new Player(machine);
  }

  /**
   * Builds the machine; nothing runs yet.
   *
   * @throws IOException where the machine cannot be built, or the log is none for it; the message
   *     is the line for the user
   */
  public static Replaying of(OpenLog log, MachineConfig config, OutputStream console)
      throws IOException {
    LogReader reader = log.reader();
    check(log.shownName(), reader);
    try {
      return new Replaying(
          new VirtMachine(
              config,
              counter -> Replay.playing(counter, reader.iterator(), ReplayLock.heldByThisThread()),
              new VirtMachine.Host(HostTime.real(), bytes -> 0, console)));
    } catch (MachineException impossible) {
      throw new IOException(impossible.getMessage(), impossible);
    } catch (UncheckedIOException unreadable) {
      throw new FileException(log.shownName(), cause(unreadable));
    }
  }

  private static IOException cause(UncheckedIOException failure) {
    IOException cause = failure.getCause();
    return cause == null ? new IOException(failure) : cause;
  }

  private static void check(String name, LogReader reader) throws FileException {
    if (reader.origin().isPresent()) {
      throw new FileException(
          name,
          "begins in the middle of another log ("
              + reader.origin().get()
              + "); only from its start can a run be re-executed");
    }
    Dialect dialect = reader.dialect();
    boolean known =
        dialect.releases().map(range -> range.contains(RELEASE)).orElse(false)
            || reader.detection().alternatives().stream()
                .anyMatch(
                    other -> other.releases().map(range -> range.contains(RELEASE)).orElse(false));
    if (!known) {
      throw new FileException(
          name,
          "is of dialect "
              + dialect.id()
              + dialect
                  .releases()
                  .map(ReleaseRange::toString)
                  .map(r -> " (QEMU " + r + ")")
                  .orElse("")
              + "; the machine re-executes what QEMU 7.2 recorded");
    }
  }

  public VirtMachine machine() {
    return machine;
  }

  /** See {@link Player#trace}. */
  public void trace(long from, long to, Runnable beforeEach) {
    player.trace(from, to, beforeEach);
  }

  /**
   * Plays on.
   *
   * @throws IOException where the log cannot be read, or an output not be written
   */
  public PlayResult play(StopAt until) throws IOException {
    try {
      return player.play(until);
    } catch (UncheckedIOException failure) {
      throw cause(failure);
    }
  }

  /** A position of the command line as a place to stop. */
  public static StopAt stopAt(LogPosition position) {
    return switch (position.unit()) {
      case EVENT -> StopAt.event(position.value());
      case ICOUNT -> StopAt.icount(position.value());
      case OFFSET -> StopAt.offset(position.value());
    };
  }
}
