package rrlog.core.run;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import rrlog.core.event.Position;
import rrlog.core.log.Dialect;
import rrlog.core.log.LogHeader;
import rrlog.core.log.LogReader;
import rrlog.core.machine.board.virt.MachineConfig;
import rrlog.core.machine.board.virt.MachineException;
import rrlog.core.machine.board.virt.MachineState;
import rrlog.core.machine.board.virt.VirtMachine;
import rrlog.core.machine.platform.LimitExceededException;
import rrlog.core.qemu.Behaviour;
import rrlog.core.qemu.Release;
import rrlog.core.replay.Divergence;
import rrlog.core.replay.EventSource;
import rrlog.core.replay.HostTime;
import rrlog.core.replay.InstructionCounter;
import rrlog.core.replay.PartStart;
import rrlog.core.replay.PlayResult;
import rrlog.core.replay.Player;
import rrlog.core.replay.Replay;
import rrlog.core.replay.ReplayLock;
import rrlog.core.replay.StopAt;
import rrlog.core.run.timeline.Whole;
import rrlog.core.state.StateTree;

/** A log that the reference machine re-executes. Confined to one thread. */
public final class ReExecution implements Execution, Closeable {
  private final LogReader log;
  private final VirtMachine machine;
  private final Player player;

  private final Optional<Divergence> foreign;

  private ReExecution(LogReader log, VirtMachine machine, Optional<Divergence> foreign) {
    this.log = log;
    this.machine = machine;
    this.foreign = foreign;
    this.player = new Player(machine);
  }

  /**
   * Builds the machine; nothing runs yet.
   *
   * @param log read as the run goes on; it stays the caller's to close
   * @param console where the serial port's output goes
   * @throws CannotReExecuteException where there is no such machine, or the log is none for it
   * @throws IOException where the log cannot be read
   */
  public static ReExecution of(LogReader log, MachineConfig config, OutputStream console)
      throws CannotReExecuteException, IOException {
    return of(
        log,
        config,
        console,
        counter -> Replay.playing(counter, log.iterator(), ReplayLock.heldByThisThread()),
        false);
  }

  private static ReExecution of(
      LogReader log,
      MachineConfig config,
      OutputStream console,
      Function<InstructionCounter, Replay> engine,
      boolean hasState)
      throws CannotReExecuteException, IOException {
    check(log, hasState);
    try {
      return new ReExecution(
          log,
          new VirtMachine(
              config, engine, new VirtMachine.Host(HostTime.real(), bytes -> 0, console)),
          foreign(log, config.release()));
    } catch (MachineException impossible) {
      throw new CannotReExecuteException(
          new Obstacle.NoMachine(String.valueOf(impossible.getMessage())));
    } catch (UncheckedIOException unreadable) {
      throw unreadable.getCause();
    }
  }

  /**
   * Builds a machine that can be put anywhere in the log, by loading its state and the player's.
   *
   * @param log its dialect and first event; it stays the caller's to close
   * @param events its events, from any of them on
   * @param state what it begins with, which a log needs that is a later part of another one
   * @param console where the serial port's output goes
   * @throws CannotReExecuteException where there is no such machine, or the log is none for it
   * @throws IOException where the log cannot be read
   */
  public static ReExecution seekable(
      LogReader log,
      EventSource events,
      MachineConfig config,
      Optional<StateTree> state,
      OutputStream console)
      throws CannotReExecuteException, IOException {
    Position start = log.origin().orElse(LogHeader.FIRST_EVENT);
    ReExecution run =
        of(
            log,
            config,
            console,
            counter -> Replay.playing(counter, events, start, ReplayLock.heldByThisThread()),
            state.isPresent());
    if (state.isPresent()) {
      run.begin(state.get(), start);
    }
    return run;
  }

  /** Puts a machine that never ran where the log begins. */
  private void begin(StateTree state, Position start) throws CannotReExecuteException {
    Position there;
    try {
      state.load(new Whole(machine, player));
      there = machine.replay().position();
    } catch (RuntimeException unfit) {
      // Any part of the machine may be handed what it never had.
      throw new CannotReExecuteException(new Obstacle.UnfitState(), unfit);
    }
    if (there.event() != start.event() || there.offset() != start.offset()) {
      throw new CannotReExecuteException(new Obstacle.UnfitState());
    }
  }

  private static void check(LogReader log, boolean hasState) throws CannotReExecuteException {
    Optional<Position> origin = log.origin();
    if (origin.isPresent() && !hasState) {
      throw new CannotReExecuteException(new Obstacle.StartsLater(origin.get()));
    }
    if (dialects(log).noneMatch(ReExecution::known)) {
      throw new CannotReExecuteException(new Obstacle.UnknownRelease(log.dialect()));
    }
  }

  /** What QEMU's check of the version word says where the release does not write such a log. */
  private static Optional<Divergence> foreign(LogReader log, Release release) {
    boolean writes =
        dialects(log)
            .flatMap(dialect -> dialect.releases().stream())
            .anyMatch(range -> range.contains(release));
    if (writes) {
      return Optional.empty();
    }
    return Optional.of(
        new Divergence(
            new Position(0, 0, 0),
            Optional.empty(),
            "QEMU " + release,
            List.of(),
            List.of(),
            "the log is of dialect "
                + log.dialect().id()
                + ", which QEMU "
                + release
                + " neither writes nor replays"));
  }

  private static Stream<Dialect> dialects(LogReader log) {
    return Stream.concat(Stream.of(log.dialect()), log.detection().alternatives().stream());
  }

  private static boolean known(Dialect dialect) {
    return dialect.releases().stream()
        .anyMatch(range -> Behaviour.known().stream().anyMatch(range::contains));
  }

  /** The machine, to look at. */
  public VirtMachine machine() {
    return machine;
  }

  /**
   * Makes the state one that needs nothing of the log before the place where it stands: what a
   * later part of the log is re-executed from.
   *
   * @return where that part begins; empty where the log is over
   */
  public Optional<PartStart> beginHere() {
    return machine.replay().beginHere();
  }

  /** What plays the log, for who goes back and forth in it. */
  public Player player() {
    return player;
  }

  /** See {@link Player#trace}. */
  public void trace(long from, long to, Runnable beforeEach, Runnable afterEach) {
    player.trace(from, to, beforeEach, afterEach);
  }

  @Override
  public Outcome play(StopAt until) throws IOException {
    if (foreign.isPresent()) {
      return new Outcome(
          new PlayResult(
              PlayResult.Ended.DIVERGENCE,
              0,
              0,
              false,
              Optional.empty(),
              PlayResult.GuestState.RUNNING,
              foreign),
          Optional.empty());
    }
    try {
      PlayResult result = player.play(until);
      boolean more = result.ended() == PlayResult.Ended.UNTIL || result.divergence().isPresent();
      return new Outcome(result, more ? Optional.empty() : damage(result));
    } catch (LimitExceededException beyond) {
      throw new IOException(beyond.getMessage(), beyond);
    } catch (UncheckedIOException failure) {
      throw failure.getCause();
    }
  }

  /** Closes the disk images; the log stays open. */
  @Override
  public void close() throws IOException {
    machine.close();
  }

  @Override
  public MachineState state() {
    return machine.state();
  }

  /** What is no event cannot be re-executed; but a killed QEMU leaves its last event unfinished. */
  private Optional<Divergence> damage(PlayResult result) throws IOException {
    while (log.cursor().next()) {
      // Nothing follows but, perhaps, the bytes that the reader stops at.
      continue;
    }
    boolean killed = log.header().version() == 0;
    return switch (log.ending()) {
      case END_EVENT, BETWEEN_EVENTS -> Optional.empty();
      case INSIDE_EVENT -> killed ? Optional.empty() : Optional.of(undecodable(result));
      case UNDECODABLE -> Optional.of(undecodable(result));
    };
  }

  private Divergence undecodable(PlayResult result) {
    Position end = log.cursor().position();
    return new Divergence(
        new Position(end.event(), end.offset(), result.icount()),
        Optional.empty(),
        "nothing",
        List.of(),
        List.of(),
        "from here on the log cannot be decoded: " + log.cursor().problem());
  }
}
