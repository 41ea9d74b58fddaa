package rrlog.core.machine.riscv.isa;

/**
 * A decoded instruction packed into a {@code long}, so that a page of them is one array.
 *
 * <pre>
 * bits  0..8   number from {@link Op}
 * bits  9..14  rd; 32 instead of 0 where the instruction writes an integer register, so that x0 is never written
 * bits 15..20  rs1
 * bits 21..26  rs2
 * bits 27..28  length in halfwords, 1 or 2
 * bits 32..63  immediate, signed: offset, shift amount, CSR number, fence sets, or
 *              acquire/release (bits 1..0), or rounding mode (bits 2..0) and rs3 (bits 7..3)
 * </pre>
 */
public final class Decoded {
  /** Where integer results for x0 go. */
  public static final int SINK = 32;

  private static final int OP_MASK = 0x1ff;
  private static final int RD_SHIFT = 9;
  private static final int RS1_SHIFT = 15;
  private static final int RS2_SHIFT = 21;
  private static final int REGISTER_MASK = 0x3f;
  private static final int LENGTH_SHIFT = 27;
  private static final int IMMEDIATE_SHIFT = 32;

  private Decoded() {}

  /** Packs. */
  public static long of(int op, int rd, int rs1, int rs2, int halfwords, int immediate) {
    return op
        | (long) rd << RD_SHIFT
        | (long) rs1 << RS1_SHIFT
        | (long) rs2 << RS2_SHIFT
        | (long) halfwords << LENGTH_SHIFT
        | (long) immediate << IMMEDIATE_SHIFT;
  }

  /** The number from {@link Op}. */
  public static int op(long decoded) {
    return (int) decoded & OP_MASK;
  }

  /** The destination register, {@link #SINK} for x0. */
  public static int rd(long decoded) {
    return (int) decoded >>> RD_SHIFT & REGISTER_MASK;
  }

  /** The first source register. */
  public static int rs1(long decoded) {
    return (int) decoded >>> RS1_SHIFT & REGISTER_MASK;
  }

  /** The second source register. */
  public static int rs2(long decoded) {
    return (int) decoded >>> RS2_SHIFT & REGISTER_MASK;
  }

  /** The third source register of a fused multiply-add. */
  public static int rs3(long decoded) {
    return immediate(decoded) >>> 3;
  }

  /** The rounding mode field of a floating-point instruction, 0 to 7. */
  public static int roundingMode(long decoded) {
    return immediate(decoded) & 7;
  }

  /** The length: 1 for a compressed instruction, else 2. */
  public static int halfwords(long decoded) {
    return (int) decoded >>> LENGTH_SHIFT & 3;
  }

  /** The immediate. */
  public static int immediate(long decoded) {
    return (int) (decoded >>> IMMEDIATE_SHIFT);
  }
}
