package rrlog.core.machine.riscv.aclint;

import rrlog.core.machine.platform.device.InterruptLine;
import rrlog.core.qemu.Behaviour;
import rrlog.core.qemu.Trait;
import rrlog.core.replay.IcountClock;
import rrlog.core.replay.Timer;

/**
 * A comparator behind one of the Sstc registers stimecmp and vstimecmp; works like mtimecmp on the
 * same mtime.
 */
public final class SupervisorCompare {
  private static final long NEVER = -1;

  private final boolean maxArmsNothing;
  private final boolean maxDisarms;
  private final IcountClock clock;
  private final MachineTimer machineTimer;
  private final InterruptLine line;
  private final Timer timer;

  /**
   * A comparator that drives one of the hart's supervisor timer interrupts.
   *
   * @param name of its register
   * @param behaviour what the release does
   */
  public SupervisorCompare(
      String name,
      Behaviour behaviour,
      IcountClock clock,
      MachineTimer machineTimer,
      InterruptLine line) {
    this.maxArmsNothing = behaviour.has(Trait.STIMECMP_MAX_ARMS_NOTHING);
    this.maxDisarms = behaviour.has(Trait.STIMECMP_MAX_DISARMS);
    this.clock = clock;
    this.machineTimer = machineTimer;
    this.line = line;
    this.timer = clock.virtualTimers().newTimer(name, () -> line.set(true));
  }

  /** The register works no more: the line falls, and nothing is armed. */
  public void off() {
    timer.disarm();
    line.set(false);
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
    if (value == NEVER && maxArmsNothing) {
      if (maxDisarms) {
        timer.disarm();
      }
      return;
    }
    timer.arm(Ticks.expiry(clock.now(), value - now));
  }
}
