package rrlog.core.run;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import rrlog.core.event.Clock;
import rrlog.core.event.Event;
import rrlog.core.event.EventKind;
import rrlog.core.log.EventCursor;
import rrlog.core.machine.board.virt.MachineConfig;
import rrlog.core.machine.board.virt.VirtMachine;
import rrlog.core.qemu.Release;
import rrlog.core.qemu.Trait;
import rrlog.core.replay.Divergence;
import rrlog.core.replay.IcountSettings;
import rrlog.core.replay.PlayResult;
import rrlog.core.replay.StopAt;

/**
 * Finds out what is wrong in the description of a machine by trying. Neither {@code -icount} nor
 * the release is in a log, so a wrong one shows up late and elsewhere.
 */
public final class LikelyCauses {
  /** Further in, trying would take too long. */
  private static final long TRIED_UP_TO = 20_000_000;

  /** How far behind the divergence a machine must get to be believed, instructions. */
  private static final long BEYOND = 2_000_000;

  /** So many events around a divergence tell of a snapshot that was loaded there. */
  private static final long NEAR = 64;

  private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(8);

  private final PlayResult diverged;
  private final VirtMachine machine;
  private final MachineConfig config;
  private final Logs log;
  private final long deadline = System.nanoTime() + PATIENCE_NS;

  private LikelyCauses(PlayResult diverged, VirtMachine machine, MachineConfig config, Logs log) {
    this.diverged = diverged;
    this.machine = machine;
    this.config = config;
    this.log = log;
  }

  /**
   * The cause, where it can be told.
   *
   * @param diverged how the run ended
   * @param machine the machine that diverged, as it stands there
   * @param config its description
   * @throws IOException where the log cannot be read
   */
  public static Optional<LikelyCause> of(
      PlayResult diverged, VirtMachine machine, MachineConfig config, Logs log) throws IOException {
    LikelyCauses causes = new LikelyCauses(diverged, machine, config, log);
    Optional<LikelyCause> loaded = causes.snapshotLoaded();
    if (loaded.isPresent()) {
      return loaded;
    }
    Optional<LikelyCause> cause =
        diverged.icount() <= TRIED_UP_TO ? causes.tried() : Optional.empty();
    if (cause.isEmpty() && causes.muxedInput()) {
      return Optional.of(new LikelyCause.MuxedInput());
    }
    if (cause.isEmpty() && diverged.icount() == 0) {
      return Optional.of(new LikelyCause.OtherStart());
    }
    return cause.or(causes::otherFirmware).or(causes::unrecordedDisk);
  }

  /** Whether they part in the firmware, which is the same in every run of the same one. */
  private Optional<LikelyCause> otherFirmware() {
    return machine
        .firmware()
        .filter(firmware -> firmware.openSbi().isPresent() && firmware.holds(machine.pc()))
        .map(
            firmware ->
                new LikelyCause.OtherFirmware(
                    firmware, config.release(), config.behaviour().board().openSbi()));
  }

  private Optional<LikelyCause> unrecordedDisk() {
    return config.unrecordedDisks().stream().findFirst().map(LikelyCause.UnrecordedDisk::new);
  }

  /** Whether the machine's running time goes back right where the run and the log part. */
  private Optional<LikelyCause> snapshotLoaded() throws IOException {
    try (Logs.Opened again = log.open()) {
      EventCursor cursor = again.reader().cursor();
      long last = Long.MIN_VALUE;
      while (cursor.next() && cursor.position().event() <= diverged.events() + NEAR) {
        if (cursor.kind() == EventKind.CLOCK && cursor.clock() == Clock.VIRTUAL_RT) {
          if (cursor.ns() < last && cursor.position().event() >= diverged.events() - NEAR) {
            return Optional.of(new LikelyCause.SnapshotLoaded(cursor.position()));
          }
          last = cursor.ns();
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Whether the guest goes on as if something was typed, the port is one whose input the release
   * does not record, and the log has none.
   */
  private boolean muxedInput() throws IOException {
    if (!config.muxed() || config.behaviour().has(Trait.MUX_INPUT_RECORDED)) {
      return false;
    }
    boolean goesOn =
        diverged
            .divergence()
            .flatMap(Divergence::expected)
            .filter(
                event -> event instanceof Event.InterruptTaken || event instanceof Event.CharWrite)
            .isPresent();
    return goesOn && !hasInput();
  }

  private boolean hasInput() throws IOException {
    try (Logs.Opened again = log.open()) {
      EventCursor cursor = again.reader().cursor();
      while (cursor.next()) {
        if (cursor.kind() == EventKind.ASYNC_CHAR_READ) {
          return true;
        }
      }
    }
    return false;
  }

  private Optional<LikelyCause> tried() throws IOException {
    for (Release other : otherReleases()) {
      Optional<PlayResult> further = further(config.with(other));
      if (further.isPresent()) {
        return Optional.of(
            new LikelyCause.OtherRelease(config.release(), other, toTheEnd(further.get())));
      }
    }
    for (IcountSettings other : otherSettings()) {
      Optional<PlayResult> further = further(config.with(other));
      if (further.isPresent()) {
        return Optional.of(
            new LikelyCause.OtherIcount(config.icount(), other, toTheEnd(further.get())));
      }
    }
    for (OtherMachines.Candidate other : OtherMachines.of(config, diverged.icount() == 0)) {
      Optional<PlayResult> further = further(other.config());
      if (further.isPresent()) {
        return Optional.of(other.cause().apply(toTheEnd(further.get())));
      }
    }
    return Optional.empty();
  }

  private static boolean toTheEnd(PlayResult further) {
    return further.ended() != PlayResult.Ended.UNTIL;
  }

  /** How a machine gets behind the divergence, if it does. */
  private Optional<PlayResult> further(MachineConfig other) throws IOException {
    if (System.nanoTime() > deadline) {
      return Optional.empty();
    }
    try (Logs.Opened again = log.open();
        ReExecution run = ReExecution.of(again.reader(), other, OutputStream.nullOutputStream())) {
      PlayResult result = run.play(StopAt.icount(diverged.icount() + BEYOND)).result();
      return Optional.of(result)
          .filter(r -> r.ended() != PlayResult.Ended.DIVERGENCE)
          .filter(r -> r.events() > diverged.events());
    } catch (CannotReExecuteException noSuchMachine) {
      return Optional.empty();
    }
  }

  /** Nearest first; only those whose bytes the log can be. */
  private List<Release> otherReleases() throws IOException {
    try (Logs.Opened again = log.open()) {
      return Releases.candidates(again.reader()).stream()
          .filter(other -> !other.equals(config.release()))
          .toList();
    }
  }

  /** Nearest first. */
  private List<IcountSettings> otherSettings() {
    IcountSettings given = config.icount();
    List<IcountSettings> all = new ArrayList<>();
    if (!given.auto()) {
      all.add(IcountSettings.fixed(given.shift(), !given.sleep()));
    }
    all.add(IcountSettings.automatic());
    for (boolean sleep : List.of(given.sleep(), !given.sleep())) {
      for (int shift = 0; shift <= IcountSettings.MAX_SHIFT; shift++) {
        all.add(IcountSettings.fixed(shift, sleep));
      }
    }
    return all.stream().filter(setting -> !setting.equals(given)).distinct().toList();
  }
}
