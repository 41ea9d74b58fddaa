package rrlog.core.machine.riscv.hart;

import rrlog.core.machine.platform.bus.Ram;
import rrlog.core.machine.riscv.mmu.AccessWatcher;
import rrlog.core.machine.riscv.mmu.Trap;
import rrlog.core.qemu.Trait;
import rrlog.core.state.StateVisitor;
import rrlog.core.state.Stateful;

/**
 * Two address triggers (RISC-V Debug 0.13, section 5.2), of type 2 or 6: breakpoints and
 * watchpoints that raise an exception before the instruction or the access.
 *
 * <p>What they keep and when they fire was measured with QEMU 7.2.22, 10.0.13 and 11.1.3 (test
 * guest {@code csr_probe/triggers}). They match an instruction's own address only, and a part of
 * memory. QEMU looks for them in two steps, which shows with two triggers: any enabled trigger
 * makes it stop, and then any trigger at the same address that is meant for the mode fires.
 */
final class Triggers implements Stateful, AccessWatcher {
  private static final int COUNT = 2;
  private static final int TYPE_SHIFT = 60;
  private static final int ADDRESS = 2;
  private static final int INSTRUCTION_COUNT = 3;
  private static final int ADDRESS_6 = 6;

  private static final long LOAD = 1;
  private static final long STORE = 1 << 1;
  private static final long EXECUTE = 1 << 2;
  private static final int MODE_SHIFT = 3;
  private static final long MODES = 0xbL << MODE_SHIFT;
  private static final long VIRTUAL_MODES = 3L << 23;
  private static final long BITS = LOAD | STORE | EXECUTE | MODES;

  private static final int SIZE_SHIFT = 16;
  private static final int SIZE_HIGH_SHIFT = 21;
  private static final int ANY_SIZE = 8;

  /** tdata3: a value of 13 bits that mcontext must have, and whether it must. */
  private static final int CONTEXT_SHIFT = 51;

  private static final long MATCH_CONTEXT = 1L << 50;
  private static final long DATA3_BITS = -1L << CONTEXT_SHIFT | MATCH_CONTEXT;

  private final HartState s;
  private final boolean hasContext;
  private final boolean countsInstructions;
  private final boolean tellsAddress;
  private final long[] data1 = {(long) ADDRESS << TYPE_SHIFT, (long) ADDRESS << TYPE_SHIFT};
  private final long[] data2 = new long[COUNT];
  private final long[] data3 = new long[COUNT];
  private int selected;
  private long context;

  /** The trigger whose address is looked at first: the one that was written before the other. */
  private int first;

  Triggers(HartState state) {
    s = state;
    hasContext = s.behaviour.has(Trait.TRIGGER_CONTEXT);
    countsInstructions = s.behaviour.has(Trait.TRIGGER_COUNTS);
    tellsAddress = s.behaviour.has(Trait.EBREAK_TVAL);
  }

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

  /**
   * tdata1; other types are ignored. (At 1, and from 8 to 14, QEMU aborts.)
   *
   * @param events is told of a type that QEMU has and this does not
   */
  void setData1(long value, ExecutionEvents events) {
    int type = (int) (value >>> TYPE_SHIFT);
    if (type == INSTRUCTION_COUNT && countsInstructions) {
      throw events.notThere(
          "a trigger of type 3, which counts instructions, at 0x%x".formatted(s.pc));
    }
    if (type != ADDRESS && type != ADDRESS_6) {
      return;
    }
    int size = sizeField(type, value);
    long kept = value & (0xfL << TYPE_SHIFT | BITS | (type == ADDRESS_6 ? VIRTUAL_MODES : 0));
    if (size == 1 || size == 2 || size == 3 || size == 5) {
      kept |= (size & 3L) << SIZE_SHIFT;
      kept |= (long) (size >>> 2) << (type == ADDRESS ? SIZE_HIGH_SHIFT : SIZE_SHIFT + 2);
    }
    if (kept != data1[selected]) {
      forgetPages();
      data1[selected] = kept;
      placed();
    }
  }

  private static int sizeField(int type, long value) {
    return type == ADDRESS
        ? (int) (value >>> SIZE_SHIFT & 3 | (value >>> SIZE_HIGH_SHIFT & 3) << 2)
        : (int) (value >>> SIZE_SHIFT & 15);
  }

  long data2() {
    return data2[selected];
  }

  void setData2(long value) {
    if (value != data2[selected]) {
      forgetPages();
      data2[selected] = value;
      placed();
    }
  }

  long data3() {
    return data3[selected];
  }

  /** tdata3, which is 0 where there is no mcontext. */
  void setData3(long value) {
    data3[selected] = hasContext ? value & DATA3_BITS : 0;
  }

  long context() {
    return context;
  }

  void setContext(long value) {
    context = value & 0x3fff;
  }

  private void placed() {
    forgetPages();
    first = 1 - selected;
    s.mmu.guard(watches(0) || watches(1) ? this : NONE);
  }

  /** QEMU forgets translations of what is or was watched. */
  private void forgetPages() {
    long address = data2[selected];
    if (executes(selected) || watches(selected)) {
      if (!watches(selected) || inPage(address + size(selected) - 1, address)) {
        s.flushTranslation(address);
      } else {
        s.flushTranslations();
      }
    }
  }

  private boolean enabled(int i, long accesses) {
    boolean six = data1[i] >>> TYPE_SHIFT == ADDRESS_6;
    return (data1[i] & accesses) != 0 && (data1[i] & (six ? MODES | VIRTUAL_MODES : MODES)) != 0;
  }

  private boolean executes(int i) {
    return enabled(i, EXECUTE);
  }

  /** Whether a trigger watches memory; one across the end of addresses watches nothing. */
  private boolean watches(int i) {
    return enabled(i, LOAD | STORE) && Long.compareUnsigned(data2[i] + size(i) - 1, data2[i]) >= 0;
  }

  private int size(int i) {
    int field = sizeField((int) (data1[i] >>> TYPE_SHIFT), data1[i]);
    return field == 0 ? ANY_SIZE : field;
  }

  private boolean fires(int i) {
    boolean mode = (data1[i] >>> MODE_SHIFT >>> s.privilege & 1) != 0;
    boolean matches = (data3[i] & MATCH_CONTEXT) == 0 || data3[i] >>> CONTEXT_SHIFT == context;
    return mode && matches;
  }

  /**
   * Whether QEMU executes the instruction at {@code pc} as a block of its own: it does so in pages
   * with a breakpoint, also one of other modes, but not at that breakpoint's own address.
   */
  boolean stepsAt(long pc) {
    return (breaksInPage(0, pc) && data2[0] != pc) || (breaksInPage(1, pc) && data2[1] != pc);
  }

  /** Whether a breakpoint lies in the page of an instruction. */
  boolean breaksInPage(long pc) {
    return breaksInPage(0, pc) || breaksInPage(1, pc);
  }

  private boolean breaksInPage(int i, long pc) {
    return executes(i) && inPage(data2[i], pc);
  }

  private static boolean inPage(long a, long b) {
    return ((a ^ b) & -Ram.PAGE_SIZE) == 0;
  }

  /**
   * To be called before the instruction at {@code pc} is fetched.
   *
   * @throws Trap if it has a breakpoint
   */
  void fetching(long pc) {
    for (int i = 0; i < COUNT; i++) {
      if ((data1[i] & EXECUTE) != 0 && data2[i] == pc && fires(i)) {
        throw s.trap.uncounted(Cause.BREAKPOINT, tellsAddress ? pc : 0);
      }
    }
  }

  @Override
  public boolean watchesPage(long address) {
    long page = address & -Ram.PAGE_SIZE;
    return (watches(0) && meets(0, page, Ram.PAGE_SIZE))
        || (watches(1) && meets(1, page, Ram.PAGE_SIZE));
  }

  /**
   * Whether what is accessed is watched.
   *
   * @throws Trap if so
   */
  @Override
  public void accessing(boolean store, long address, int size, long value) {
    accessing(first, store ? STORE : LOAD, address, size);
    accessing(1 - first, store ? STORE : LOAD, address, size);
  }

  private void accessing(int i, long kind, long address, int size) {
    if (!watches(i) || (data1[i] & kind) == 0 || !meets(i, address, size)) {
      return;
    }
    for (int j = 0; j < COUNT; j++) {
      if ((data1[i] & data1[j] & (LOAD | STORE)) != 0 && data2[i] == data2[j] && fires(j)) {
        boolean above = Long.compareUnsigned(address, data2[i]) > 0;
        throw s.trap.uncounted(Cause.BREAKPOINT, tellsAddress ? (above ? address : data2[i]) : 0);
      }
    }
  }

  private boolean meets(int i, long address, long length) {
    return Long.compareUnsigned(address, data2[i] + size(i) - 1) <= 0
        && Long.compareUnsigned(data2[i], address + length - 1) <= 0;
  }

  @Override
  public void visitState(StateVisitor visitor) {
    selected = visitor.number("tselect", selected) & 1;
    first = visitor.number("first", first) & 1;
    visitor.numbers("tdata1", data1);
    visitor.numbers("tdata2", data2);
    visitor.numbers("tdata3", data3);
    context = visitor.number("mcontext", context);
  }

  @Override
  public void stateLoaded() {
    s.mmu.guard(watches(0) || watches(1) ? this : NONE);
  }
}
