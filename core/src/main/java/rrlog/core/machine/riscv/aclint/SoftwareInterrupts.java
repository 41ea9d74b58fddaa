package rrlog.core.machine.riscv.aclint;

import rrlog.core.machine.platform.bus.Device;
import rrlog.core.machine.platform.device.InterruptLine;
import rrlog.core.state.StateVisitor;
import rrlog.core.state.Stateful;

/** The ACLINT machine software interrupts of one hart: msip at offset 0. */
public final class SoftwareInterrupts implements Device, Stateful {
  private final InterruptLine line;
  private boolean level;

  /** Drives the hart's machine software interrupt. */
  public SoftwareInterrupts(InterruptLine line) {
    this.line = line;
  }

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

  /** Machine reset. */
  public void reset() {
    store(0, 4, 0);
  }

  @Override
  public long load(long offset, int size) {
    return offset == 0 && level ? 1 : 0;
  }

  @Override
  public void store(long offset, int size, long value) {
    if (offset == 0) {
      level = (value & 1) != 0;
      line.set(level);
    }
  }

  @Override
  public void visitState(StateVisitor visitor) {
    level = visitor.flag("msip", level);
  }
}
