package rrlog.core.replay;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import rrlog.core.event.Checkpoint;
import rrlog.core.event.Clock;
import rrlog.core.event.Event;
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
  private Runnable afterTraced = () -> {};
  private final OrderJudge judge;
  private final MainLoop mainLoop;
  private boolean on;
  private boolean pausing;
  private long underWay;
  private @Nullable PlayResult over;

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
    this.judge = new OrderJudge(replay, clock, guest.behaviour());
    this.mainLoop = new MainLoop(clock);
    replay.clocks().strict(true);
    replay.onShutdown(judge::shutdown);
  }

  /**
   * Calls somebody before and after each instruction of a range; the rest of the run keeps its
   * speed. One that faults without being counted is none.
   *
   * @param from first instruction count
   * @param to first instruction count not to be traced
   */
  public void trace(long from, long to, Runnable beforeEach, Runnable afterEach) {
    traceFrom = from;
    traceTo = to;
    tracer = beforeEach;
    afterTraced = afterEach;
  }

  /**
   * Makes {@link #play} return as soon as the instruction that is under way is done, or at once
   * where the machine stands before one; for who looks at it while it runs.
   */
  public void pause() {
    pausing = true;
    guest.cpu().stop();
  }

  /** Number of the event that is being worked through, for who looks at the machine meanwhile. */
  public long eventUnderWay() {
    return underWay;
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
          judge.shutdownSeen() ? PlayResult.Ended.SHUTDOWN : PlayResult.Ended.END_OF_LOG;
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
        ended,
        guest.icount(),
        replay.eventsConsumed(),
        complete,
        judge.cause(),
        guestState(),
        divergence);
  }

  private PlayResult.GuestState guestState() {
    if (guest.poweredOff()) {
      return PlayResult.GuestState.OFF;
    }
    return guest.cpu().idle() ? PlayResult.GuestState.WAITING : PlayResult.GuestState.RUNNING;
  }

  private PlayResult.Ended endOfLog() {
    judge.over();
    boolean ended = judge.shutdownSeen() && replay.head() instanceof Event.End;
    return ended ? PlayResult.Ended.SHUTDOWN : PlayResult.Ended.END_OF_LOG;
  }

  /**
   * The guest switched the machine off. From QEMU 8.2 on it runs on until the main loop stops it;
   * how far is a race that says nothing, so what the log has of it is passed.
   */
  private PlayResult.Ended powerOff(@Nullable Event head) {
    judge.poweredOff(head, guest.powerOffCause());
    replay.skipToEnd();
    return endOfLog();
  }

  /** One turn of the top loop; null to go on. */
  private PlayResult.@Nullable Ended turn() {
    Event head = replay.head();
    if (guest.poweredOff()) {
      return powerOff(head);
    }
    if (pausing || reached()) {
      pausing = false;
      return PlayResult.Ended.UNTIL;
    }
    judge.next(head);
    underWay = replay.eventsConsumed();
    if (vcpuTurns(head)) {
      clock.runDueTimers();
    }
    if (!(head instanceof Event.Instruction || head instanceof Event.ExceptionTaken)) {
      guest.cpu().interrupted();
    }
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
      case Event.ClockRead reading -> {
        if (!mainLoop.computeDeadline(reading.clock())) {
          throw replay.divergence("nothing", "nothing looks at this clock here");
        }
      }
      case Event.Async async -> runAsync(async);
      case Event.Random random -> {
        judge.resetting();
        guest.reset();
      }
      case Event.CharWrite write -> {
        if (!guest.quitByKey()) {
          throw replay.divergence("nothing", "the guest writes no character here");
        }
      }
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

  /** Whether the vCPU's loop turns before it does what comes next. */
  private boolean vcpuTurns(@Nullable Event head) {
    return switch (head) {
      case Event.CheckpointReached reached -> reached.checkpoint() == Checkpoint.CLOCK_WARP_ACCOUNT;
      case Event.Async async -> true;
      case Event.Instruction instructions -> !clock.sleep();
      case Event.InterruptTaken interrupt -> !clock.sleep();
      case null, default -> false;
    };
  }

  private boolean reached() {
    return guest.icount() >= stopAt.icount()
        || replay.position().event() >= stopAt.event()
        || replay.position().offset() >= stopAt.offset();
  }

  private void execute() {
    if (guest.resetRequested()) {
      throw replay.divergence(
          "reset", "the guest asked for a reset, but in the log it runs on without one");
    }
    long icount = guest.icount();
    judge.executing();
    long left = replay.instructionsLeft();
    long budget = Math.min(left, stopAt.icount() - icount);
    boolean traced = icount >= traceFrom && icount < traceTo;
    if (icount < traceFrom) {
      budget = Math.min(budget, traceFrom - icount);
    }
    Cpu.Stop stop = traced ? executeTraced(left) : guest.cpu().run(budget, left);
    switch (stop) {
      case RAN, WAITING, EXCEPTION, REQUEST, INTERRUPT -> {}
      case IDLE -> {
        // The interrupt of a disk without blkreplay wakes the vCPU before it is taken.
        if (guest.icount() == icount && !replay.async().finishUnrecorded()) {
          throw replay.divergence(
              "idle", "the log executes instructions, but the vCPU waits for an interrupt");
        }
      }
    }
  }

  /** Instructions one by one, as long as a turn of the top loop would do nothing but the next. */
  private Cpu.Stop executeTraced(long left) {
    long event = replay.eventsConsumed();
    long more = left;
    while (true) {
      tracer.run();
      Cpu.Stop stop = guest.cpu().run(1, more);
      afterTraced.run();
      long icount = guest.icount();
      boolean goesOn =
          stop == Cpu.Stop.RAN
              && clock.sleep()
              && !pausing
              && !guest.poweredOff()
              && !guest.resetRequested()
              && icount < traceTo
              && icount < stopAt.icount();
      if (!goesOn) {
        return stop;
      }
      more = replay.instructionsLeft();
      if (more == 0 || replay.eventsConsumed() != event) {
        return stop;
      }
    }
  }

  private void takeInterrupt() {
    // A disk without blkreplay leaves no event when a request is finished, only this one.
    while (!guest.cpu().interruptPending() && replay.async().finishUnrecorded()) {
      continue;
    }
    if (!guest.cpu().interruptPending()) {
      throw replay.divergence("nothing", "no enabled interrupt is pending");
    }
    guest.cpu().takeInterrupt();
    replay.interrupt();
  }

  private void raiseException() {
    long consumed = replay.eventsConsumed();
    Cpu.Stop stop = guest.cpu().raise();
    if (pausing && replay.eventsConsumed() == consumed) {
      return; // it stands before the instruction still
    }
    if (stop != Cpu.Stop.EXCEPTION || replay.eventsConsumed() == consumed) {
      throw replay.divergence("instruction", "the instruction at the pc raises no exception");
    }
  }

  private void passCheckpoint(Checkpoint checkpoint) {
    boolean passed =
        switch (checkpoint) {
          case CLOCK_WARP_START -> startWarp();
          case CLOCK_WARP_ACCOUNT -> {
            judge.accounted();
            yield clock.accountWarp();
          }
          case CLOCK_VIRTUAL -> runVirtualTimers();
          case CLOCK_HOST -> mainLoop.runTimers(Clock.HOST);
          case CLOCK_VIRTUAL_RT -> mainLoop.runTimers(Clock.VIRTUAL_RT);
          case RESET_REQUESTED -> judge.resetAsked() && replay.checkpoint(checkpoint);
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
    judge.delivering(async);
    if (replay.async().run() == 0) {
      throw replay.divergence(
          "nothing", "no bottom half or block request of this number waits to be run");
    }
  }

  private boolean runVirtualTimers() {
    judge.firing(guest.cpu().idle());
    return clock.runVirtualTimers() != 0;
  }

  private boolean startWarp() {
    // A vCPU that was stopped for a reset counts as idle.
    boolean idle = guest.cpu().idle() || guest.resetRequested() || judge.resetComing();
    return idle && mainLoop.startWarp();
  }

  /**
   * What the player knows beyond the machine and its engine, which have their own state. Loaded
   * together with theirs, into a player that never ran, it lets that one go on.
   */
  @Override
  public void visitState(StateVisitor visitor) {
    on = visitor.flag("on", on);
    visitor.part("judge", judge);
    visitor.part("main-loop", mainLoop);
  }

  @Override
  public void stateLoaded() {
    over = null;
  }
}
