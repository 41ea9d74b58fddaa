package rrlog.core.machine.riscv.hart;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

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

    Index(Marks marks) {
      code = marks.code().stream().mapToLong(Long::longValue).sorted().distinct().toArray();
      loads = marks.loads().toArray(new Range[0]);
      stores = marks.stores().toArray(new Range[0]);
      marks.csrs().forEach(csrs::set);
    }

    boolean isCode(long pc) {
      return Arrays.binarySearch(code, pc) >= 0;
    }

    boolean isCodePage(long pc) {
      int at = Arrays.binarySearch(code, pc & -PAGE);
      int next = at >= 0 ? at : -at - 1;
      return next < code.length && (code[next] & -PAGE) == (pc & -PAGE);
    }

    boolean watches(boolean store, long address, long length) {
      for (Range range : store ? stores : loads) {
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
