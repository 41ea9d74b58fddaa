package rrlog.core.replay;

import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import rrlog.core.event.Checkpoint;
import rrlog.core.event.Clock;
import rrlog.core.event.Payload;
import rrlog.core.event.ShutdownCause;
import rrlog.core.qemu.Trait;

/**
 * Runs a machine on its own and records it, in the order in which QEMU's two threads would (icount
 * semantics sections 3.5 and 11): timers fire when they expire, interrupts are taken as soon as
 * they can be, an idle machine jumps to its next deadline (sleep=off) or waits for it (sleep=on).
 */
public final class Recorder {
  /** Instructions between two looks at input and host timers, where there are any. */
  private static final long SLICE = 100_000;

  /** Instructions between two looks at whether to stop, some ten milliseconds. */
  private static final long STRETCH = 2_000_000;

  /** Between two looks at whether to stop while the machine sleeps. */
  private static final long NAP_NS = 10_000_000;

  /** Exceptions without an instruction in between: a few are possible, so many never end. */
  private static final int MAX_FAULTS = 1000;

  /** More than a translation block holds. */
  private static final long BLOCK = 1024;

  private static final long POLL_NS = 1_000_000;

  private final Guest guest;
  private final Replay replay;
  private final IcountClock clock;
  private final HostTime time;
  private final LongSupplier hostNs;
  private final LongSupplier virtualRtNs;
  private InputSource input = InputSource.NONE;
  private IntSupplier inputRoom = () -> 0;
  private int inputDevice;
  private final MainLoop mainLoop;
  private boolean asleep;
  private boolean begun;
  private int faults;
  private volatile boolean stopped;

  /**
   * A recorder for a machine whose engine records, or has no mode.
   *
   * @param time the same that the machine has
   * @throws IllegalArgumentException where the engine plays a log
   */
  public Recorder(Guest guest, HostTime time) {
    this.guest = guest;
    this.replay = guest.replay();
    this.clock = guest.clock();
    this.time = time;
    this.hostNs = time::hostNs;
    this.virtualRtNs = time::virtualRtNs;
    this.mainLoop = new MainLoop(clock);
    if (replay.mode() == ReplayMode.PLAY) {
      throw new IllegalArgumentException("the machine's engine plays a log");
    }
  }

  /**
   * Connects a character device with what is typed. QEMU from 7.1 on delivers input with sleep=on
   * only.
   *
   * @param device number of the device
   * @param room how many bytes it can take now
   * @throws IllegalArgumentException with sleep=off
   */
  public void input(int device, IntSupplier room, InputSource source) {
    if (!clock.sleep()) {
      throw new IllegalArgumentException(
          "with sleep=off nothing asynchronous is recorded, so the guest would never see input");
    }
    inputDevice = device;
    inputRoom = room;
    input = source;
  }

  /** Ends the recording within some ten milliseconds; may be called from another thread. */
  public void stop() {
    stopped = true;
    guest.cpu().stopAtDevices();
  }

  /**
   * Records until the guest powers off, and finishes the log.
   *
   * @param limit at most so many instructions
   * @throws IllegalStateException where it was called before: the log is finished
   */
  public RecordResult record(long limit) {
    if (begun) {
      throw new IllegalStateException("a recorder records once");
    }
    begun = true;
    start();
    RecordResult.Ended ended;
    try {
      ended = loop(limit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      ended = RecordResult.Ended.STOPPED;
    }
    replay.finish();
    return new RecordResult(ended, guest.icount());
  }

  /**
   * Finishes the log where {@link #record} left it because the guest asked for what it cannot get.
   */
  public RecordResult cutShort(RecordResult.Ended why) {
    replay.finish();
    return new RecordResult(why, guest.icount());
  }

  private void start() {
    guest.powerOn();
    guest.cpu().stopAtInterrupts(true);
    clock.onEarlierDeadline(guest.cpu()::stop);
    replay.async().onQueued(guest.cpu()::stop);
    clock.accountWarp();
    if (!guest.behaviour().has(Trait.LOOP_TURNS_BEFORE_RUN)) {
      clock.accountWarp();
    }
    mainLoop.computeDeadlines();
  }

  private RecordResult.Ended loop(long limit) throws InterruptedException {
    while (true) {
      if (guest.poweredOff()) {
        askForShutdown(guest.powerOffCause());
        return RecordResult.Ended.POWER_OFF;
      }
      if (stopped || Thread.currentThread().isInterrupted()) {
        return RecordResult.Ended.STOPPED;
      }
      if (guest.icount() >= limit) {
        return RecordResult.Ended.LIMIT;
      }
      if (guest.resetRequested()) {
        replay.checkpoint(Checkpoint.RESET_REQUESTED);
        guest.reset();
      }
      boolean due = clock.runDueTimers();
      deliver();
      if (clock.runVirtualTimers() != 0 || due) {
        clock.accountWarp();
      }
      if (guest.cpu().interruptPending()) {
        guest.cpu().takeInterrupt();
        replay.interrupt();
      } else if (guest.cpu().idle()) {
        if (!waitForWork()) {
          return RecordResult.Ended.IDLE;
        }
        continue;
      }
      asleep = false;
      execute(limit);
      if (faults > MAX_FAULTS) {
        return RecordResult.Ended.FAULTING;
      }
    }
  }

  private void askForShutdown(ShutdownCause cause) {
    if (guest.behaviour().has(Trait.FINISHER_EXITS) || cause == ShutdownCause.HOST_SIGNAL) {
      return;
    }
    if (guest.behaviour().has(Trait.SHUTDOWN_BEFORE_INSTRUCTION)) {
      replay.shutdownRequestAhead(cause);
    } else {
      replay.shutdownRequest(cause);
    }
  }

  /** The host's side: input, expired host timers, finished requests. */
  private void deliver() {
    boolean turn = !replay.async().isEmpty();
    int room = input.ended() ? 0 : inputRoom.getAsInt();
    if (room > 0) {
      Payload data = input.take(guest.icount(), room);
      if (data.length() > 0) {
        replay.chars().received(inputDevice, data);
        turn = true;
      }
    }
    if (turn) {
      clock.accountWarp();
    }
    if (mainLoop.due(Clock.HOST, hostNs) || mainLoop.due(Clock.VIRTUAL_RT, virtualRtNs)) {
      mainLoop.turn();
    }
  }

  private void execute(long limit) {
    long start = guest.icount();
    long untilTimer = untilTimer();
    long budget = Math.min(Math.min(untilTimer, STRETCH), limit - start);
    if (!clock.hostTimers().isEmpty()
        || !clock.virtualRtTimers().isEmpty()
        || !input.ended()
        || !replay.async().isEmpty()) {
      budget = Math.min(budget, SLICE);
    }
    if (input.nextIcount().isPresent() && input.nextIcount().getAsLong() > start) {
      budget = Math.min(budget, input.nextIcount().getAsLong() - start);
    }
    Cpu.Stop stop = guest.cpu().run(budget, untilTimer);
    // Where a slice ends inside the instructions that a wfi counts without executing them, no event
    // may stand: the vCPU goes on behind them.
    while (stop == Cpu.Stop.WAITING && guest.icount() - start == budget && budget < untilTimer) {
      long more = Math.min(BLOCK, untilTimer - budget);
      stop = guest.cpu().run(more, untilTimer - budget);
      budget += more;
    }
    faults = stop == Cpu.Stop.EXCEPTION && guest.icount() == start ? faults + 1 : 0;
    time.executed(guest.icount() - start);
    if (stop == Cpu.Stop.WAITING || guest.icount() - start == untilTimer) {
      clock.accountWarp();
    }
  }

  /** Instructions until the first virtual timer has expired; at least 1. */
  private long untilTimer() {
    long deadline = clock.virtualTimers().deadline();
    if (deadline < 0) {
      return Journal.MAX_COUNT;
    }
    long ns = deadline - clock.now();
    long instructions = (ns >> clock.shift()) + ((ns & (1L << clock.shift()) - 1) != 0 ? 1 : 0);
    return Math.clamp(instructions, 1, Journal.MAX_COUNT);
  }

  /** A turn of the idle main loop; false where nothing can ever happen. */
  private boolean waitForWork() throws InterruptedException {
    boolean jump = !clock.sleep() && clock.virtualTimers().deadline() >= 0;
    if (clock.virtualTimers().deadline() < 0 && clock.hostTimers().isEmpty()) {
      return waitForInput();
    }
    // A vCPU that goes idle wakes the main loop up; only then it sleeps.
    if (asleep && !jump && mainLoop.maySleep() > 0) {
      sleep(input.ended() ? mainLoop.maySleep() : Math.min(mainLoop.maySleep(), POLL_NS));
    }
    asleep = true;
    mainLoop.turn();
    if (clock.virtualTimers().expired(clock.now())) {
      clock.accountWarp();
    }
    return true;
  }

  /** Sleeps in naps, for {@link #stop()} comes from another thread. */
  private void sleep(long ns) throws InterruptedException {
    long left = ns;
    while (left > 0 && !stopped) {
      long nap = Math.min(left, NAP_NS);
      time.sleep(nap);
      left -= nap;
    }
  }

  private boolean waitForInput() throws InterruptedException {
    if (input.ended()) {
      return false;
    }
    if (input.nextIcount().isEmpty()) {
      time.sleep(POLL_NS);
      return true;
    }
    // Instructions stand still while the machine is idle: what comes next comes now.
    Payload data = input.take(Long.MAX_VALUE, inputRoom.getAsInt());
    if (data.length() == 0) {
      return false;
    }
    replay.chars().received(inputDevice, data);
    clock.accountWarp();
    return true;
  }
}
