package rrlog.core.machine.riscv.aclint;

import rrlog.core.machine.platform.bus.Device;
import rrlog.core.machine.platform.device.InterruptLine;
import rrlog.core.replay.IcountClock;
import rrlog.core.replay.Timer;
import rrlog.core.state.StateVisitor;
import rrlog.core.state.Stateful;

/**
 * The ACLINT machine timer of one hart: mtimecmp at offset 0, mtime at 0x7ff8, 10 MHz.
 *
 * <p>Writing an mtimecmp that has passed raises the interrupt and leaves an armed timer armed;
 * nothing but a write of a future mtimecmp lowers it (icount semantics section 2).
 */
public final class MachineTimer implements Device, Stateful {
  private static final int MTIMECMP = 0;
  private static final int MTIME = 0x7ff8;
  private static final long LOW_WORD = 0xffff_ffffL;

  private final IcountClock clock;
  private final InterruptLine line;
  private final Timer timer;
  private final boolean keepsHalf;
  private final Runnable mtimeWritten;
  private long timeDelta;
  private long timecmp;

  /**
   * A timer that drives the hart's machine timer interrupt.
   *
   * @param keepsHalf whether the half of mtime that is not written stays as it is; otherwise it
   *     becomes that of a clock that was never written
   * @param mtimeWritten told when mtime was written, after mtimecmp was compared with it
   */
  public MachineTimer(
      IcountClock clock, InterruptLine line, boolean keepsHalf, Runnable mtimeWritten) {
    this.clock = clock;
    this.line = line;
    this.keepsHalf = keepsHalf;
    this.mtimeWritten = mtimeWritten;
    this.timer = clock.virtualTimers().newTimer("mtimer", () -> line.set(true));
  }

  @Override
  public String name() {
    return "riscv.aclint.mtimer";
  }

  @Override
  public long length() {
    return 0x8000;
  }

  @Override
  public int accessSizes() {
    return 4 | 8;
  }

  /** mtime now, in ticks of 100 ns. */
  public long mtime() {
    return raw() + timeDelta;
  }

  private long raw() {
    return Ticks.ofNanos(clock.now());
  }

  /** Machine reset: mtime becomes 0, mtimecmp stays and is compared again. */
  public void reset() {
    setMtime(0);
  }

  @Override
  public long load(long offset, int size) {
    return switch ((int) offset) {
      case MTIMECMP -> timecmp;
      case MTIMECMP + 4 -> timecmp >>> 32;
      case MTIME -> mtime();
      case MTIME + 4 -> mtime() >>> 32;
      default -> 0;
    };
  }

  @Override
  public void store(long offset, int size, long value) {
    switch ((int) offset) {
      case MTIMECMP -> setTimecmp(size == 8 ? value : timecmp & ~LOW_WORD | value);
      case MTIMECMP + 4 -> setTimecmp(value << 32 | timecmp & LOW_WORD);
      case MTIME -> setMtime(size == 8 ? value : otherHalf() & ~LOW_WORD | value);
      case MTIME + 4 -> setMtime(value << 32 | otherHalf() & LOW_WORD);
      default -> {}
    }
  }

  @Override
  public void visitState(StateVisitor visitor) {
    timeDelta = visitor.number("time_delta", timeDelta);
    timecmp = visitor.number("timecmp", timecmp);
  }

  private long otherHalf() {
    return keepsHalf ? mtime() : raw();
  }

  private void setMtime(long value) {
    timeDelta = value - raw();
    setTimecmp(timecmp);
    mtimeWritten.run();
  }

  private void setTimecmp(long value) {
    timecmp = value;
    long now = mtime();
    if (Long.compareUnsigned(value, now) <= 0) {
      line.set(true);
      return;
    }
    line.set(false);
    timer.arm(Ticks.expiry(clock.now(), value - now));
  }
}
