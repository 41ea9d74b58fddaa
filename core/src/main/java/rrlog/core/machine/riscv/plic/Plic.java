package rrlog.core.machine.riscv.plic;

import java.util.Arrays;
import rrlog.core.machine.platform.bus.Device;
import rrlog.core.machine.platform.device.InterruptLine;
import rrlog.core.state.StateVisitor;
import rrlog.core.state.Stateful;

/**
 * The platform-level interrupt controller of one hart: context 0 machine mode, context 1 supervisor
 * mode; priorities of 3 bits.
 *
 * <p>As QEMU 7.2.22 has it, an input that drops does not clear its pending bit, and each call that
 * drives an input high sets it again (icount semantics section 6). Writing an enable word is not
 * acted upon until the next update.
 */
public final class Plic implements Device, Stateful {
  private static final int PENDING = 0x1000;
  private static final int ENABLE = 0x2000;
  private static final int ENABLE_STRIDE = 0x80;
  private static final int CONTEXT = 0x200000;
  private static final int CONTEXT_STRIDE = 0x1000;
  private static final int CONTEXTS = 2;
  private static final int PRIORITY_MASK = 7;

  private final int sources;
  private final long length;
  private final boolean dropClears;
  private final Priorities priorities;
  private final InterruptLine[] outputs;
  private final int[] priority;
  private final int[] pending;
  private final int[] claimed;
  private final int[][] enable;
  private final int[] threshold = new int[CONTEXTS];

  /**
   * The registers of priorities, from that of input 0 on.
   *
   * @param count how many can be read
   * @param firstWritten number of the first that can be written
   */
  public record Priorities(int count, int firstWritten) {}

  /**
   * A controller without pending interrupts.
   *
   * @param sources number of inputs, input 0 (unused) included
   * @param length of the region in bytes
   * @param dropClears whether an input that drops clears its pending bit, as in QEMU 7.2.0
   * @param priorities which registers of priorities there are
   * @param machine the hart's machine external interrupt
   * @param supervisor the hart's supervisor external interrupt
   */
  public Plic(
      int sources,
      long length,
      boolean dropClears,
      Priorities priorities,
      InterruptLine machine,
      InterruptLine supervisor) {
    this.sources = sources;
    this.length = length;
    this.dropClears = dropClears;
    this.priorities = priorities;
    this.outputs = new InterruptLine[] {machine, supervisor};
    int words = (sources + 31) >> 5;
    this.priority = new int[priorities.count()];
    this.pending = new int[words];
    this.claimed = new int[words];
    this.enable = new int[CONTEXTS][words];
  }

  @Override
  public String name() {
    return "riscv.sifive.plic";
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public int accessSizes() {
    return 4;
  }

  /** The wire of a source, 1 and up. */
  public InterruptLine input(int source) {
    return level -> drive(source, level);
  }

  /** Machine reset. */
  public void reset() {
    Arrays.fill(priority, 0);
    Arrays.fill(pending, 0);
    Arrays.fill(claimed, 0);
    Arrays.fill(threshold, 0);
    for (int[] words : enable) {
      Arrays.fill(words, 0);
    }
    for (InterruptLine output : outputs) {
      output.set(false);
    }
  }

  private void drive(int source, boolean level) {
    if (level || dropClears) {
      set(pending, source, level);
      update();
    }
  }

  private static void set(int[] words, int source, boolean value) {
    int bit = 1 << (source & 31);
    words[source >> 5] = value ? words[source >> 5] | bit : words[source >> 5] & ~bit;
  }

  /** The highest priority above the threshold, the lowest number among equals; 0 for none. */
  private int best(int context) {
    int best = 0;
    int bestPriority = threshold[context];
    for (int word = 0; word < pending.length; word++) {
      int candidates = pending[word] & ~claimed[word] & enable[context][word];
      while (candidates != 0) {
        int source = word * 32 + Integer.numberOfTrailingZeros(candidates);
        if (source < sources && priority[source] > bestPriority) {
          best = source;
          bestPriority = priority[source];
        }
        candidates &= candidates - 1;
      }
    }
    return best;
  }

  private void update() {
    for (int context = 0; context < CONTEXTS; context++) {
      outputs[context].set(best(context) != 0);
    }
  }

  @Override
  public long load(long offset, int size) {
    int at = (int) offset;
    if (at < priority.length << 2) {
      return priority[at >> 2];
    }
    if (within(at, PENDING, pending.length * 4)) {
      return pending[(at - PENDING) >> 2];
    }
    if (within(at, ENABLE, CONTEXTS * ENABLE_STRIDE)) {
      int word = (at & (ENABLE_STRIDE - 1)) >> 2;
      return word < pending.length ? enable[(at - ENABLE) / ENABLE_STRIDE][word] : 0;
    }
    if (within(at, CONTEXT, CONTEXTS * CONTEXT_STRIDE)) {
      int context = (at - CONTEXT) / CONTEXT_STRIDE;
      return switch (at & (CONTEXT_STRIDE - 1)) {
        case 0 -> threshold[context];
        case 4 -> claim(context);
        default -> 0;
      };
    }
    return 0;
  }

  private int claim(int context) {
    int source = best(context);
    if (source != 0) {
      set(pending, source, false);
      set(claimed, source, true);
    }
    update();
    return source;
  }

  @Override
  public void store(long offset, int size, long value) {
    int at = (int) offset;
    if (at < priority.length << 2) {
      if (at >> 2 >= priorities.firstWritten()) {
        priority[at >> 2] = (int) value & PRIORITY_MASK;
        update();
      }
    } else if (within(at, ENABLE, CONTEXTS * ENABLE_STRIDE)) {
      int word = (at & (ENABLE_STRIDE - 1)) >> 2;
      if (word < pending.length) {
        enable[(at - ENABLE) / ENABLE_STRIDE][word] = (int) value;
      }
    } else if (within(at, CONTEXT, CONTEXTS * CONTEXT_STRIDE)) {
      int context = (at - CONTEXT) / CONTEXT_STRIDE;
      switch (at & (CONTEXT_STRIDE - 1)) {
        case 0 -> {
          threshold[context] = (int) value & PRIORITY_MASK;
          update();
        }
        case 4 -> {
          if (value < sources) {
            set(claimed, (int) value, false);
            update();
          }
        }
        default -> {}
      }
    }
  }

  @Override
  public void visitState(StateVisitor visitor) {
    visitor.numbers("priority", priority);
    visitor.numbers("pending", pending);
    visitor.numbers("claimed", claimed);
    visitor.numbers("threshold", threshold);
    for (int context = 0; context < CONTEXTS; context++) {
      visitor.numbers("enable" + context, enable[context]);
    }
  }

  private static boolean within(int at, int base, int length) {
    return at >= base && at - base < length;
  }
}
