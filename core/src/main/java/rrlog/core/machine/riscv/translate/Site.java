package rrlog.core.machine.riscv.translate;

import rrlog.core.machine.riscv.isa.Decoded;

/**
 * Where in a region an instruction stands and what is to be known of it outside, packed.
 *
 * <pre>
 * bits  0..11  slot in the page
 * bits 12..23  instructions of its straight piece before it, not yet counted
 * bits 24..32  number from Op
 * bits 33..38  rd as in Decoded; 32 where it writes no integer register
 * bits 39..40  length in halfwords
 * </pre>
 */
public final class Site {
  private Site() {}

  static long of(int slot, int before, long instruction, boolean writesInteger) {
    long rd = writesInteger ? Decoded.rd(instruction) : Decoded.SINK;
    return slot
        | (long) before << 12
        | (long) Decoded.op(instruction) << 24
        | rd << 33
        | (long) Decoded.halfwords(instruction) << 39;
  }

  /** The slot. */
  public static int slot(long site) {
    return (int) site & 0xfff;
  }

  /** How many instructions are to be added to the count to have all before this one. */
  public static int before(long site) {
    return (int) site >>> 12 & 0xfff;
  }

  /** The number from {@code Op}. */
  public static int op(long site) {
    return (int) (site >>> 24) & 0x1ff;
  }

  /** The integer register that is written, {@link Decoded#SINK} for none. */
  public static int rd(long site) {
    return (int) (site >>> 33) & 0x3f;
  }

  /** The slot behind it. */
  public static int next(long site) {
    return slot(site) + ((int) (site >>> 39) & 3);
  }
}
