package rrlog.core.machine.riscv.fpu;

/**
 * The accrued exception flags of one hart, in the layout of {@code fflags} (RISC-V Unprivileged,
 * "F" extension, floating-point control and status register). Operations only ever add bits.
 * Confined to one thread.
 */
public final class FpFlags {
  /** Inexact. */
  public static final int NX = 1;

  /** Underflow: the result was tiny after rounding, and inexact. */
  public static final int UF = 2;

  /** Overflow. */
  public static final int OF = 4;

  /** Division by zero. */
  public static final int DZ = 8;

  /** Invalid operation. */
  public static final int NV = 16;

  /** The flags themselves, 0 to 31; the hart reads and writes {@code fflags} through this field. */
  public int bits;

  void raise(int flags) {
    bits |= flags;
  }

  boolean isInexact() {
    return (bits & NX) != 0;
  }
}
