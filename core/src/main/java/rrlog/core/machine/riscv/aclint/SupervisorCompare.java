package rrlog.core.machine.riscv.aclint;

import rrlog.core.machine.platform.device.InterruptLine;
import rrlog.core.replay.IcountClock;
import rrlog.core.replay.Timer;

/**
 * A comparator behind one of the Sstc registers stimecmp and vstimecmp; works like mtimecmp on the
 * same mtime.
 */
public final class SupervisorCompare {
  private final IcountClock clock;
  private final MachineTimer machineTimer;
  private final InterruptLine line;
  private final Timer timer;

  /**
   * A comparator that drives one of the hart's supervisor timer interrupts.
   *
   * @param name of its register
   */
  public SupervisorCompare(
      String name, IcountClock clock, MachineTimer machineTimer, InterruptLine line) {
    this.clock = clock;
    this.machineTimer = machineTimer;
    this.line = line;
    this.timer = clock.virtualTimers().newTimer(name, () -> line.set(true));
  }

  /**
   * The guest wrote the register.
   *
   * @param delta what its time is ahead of mtime, ticks
   */
  public void set(long value, long delta) {
    long now = machineTimer.mtime() + delta;
    if (Long.compareUnsigned(value, now) <= 0) {
      line.set(true);
      return;
    }
    line.set(false);
    timer.arm(Ticks.expiry(clock.now(), value - now));
  }
}
