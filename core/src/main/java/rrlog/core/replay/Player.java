package rrlog.core.replay;

import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import rrlog.core.event.Checkpoint;
import rrlog.core.event.Clock;
import rrlog.core.event.Event;
import rrlog.core.event.ShutdownCause;
import rrlog.core.state.StateVisitor;
import rrlog.core.state.Stateful;

/**
 * Re-executes a log: looks at its head and does what it says, while the machine's devices consume
 * the events that they cause (icount semantics section 1).
 *
 * <p>Nothing asynchronous is predicted. When a timer fires, input arrives or an interrupt is taken
 * is given by the event's place; the machine must be able to do it there, else they have diverged.
 */
public final class Player implements Stateful {
  private final Guest guest;
  private final Replay replay;
  private final IcountClock clock;
  private StopAt stopAt = StopAt.END;
  private long traceFrom = Long.MAX_VALUE;
  private long traceTo = Long.MAX_VALUE;
  private Runnable tracer = () -> {};
  private final MainLoopTurns hostTurns;
  private final MainLoopTurns virtualRtTurns;
  private boolean on;
  private boolean warpAccounted;
  private boolean accountComing;
  private boolean ranUpToHere;
  private long biasOfRun;
  private boolean resetComing;
  private Optional<ShutdownCause> shutdown = Optional.empty();
  private boolean shutdownSeen;
  private @Nullable PlayResult over;
  private long resetComingAt;

  /**
   * A player for a machine whose engine is in mode play.
   *
   * @throws IllegalArgumentException where the mode is another
   */
  public Player(Guest guest) {
    this.guest = guest;
    this.replay = guest.replay();
    this.clock = guest.clock();
    if (replay.mode() != ReplayMode.PLAY) {
      throw new IllegalArgumentException("the machine's engine does not play a log");
    }
    this.hostTurns = new MainLoopTurns(clock.hostTimers());
    this.virtualRtTurns = new MainLoopTurns(clock.virtualRtTimers());
    replay.clocks().strict(true);
    replay.onShutdown(this::shutdownEvent);
  }

  /**
   * Calls somebody before each instruction of a range; the rest of the run keeps its speed.
   *
   * @param from first instruction count
   * @param to first instruction count not to be traced
   */
  public void trace(long from, long to, Runnable beforeEach) {
    traceFrom = from;
    traceTo = to;
    tracer = beforeEach;
  }

  /**
   * Plays on from where the last call stopped.
   *
   * @return how it ended; after an end other than {@link PlayResult.Ended#UNTIL} always the same
   */
  public PlayResult play(StopAt until) {
    if (over != null) {
      return over;
    }
    stopAt = until;
    PlayResult result;
    try {
      if (!on) {
        guest.powerOn();
        on = true;
      }
      PlayResult.@Nullable Ended ended = null;
      while (ended == null) {
        ended = turn();
      }
      result = result(ended, Optional.empty());
    } catch (DivergenceException e) {
      result = result(PlayResult.Ended.DIVERGENCE, Optional.of(e.divergence()));
    } catch (LogEndedException e) {
      PlayResult.Ended ended =
          shutdownSeen ? PlayResult.Ended.SHUTDOWN : PlayResult.Ended.END_OF_LOG;
      result = result(ended, Optional.empty());
    }
    if (result.ended() != PlayResult.Ended.UNTIL) {
      over = result;
    }
    return result;
  }

  private PlayResult result(PlayResult.Ended ended, Optional<Divergence> divergence) {
    boolean complete = divergence.isEmpty() && replay.head() instanceof Event.End;
    return new PlayResult(
        ended, guest.icount(), replay.eventsConsumed(), complete, shutdown, divergence);
  }

  private PlayResult.Ended endOfLog() {
    if (resetComing && guest.icount() != resetComingAt) {
      throw replay.divergence(
          "nothing", "a reset was requested, but the machine runs on to the end");
    }
    boolean ended = shutdownSeen && replay.head() instanceof Event.End;
    return ended ? PlayResult.Ended.SHUTDOWN : PlayResult.Ended.END_OF_LOG;
  }

  /** One turn of the top loop; null to go on. */
  private PlayResult.@Nullable Ended turn() {
    Event head = replay.head();
    if (guest.poweredOff()) {
      checkPowerOff(head);
      return endOfLog();
    }
    if (reached()) {
      return PlayResult.Ended.UNTIL;
    }
    if (accountComing) {
      checkAccountComes(head);
    }
    noteRun(head);
    switch (head) {
      case null -> {
        return endOfLog();
      }
      case Event.End end -> {
        if (replay.hasMore()) {
          throw replay.divergence("more events", "the log goes on behind its end event");
        }
        return endOfLog();
      }
      case Event.Instruction instructions -> execute();
      case Event.InterruptTaken interrupt -> takeInterrupt();
      case Event.ExceptionTaken exception -> raiseException();
      case Event.CheckpointReached reached -> passCheckpoint(reached.checkpoint());
      case Event.ClockRead reading -> readAlone(reading.clock());
      case Event.Async async -> runAsync(async);
      case Event.Random random -> {
        if (!resetComing) {
          throw replay.divergence("nothing", "the guest asks for no random bytes here");
        }
        resetComing = false;
        guest.reset();
      }
      case Event.CharWrite write ->
          throw replay.divergence("nothing", "the guest writes no character here");
      case Event.CharReadAll read ->
          throw replay.divergence("nothing", "the guest reads no character device here");
      case Event.CharReadAllError read ->
          throw replay.divergence("nothing", "the guest reads no character device here");
      case Event.AudioOut out -> throw replay.divergence("nothing", "the guest plays no audio");
      case Event.AudioIn in -> throw replay.divergence("nothing", "the guest captures no audio");
      case Event.Shutdown passed -> throw new IllegalStateException("the engine acts on these");
    }
    return null;
  }

  private boolean reached() {
    return guest.icount() >= stopAt.icount()
        || replay.position().event() >= stopAt.event()
        || replay.position().offset() >= stopAt.offset();
  }

  private void checkPowerOff(@Nullable Event head) {
    if (replay.instructionsLeft() != 0) {
      throw replay.divergence("power-off", "the guest switched the machine off");
    }
    if (!shutdownSeen || !(head == null || head instanceof Event.End && !replay.hasMore())) {
      throw replay.divergence(
          "power-off", "the guest switched the machine off, but the log does not end there");
    }
  }

  private void execute() {
    if (guest.resetRequested()) {
      throw replay.divergence(
          "reset", "the guest asked for a reset, but in the log it runs on without one");
    }
    long icount = guest.icount();
    if (icount == 0 && clock.sleep() && !warpAccounted) {
      throw replay.divergence(
          "checkpoint/clock-warp-account",
          "with sleep=on the vCPU passes this checkpoint before it runs; the log was recorded with"
              + " sleep=off");
    }
    long left = replay.instructionsLeft();
    long budget = Math.min(left, stopAt.icount() - icount);
    if (icount < traceFrom) {
      budget = Math.min(budget, traceFrom - icount);
    } else if (icount < traceTo) {
      tracer.run();
      budget = Math.min(budget, 1);
    }
    switch (guest.run(budget, left)) {
      case RAN, WAITING, EXCEPTION, REQUEST, INTERRUPT -> {}
      case IDLE -> {
        if (guest.icount() == icount) {
          throw replay.divergence(
              "idle", "the log executes instructions, but the vCPU waits for an interrupt");
        }
      }
    }
  }

  private void takeInterrupt() {
    if (!guest.interruptPending()) {
      throw replay.divergence("nothing", "no enabled interrupt is pending");
    }
    guest.takeInterrupt();
    replay.interrupt();
  }

  private void raiseException() {
    long consumed = replay.eventsConsumed();
    Guest.Stop stop = guest.run(1, 1);
    if (stop != Guest.Stop.EXCEPTION || replay.eventsConsumed() == consumed) {
      throw replay.divergence("instruction", "the instruction at the pc raises no exception");
    }
  }

  private void passCheckpoint(Checkpoint checkpoint) {
    boolean passed =
        switch (checkpoint) {
          case CLOCK_WARP_START -> startWarp();
          case CLOCK_WARP_ACCOUNT -> {
            warpAccounted = true;
            accountComing = false;
            yield clock.accountWarp();
          }
          case CLOCK_VIRTUAL -> runVirtualTimers();
          case CLOCK_HOST -> runTimers(Clock.HOST);
          case CLOCK_VIRTUAL_RT -> runTimers(Clock.VIRTUAL_RT);
          case RESET_REQUESTED -> {
            if (resetComing) {
              yield false;
            }
            resetComing = true;
            resetComingAt = guest.icount();
            yield replay.checkpoint(checkpoint);
          }
          case CLOCK_WARP, SUSPEND_REQUESTED, INIT, RESET -> false;
        };
    if (!passed) {
      throw replay.divergence("nothing", whyNot(checkpoint));
    }
  }

  private String whyNot(Checkpoint checkpoint) {
    return switch (checkpoint) {
      case CLOCK_WARP_ACCOUNT ->
          "with sleep=off this checkpoint never occurs; the log was recorded with sleep=on";
      case CLOCK_VIRTUAL ->
          "no timer of the virtual clock has expired; with another icount shift, or sleep on and"
              + " off exchanged, the times differ";
      case CLOCK_HOST, CLOCK_VIRTUAL_RT ->
          "no timer of this clock is armed, or the main loop did not look at its deadline before";
      case CLOCK_WARP_START ->
          "the machine is not idle, or the main loop did not look at its deadline before";
      case CLOCK_WARP, SUSPEND_REQUESTED, INIT, RESET, RESET_REQUESTED ->
          "the machine does not pass this checkpoint here";
    };
  }

  private void runAsync(Event.Async async) {
    if (async.at().isEmpty()) {
      if (!clock.sleep()) {
        throw replay.divergence(
            "nothing", "with sleep=off nothing asynchronous ever runs (QEMU 7.1 and later)");
      }
      accountComing = true;
    }
    if (replay.async().run() == 0) {
      throw replay.divergence(
          "nothing", "no bottom half or block request of this number waits to be run");
    }
  }

  /** From QEMU 7.1 on asynchronous events run right before the vCPU accounts for a warp. */
  private void checkAccountComes(@Nullable Event head) {
    boolean fits =
        switch (head) {
          case null -> true;
          case Event.Async async -> true;
          case Event.End end -> true;
          case Event.CheckpointReached reached ->
              switch (reached.checkpoint()) {
                case CLOCK_WARP_ACCOUNT, CLOCK_WARP_START -> true;
                default -> false;
              };
          default -> false;
        };
    if (!fits) {
      throw replay.divergence(
          "checkpoint/clock-warp-account",
          "asynchronous events are followed by this checkpoint, but here comes another event");
    }
  }

  private MainLoopTurns turns(Clock which) {
    return switch (which) {
      case HOST -> hostTurns;
      case VIRTUAL_RT -> virtualRtTurns;
    };
  }

  /** Whether nothing but instructions and the vCPU's own loop came before what comes now. */
  private void noteRun(@Nullable Event head) {
    if (head instanceof Event.Instruction) {
      ranUpToHere = true;
      biasOfRun = clock.bias();
    } else if (!(head instanceof Event.CheckpointReached reached
        && (reached.checkpoint() == Checkpoint.CLOCK_WARP_ACCOUNT
            || reached.checkpoint() == Checkpoint.CLOCK_VIRTUAL))) {
      ranUpToHere = false;
    }
  }

  /**
   * A vCPU that runs stops at the very instruction at which a timer expires, so that a timer which
   * is later than one instruction's time tells of another shift.
   */
  private boolean runVirtualTimers() {
    long late = clock.now() - clock.virtualTimers().deadline();
    boolean exact = ranUpToHere && clock.bias() == biasOfRun && !clock.auto() && !guest.idle();
    ranUpToHere = false;
    if (exact && !clock.virtualTimers().isEmpty() && late >= 1L << clock.shift()) {
      throw replay.divergence(
          "checkpoint/clock-virtual",
          "the timer expired "
              + late
              + " ns earlier; the log was probably recorded with a smaller icount shift");
    }
    return clock.runVirtualTimers() != 0;
  }

  private boolean startWarp() {
    // A vCPU that was stopped for a reset counts as idle.
    boolean idle = guest.idle() || guest.resetRequested() || resetComing;
    boolean possible = idle && hostTurns.mayStartWarp() && virtualRtTurns.mayStartWarp();
    if (!possible || !clock.tryStartWarp()) {
      return false;
    }
    hostTurns.warpStarted();
    virtualRtTurns.warpStarted();
    return true;
  }

  private boolean runTimers(Clock which) {
    if (!turns(which).run() || !clock.runTimers(which)) {
      return false;
    }
    turns(which).ran();
    return true;
  }

  /** The main loop computed how long it may sleep; it looks only at clocks with armed timers. */
  private void readAlone(Clock which) {
    if (!turns(which).deadline()) {
      throw replay.divergence("nothing", "nothing looks at this clock here");
    }
    replay.clocks().read(which);
  }

  private void shutdownEvent(Event.Shutdown event) {
    if (shutdown.equals(Optional.of(ShutdownCause.HOST_SIGNAL))) {
      throw replay.divergence("more events", "the log goes on behind shutdown/host-signal");
    }
    shutdownSeen = true;
    shutdown = event.cause();
    switch (event.cause().orElse(ShutdownCause.NONE)) {
      case GUEST_SHUTDOWN, GUEST_PANIC, GUEST_RESET ->
          // QEMU 7.2's test finisher ends the process without asking; nothing else asks.
          throw replay.divergence("nothing", "the guest asks for no shutdown here");
      default -> {}
    }
  }

  /**
   * What the player knows beyond the machine and its engine, which have their own state. Loaded
   * together with theirs, into a player that never ran, it lets that one go on.
   */
  @Override
  public void visitState(StateVisitor visitor) {
    on = visitor.flag("on", on);
    warpAccounted = visitor.flag("warp-accounted", warpAccounted);
    accountComing = visitor.flag("account-coming", accountComing);
    ranUpToHere = visitor.flag("ran-up-to-here", ranUpToHere);
    biasOfRun = visitor.number("bias-of-run", biasOfRun);
    resetComing = visitor.flag("reset-coming", resetComing);
    resetComingAt = visitor.number("reset-coming-at", resetComingAt);
    shutdownSeen = visitor.flag("shutdown-seen", shutdownSeen);
    String cause =
        visitor.text("shutdown", shutdown.map(ShutdownCause::label).orElse(""));
    shutdown =
        Stream.of(ShutdownCause.values()).filter(each -> each.label().equals(cause)).findFirst();
    visitor.part("host-turns", hostTurns);
    visitor.part("virtual-rt-turns", virtualRtTurns);
  }

  @Override
  public void stateLoaded() {
    over = null;
  }
}
