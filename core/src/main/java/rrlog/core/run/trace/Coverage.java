package rrlog.core.run.trace;

import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import rrlog.core.machine.platform.bus.Ram;
import rrlog.core.machine.riscv.hart.Hart;
import rrlog.core.machine.riscv.hart.Probe;
import rrlog.core.machine.riscv.isa.InstructionSet;

/**
 * Counts how often each instruction was executed, by virtual address. Memory grows with the pages
 * of code that are executed.
 */
public final class Coverage implements Tracer {
  private static final int SLOTS = Ram.PAGE_SIZE / 2;

  private static final class Page {
    final long[] counts = new long[SLOTS];
    final BitSet compressed = new BitSet(SLOTS);
  }

  private final Hart hart;
  private final Map<Long, Page> pages = new TreeMap<>(Long::compareUnsigned);
  private long lastBase = 1;
  private @Nullable Page lastPage;

  /** Nothing was executed yet. */
  public Coverage(Hart hart) {
    this.hart = hart;
  }

  /** Takes executed instructions, by ascending unsigned address. */
  @FunctionalInterface
  public interface Executed {
    /**
     * One of them.
     *
     * @param length bytes, 2 or 4
     * @param times how often
     */
    void at(long address, int length, long times);
  }

  /** Hands out all that were executed. */
  public void forEach(Executed consumer) {
    pages.forEach(
        (base, page) -> {
          for (int slot = 0; slot < SLOTS; slot++) {
            if (page.counts[slot] > 0) {
              int length = page.compressed.get(slot) ? 2 : 4;
              consumer.at(base + 2L * slot, length, page.counts[slot]);
            }
          }
        });
  }

  /** How often the instruction at an address was executed. */
  public long times(long address) {
    Page page = pages.get(address & -Ram.PAGE_SIZE);
    return page == null ? 0 : page.counts[slot(address)];
  }

  private static int slot(long address) {
    return (int) (address & Ram.PAGE_SIZE - 1) >>> 1;
  }

  @Override
  public void before() {
    if (hart.countsWaiting()) {
      return;
    }
    long pc = hart.pc();
    int slot = slot(pc);
    Page page = page(pc & -Ram.PAGE_SIZE);
    if (page.counts[slot]++ == 0) {
      long word = hart.peekInstruction(pc);
      page.compressed.set(slot, word < 0 || InstructionSet.isCompressed((int) word));
    }
  }

  private Page page(long base) {
    Page last = lastPage;
    if (last != null && lastBase == base) {
      return last;
    }
    Page page = pages.computeIfAbsent(base, address -> new Page());
    lastBase = base;
    lastPage = page;
    return page;
  }

  @Override
  public void after() {
    // It was executed, whatever came of it.
  }

  @Override
  public Probe traps() {
    return Probe.NONE;
  }
}
