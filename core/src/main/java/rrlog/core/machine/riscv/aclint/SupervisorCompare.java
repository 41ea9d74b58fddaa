package rrlog.core.machine.riscv.aclint;

import rrlog.core.machine.platform.device.InterruptLine;
import rrlog.core.replay.IcountClock;
import rrlog.core.replay.Timer;

/** The comparator behind the Sstc register stimecmp; works like mtimecmp on the same mtime. */
public final class SupervisorCompare {
  private final IcountClock clock;
  private final MachineTimer machineTimer;
  private final InterruptLine line;
  private final Timer timer;

  /** A comparator that drives the hart's supervisor timer interrupt. */
  public SupervisorCompare(IcountClock clock, MachineTimer machineTimer, InterruptLine line) {
    this.clock = clock;
    this.machineTimer = machineTimer;
    this.line = line;
    this.timer = clock.virtualTimers().newTimer("stimecmp", () -> line.set(true));
  }

  /** The guest wrote stimecmp. */
  public void set(long value) {
    long now = machineTimer.mtime();
    if (Long.compareUnsigned(value, now) <= 0) {
      line.set(true);
      return;
    }
    line.set(false);
    timer.arm(Ticks.expiry(clock.now(), value - now));
  }
}
