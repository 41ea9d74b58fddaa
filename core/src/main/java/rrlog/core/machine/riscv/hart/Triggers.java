package rrlog.core.machine.riscv.hart;

import rrlog.core.state.StateVisitor;
import rrlog.core.state.Stateful;

/**
 * The registers of two address triggers (RISC-V Debug 0.13, section 5.2); that these would ever
 * fire is not modelled.
 */
final class Triggers implements Stateful {
  private static final int COUNT = 2;
  private static final long TYPE = 2L << 60;
  private static final long WRITABLE = (1L << 59) - 1;

  private final long[] data1 = {TYPE, TYPE};
  private final long[] data2 = new long[COUNT];
  private int selected;

  long selected() {
    return selected;
  }

  /** tselect; what is no trigger's number is ignored. */
  void select(long trigger) {
    if (Long.compareUnsigned(trigger, COUNT) < 0) {
      selected = (int) trigger;
    }
  }

  long data1() {
    return data1[selected];
  }

  void setData1(long value) {
    data1[selected] = TYPE | value & WRITABLE;
  }

  long data2() {
    return data2[selected];
  }

  void setData2(long value) {
    data2[selected] = value;
  }

  @Override
  public void visitState(StateVisitor visitor) {
    selected = visitor.number("tselect", selected);
    visitor.numbers("tdata1", data1);
    visitor.numbers("tdata2", data2);
  }
}
