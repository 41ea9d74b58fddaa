package rrlog.core.machine.riscv.hart;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import rrlog.core.machine.riscv.mmu.AccessWatcher;

/**
 * What a {@link Probe} wants to be told. Pages without marks run at full speed.
 *
 * @param code virtual addresses of instructions
 * @param loads parts of memory, by virtual address
 * @param stores parts of memory, by virtual address
 * @param csrs numbers of CSRs
 */
public record Marks(List<Long> code, List<Range> loads, List<Range> stores, List<Integer> csrs) {
  /** Nothing. */
  public static final Marks NONE = new Marks(List.of(), List.of(), List.of(), List.of());

  private static final int PAGE = 4096;

  /**
   * Bytes next to each other.
   *
   * @param address of the first
   * @param length how many, 1 or more
   */
  public record Range(long address, long length) {
    /** Whether it has a byte in common with another. */
    public boolean meets(long other, long otherLength) {
      // Differences, so that a range may end at the top of the address space.
      return Long.compareUnsigned(other - address, length) < 0
          || Long.compareUnsigned(address - other, otherLength) < 0;
    }
  }

  /** Copies the lists. */
  public Marks {
    code = List.copyOf(code);
    loads = List.copyOf(loads);
    stores = List.copyOf(stores);
    csrs = List.copyOf(csrs);
  }

  /** The same in a form that is quick to ask. */
  static final class Index {
    static final Index NONE = new Index(Marks.NONE);

    private final long[] code;
    private final Range[] loads;
    private final Range[] stores;
    private final BitSet csrs = new BitSet();
    private long passPc;
    private long passIcount = -1;

    Index(Marks marks) {
      code = marks.code().stream().mapToLong(Long::longValue).sorted().distinct().toArray();
      loads = marks.loads().toArray(new Range[0]);
      stores = marks.stores().toArray(new Range[0]);
      marks.csrs().forEach(csrs::set);
    }

    /** Marks what is to be marked in the page that holds {@code pc}. */
    void markCode(CodePage page, long pc) {
      for (long marked : code) {
        if ((marked & -PAGE) == (pc & -PAGE)) {
          page.mark((int) (marked & PAGE - 1) >>> 1);
        }
      }
    }

    /** The instruction at that pc, at that count, is executed without asking. */
    void pass(long pc, long icount) {
      passPc = pc;
      passIcount = icount;
    }

    /**
     * Asks the probe about the instruction at the pc; an alias of a marked one is none.
     *
     * @return whether to stop before it
     */
    boolean stops(HartState s) {
      boolean passes = s.icount == passIcount && s.pc == passPc;
      boolean stops = !passes && Arrays.binarySearch(code, s.pc) >= 0 && s.probe.executing(s.pc);
      s.stopRequested |= stops;
      return stops;
    }

    boolean marksCode() {
      return code.length > 0;
    }

    boolean watchesData() {
      return loads.length + stores.length > 0;
    }

    /** Tells the probe of accesses that meet a range. */
    AccessWatcher watcher(Probe probe) {
      return new AccessWatcher() {
        @Override
        public boolean watchesPage(long address) {
          long page = address & -PAGE;
          return meets(loads, page, PAGE) || meets(stores, page, PAGE);
        }

        @Override
        public void accessing(boolean store, long address, int size, long value) {
          if (meets(store ? stores : loads, address, size)) {
            probe.accessing(store, address, size, value);
          }
        }
      };
    }

    private static boolean meets(Range[] ranges, long address, long length) {
      for (Range range : ranges) {
        if (range.meets(address, length)) {
          return true;
        }
      }
      return false;
    }

    boolean isCsr(int number) {
      return csrs.get(number);
    }
  }
}
