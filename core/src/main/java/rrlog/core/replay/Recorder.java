package rrlog.core.replay;

import java.util.function.IntSupplier;
import rrlog.core.event.Checkpoint;
import rrlog.core.event.Clock;
import rrlog.core.event.Payload;

/**
 * Runs a machine on its own and records it, in the order in which QEMU's two threads would (icount
 * semantics sections 3.5 and 11): timers fire when they expire, interrupts are taken as soon as they
 * can be, an idle machine jumps to its next deadline (sleep=off) or waits for it (sleep=on).
 */
public final class Recorder {
  /** Instructions between two looks at input and host timers, where there are any. */
  private static final long SLICE = 100_000;

  /** More than a translation block holds. */
  private static final long BLOCK = 1024;

  private static final long POLL_NS = 1_000_000;
  private static final long LONG_POLL_NS = 50_000_000;

  private final Guest guest;
  private final Replay replay;
  private final IcountClock clock;
  private final HostTime time;
  private InputSource input = InputSource.NONE;
  private IntSupplier inputRoom = () -> 0;
  private int inputDevice;
  private boolean on;
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

  /** Ends the recording soon; may be called from another thread. */
  public void stop() {
    stopped = true;
  }

  /**
   * Records until the guest powers off, and finishes the log.
   *
   * @param limit at most so many instructions
   */
  public RecordResult record(long limit) {
    if (!on) {
      on = true;
      guest.powerOn();
      guest.stopAtInterrupts(true);
      clock.onEarlierDeadline(guest::stop);
      replay.async().onQueued(guest::stop);
      clock.accountWarp();
      clock.accountWarp();
    }
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

  private RecordResult.Ended loop(long limit) throws InterruptedException {
    while (true) {
      if (guest.poweredOff()) {
        return RecordResult.Ended.POWER_OFF;
      }
      if (stopped || Thread.interrupted()) {
        return RecordResult.Ended.STOPPED;
      }
      if (guest.icount() >= limit) {
        return RecordResult.Ended.LIMIT;
      }
      if (guest.resetRequested()) {
        replay.checkpoint(Checkpoint.RESET_REQUESTED);
        guest.reset();
      }
      deliver();
      if (clock.runVirtualTimers() != 0) {
        clock.accountWarp();
      }
      if (guest.interruptPending()) {
        guest.takeInterrupt();
        replay.interrupt();
      } else if (guest.idle()) {
        if (!waitForWork()) {
          return RecordResult.Ended.IDLE;
        }
        continue;
      }
      execute(limit);
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
    if (!clock.hostTimers().isEmpty()) {
      clock.runTimers(Clock.HOST);
    }
    if (!clock.virtualRtTimers().isEmpty() && clock.virtualRtTimers().expired(time.virtualRtNs())) {
      clock.runTimers(Clock.VIRTUAL_RT);
    }
  }

  private void execute(long limit) {
    long start = guest.icount();
    long untilTimer = untilTimer();
    long budget = Math.min(untilTimer, limit - start);
    if (!clock.hostTimers().isEmpty()
        || !clock.virtualRtTimers().isEmpty()
        || !input.ended()
        || !replay.async().isEmpty()) {
      budget = Math.min(budget, SLICE);
    }
    if (input.nextIcount().isPresent() && input.nextIcount().getAsLong() > start) {
      budget = Math.min(budget, input.nextIcount().getAsLong() - start);
    }
    Guest.Stop stop = guest.run(budget, untilTimer);
    // Where a slice ends inside the instructions that a wfi counts without executing them, no event
    // may stand: the vCPU goes on behind them.
    while (stop == Guest.Stop.WAITING
        && guest.icount() - start == budget
        && budget < untilTimer) {
      long more = Math.min(BLOCK, untilTimer - budget);
      stop = guest.run(more, untilTimer - budget);
      budget += more;
    }
    time.executed(guest.icount() - start);
    if (stop == Guest.Stop.WAITING || guest.icount() - start == untilTimer) {
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

  /** Lets time pass until something can happen; false where nothing ever can. */
  private boolean waitForWork() throws InterruptedException {
    boolean timer = clock.virtualTimers().deadline() >= 0;
    if (timer) {
      clock.tryStartWarp();
      if (!clock.sleep()) {
        return true;
      }
      long wait = clock.virtualRtTimers().deadline() - replay.clocks().last(Clock.VIRTUAL_RT);
      if (!input.ended() || !clock.hostTimers().isEmpty()) {
        wait = Math.min(wait, POLL_NS);
      }
      time.sleep(Math.max(wait, 0));
      clock.runTimers(Clock.VIRTUAL_RT);
      clock.accountWarp();
      return true;
    }
    if (!clock.hostTimers().isEmpty()) {
      time.sleep(Math.clamp(clock.hostTimers().deadline() - time.hostNs(), 0, LONG_POLL_NS));
      return true;
    }
    if (input.ended()) {
      return false;
    }
    if (input.nextIcount().isPresent()) {
      // Instructions stand still while the machine is idle: what comes next comes now.
      Payload data = input.take(Long.MAX_VALUE, inputRoom.getAsInt());
      if (data.length() == 0) {
        return false;
      }
      replay.chars().received(inputDevice, data);
      clock.accountWarp();
      return true;
    }
    time.sleep(POLL_NS);
    return true;
  }
}
