package rrlog.core.machine.riscv.aclint;

import rrlog.core.machine.platform.bus.Device;
import rrlog.core.machine.platform.device.InterruptLine;

/**
 * The ACLINT supervisor software interrupts of one hart: a 1 written to setssip at offset 0 raises
 * one, which the hart alone takes back; it reads as 0.
 *
 * @param line raised, never lowered
 */
public record SupervisorSoftwareInterrupts(InterruptLine line) implements Device {
  @Override
  public String name() {
    return "riscv.aclint.swi";
  }

  @Override
  public long length() {
    return 0x4000;
  }

  @Override
  public int accessSizes() {
    return 4;
  }

  @Override
  public long load(long offset, int size) {
    return 0;
  }

  @Override
  public void store(long offset, int size, long value) {
    if (offset == 0 && (value & 1) != 0) {
      line.set(true);
    }
  }
}
