package rrlog.core.replay;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import rrlog.core.event.Checkpoint;
import rrlog.core.event.Clock;
import rrlog.core.event.Event;
import rrlog.core.qemu.Behaviour;
import rrlog.core.qemu.Trait;
import rrlog.core.state.StateVisitor;
import rrlog.core.state.Stateful;

/**
 * The virtual clock that executed instructions drive, the timers on it and on the recorded clocks,
 * and the warps that let time pass while the machine is idle (icount semantics sections 2 and 3).
 *
 * <p>The virtual clock shows {@code bias + (icount << shift)} nanoseconds. All operations go
 * through the {@link Replay} engine and so work in every mode; callers hold its lock.
 */
public final class IcountClock implements Stateful {
  private static final long SECOND = 1_000_000_000;
  private static final long MILLISECOND = 1_000_000;
  private static final long NO_WARP = -1;

  private final Replay replay;
  private final Behaviour behaviour;
  private final HostTime host;
  private final BooleanSupplier idle;
  private final boolean sleep;
  private final TimerList virtual;
  private final TimerList hostTimers = new TimerList(() -> {});
  private final TimerList virtualRt = new TimerList(() -> {});
  private final Timer warpTimer = virtualRt.newTimer("icount-warp", this::endWarp);
  private final boolean auto;
  private final Optional<ShiftAdjuster> adjuster;
  private int shift;
  private long bias;
  private long warpStart;
  private boolean running;
  private Runnable onEarlierDeadline = () -> {};

  /**
   * A clock at time 0.
   *
   * @param behaviour of the release that recorded, or is to replay
   * @param host asked only when not playing
   * @param idle whether the vCPU has nothing to do: halted, no enabled interrupt pending
   */
  public IcountClock(
      Replay replay,
      IcountSettings settings,
      Behaviour behaviour,
      HostTime host,
      BooleanSupplier idle) {
    this.replay = replay;
    this.behaviour = behaviour;
    this.host = host;
    this.idle = idle;
    this.sleep = settings.sleep();
    this.shift = settings.shift();
    boolean expiredAsWork =
        behaviour.has(Trait.EXPIRED_TIMER_AS_WORK) && replay.mode() != ReplayMode.NONE;
    this.virtual =
        new TimerList(this::startWarp, expiredAsWork ? Optional.of(this::now) : Optional.empty());
    this.auto = settings.auto();
    this.adjuster = auto ? Optional.of(new ShiftAdjuster()) : Optional.empty();
    // A zero-initialised global of QEMU's that only auto sets: with a fixed shift the first account
    // ends a "warp" that began at 0, and so the guest starts at a time that is not 0.
    this.warpStart = auto ? NO_WARP : 0;
  }

  /**
   * What QEMU does when it parses its options: with {@code shift=auto} the virtual-rt clock is read
   * once, and the timers that adjust the shift are armed.
   */
  public void configure() {
    adjuster.ifPresent(ShiftAdjuster::start);
  }

  /** Whether the shift follows the host's speed. */
  public boolean auto() {
    return auto;
  }

  /** The machine begins to run; before, arming a timer lets no idle time pass. */
  public void start() {
    running = true;
  }

  /** Names who wants to know that a virtual timer was armed which expires before all others. */
  public void onEarlierDeadline(Runnable listener) {
    onEarlierDeadline = listener;
  }

  /** Whether idle time passes with the host's clock. */
  public boolean sleep() {
    return sleep;
  }

  /** An instruction now takes {@code 1 << shift} ns. */
  public int shift() {
    return shift;
  }

  /** What warps and adjustments have added to the virtual clock, nanoseconds. */
  public long bias() {
    return bias;
  }

  /** The virtual clock now, nanoseconds. */
  public long now() {
    return bias + (replay.icount() << shift);
  }

  /** Reads the host clock, nanoseconds: an event. */
  public long readHost() {
    return replay.clocks().get(Clock.HOST, host::hostNs);
  }

  /** What stops a guest that asks for a time which no event tells. */
  public RuntimeException notRecorded(String what) {
    return replay.divergence("instruction", what);
  }

  /** Reads the virtual-rt clock, nanoseconds: an event. */
  public long readVirtualRt() {
    return replay.clocks().get(Clock.VIRTUAL_RT, host::virtualRtNs);
  }

  /** Timers of a recorded clock. */
  TimerList timers(Clock which) {
    return switch (which) {
      case HOST -> hostTimers;
      case VIRTUAL_RT -> virtualRt;
    };
  }

  /** Timers of the virtual clock. */
  public TimerList virtualTimers() {
    return virtual;
  }

  /** Timers of the host clock. */
  public TimerList hostTimers() {
    return hostTimers;
  }

  /** Timers of the virtual-rt clock. */
  public TimerList virtualRtTimers() {
    return virtualRt;
  }

  /**
   * Fires the expired timers of the virtual clock, each behind a checkpoint {@code clock-virtual};
   * when playing, only as many as the log has checkpoints for.
   *
   * @return how many fired
   */
  public int runVirtualTimers() {
    long now = now();
    int fired = 0;
    for (Timer timer = virtual.first();
        timer != null && timer.expires <= now;
        timer = virtual.first()) {
      if (!timer.external && !replay.checkpoint(Checkpoint.CLOCK_VIRTUAL)) {
        break;
      }
      virtual.remove(timer);
      timer.callback.run();
      fired++;
    }
    return fired;
  }

  /**
   * The vCPU's loop turns: timers of the virtual clock fire that were due when they were armed,
   * without an event (QEMU 11.0 and later).
   *
   * @return whether there were any
   */
  public boolean runDueTimers() {
    return virtual.runDue();
  }

  /**
   * Passes the checkpoint of the host or virtual-rt clock and fires its expired timers. Does
   * nothing where no timer is armed.
   *
   * @return whether the checkpoint was passed
   */
  public boolean runTimers(Clock clock) {
    TimerList list = timers(clock);
    Checkpoint checkpoint =
        clock == Clock.HOST ? Checkpoint.CLOCK_HOST : Checkpoint.CLOCK_VIRTUAL_RT;
    if (list.isEmpty() || !replay.checkpoint(checkpoint)) {
      return false;
    }
    long now = clock == Clock.HOST ? readHost() : readVirtualRt();
    for (Timer timer = list.first(); timer != null && timer.expires <= now; timer = list.first()) {
      list.remove(timer);
      timer.callback.run();
    }
    return true;
  }

  /**
   * The main loop (or a device that armed a timer) lets idle time begin to pass: with sleep a timer
   * is set on the virtual-rt clock for the earliest deadline, without it the virtual clock jumps
   * there. Only where the machine is idle; when playing, where the log has the checkpoint {@code
   * clock-warp-start}.
   *
   * @return whether the checkpoint was passed; if not, see {@link Replay#hasEvent()}
   */
  public boolean tryStartWarp() {
    if (replay.mode() != ReplayMode.PLAY && !idle.getAsBoolean()) {
      return false;
    }
    if (!replay.checkpoint(Checkpoint.CLOCK_WARP_START)) {
      return false;
    }
    long clock = readVirtualRt();
    long deadline = virtual.deadline();
    if (deadline < 0) {
      return true;
    }
    long wait = deadline - now();
    if (wait > 0) {
      if (sleep) {
        if (warpStart == NO_WARP || warpStart > clock) {
          warpStart = clock;
        }
        warpTimer.armNoLater(clock + wait);
      } else {
        bias += wait;
      }
    }
    return true;
  }

  private void startWarp() {
    if (!running) {
      return;
    }
    onEarlierDeadline.run();
    if (!behaviour.has(Trait.WARP_START_FROM_TIMER)) {
      return;
    }
    if (replay.mode() != ReplayMode.PLAY || replay.hasCheckpoint(Checkpoint.CLOCK_WARP_START)) {
      tryStartWarp();
    }
  }

  /**
   * A turn of the vCPU's outer loop: with sleep=on, asynchronous events run and the idle time that
   * passed is added to the virtual clock, behind the checkpoint {@code clock-warp-account}.
   *
   * @return whether the checkpoint was passed
   */
  public boolean accountWarp() {
    if (!sleep) {
      return false;
    }
    replay.async().run();
    if (!replay.checkpoint(Checkpoint.CLOCK_WARP_ACCOUNT)) {
      return false;
    }
    warpTimer.disarm();
    endWarp();
    return true;
  }

  private void endWarp() {
    if (warpStart == NO_WARP) {
      return;
    }
    if (stopped()) {
      warpStart = NO_WARP;
      return;
    }
    long clock = readVirtualRt();
    long passed = clock - warpStart;
    if (auto) {
      // Adaptive: the virtual clock must not run ahead of real time by warping.
      long behind = clock - now();
      passed = Math.min(passed, behaviour.has(Trait.WARP_CLAMPED) ? Math.max(behind, 0) : behind);
    }
    bias += passed;
    warpStart = NO_WARP;
  }

  /**
   * Playing: whether the machine stood still here (QMP stop), which no event tells. But then the
   * virtual-rt clock stands still too, and two readings in a row are the same; those of a running
   * machine never are.
   */
  private boolean stopped() {
    return replay.head() instanceof Event.ClockRead reading
        && reading.clock() == Clock.VIRTUAL_RT
        && reading.ns() == replay.clocks().last(Clock.VIRTUAL_RT)
        && reading.ns() != 0;
  }

  @Override
  public void visitState(StateVisitor visitor) {
    shift = visitor.number("shift", shift);
    bias = visitor.number("bias", bias);
    warpStart = visitor.number("warp-start", warpStart);
    running = visitor.flag("running", running);
    adjuster.ifPresent(part -> part.lastAhead = visitor.number("last-ahead", part.lastAhead));
    visitor.part("virtual", virtual);
    visitor.part("host", hostTimers);
    visitor.part("virtual-rt", virtualRt);
    if (shift < 0 || shift > IcountSettings.MAX_SHIFT) {
      throw new IllegalArgumentException("icount shift " + shift);
    }
  }

  /** The {@code shift=auto} part: two timers that compare virtual with real time. */
  private final class ShiftAdjuster {
    private static final long WOBBLE = SECOND / 10;
    private final Timer onVirtual = virtual.newTimer("icount-virtual", this::virtualTick);
    private final Timer onVirtualRt = virtualRt.newTimer("icount-virtual-rt", this::virtualRtTick);
    private long lastAhead;

    void start() {
      onVirtualRt.arm((readVirtualRt() / MILLISECOND + 1000) * MILLISECOND);
      onVirtual.arm(now() + SECOND / 10);
    }

    private void virtualTick() {
      onVirtual.arm(now() + SECOND / 10);
      adjust();
    }

    private void virtualRtTick() {
      onVirtualRt.arm((readVirtualRt() / MILLISECOND + 1000) * MILLISECOND);
      adjust();
    }

    private void adjust() {
      if (stopped()) {
        return;
      }
      long real = readVirtualRt();
      long now = now();
      long ahead = now - real;
      if (ahead > 0 && lastAhead + WOBBLE < ahead * 2 && shift > 0) {
        shift--;
      }
      if (ahead < 0 && lastAhead - WOBBLE > ahead * 2 && shift < IcountSettings.MAX_SHIFT) {
        shift++;
      }
      lastAhead = ahead;
      bias = now - (replay.icount() << shift);
    }
  }
}
