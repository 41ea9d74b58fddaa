package rrlog.core.machine.riscv.hart;

import static rrlog.core.machine.riscv.isa.Decoded.immediate;

import rrlog.core.machine.riscv.isa.Decoded;
import rrlog.core.machine.riscv.isa.Op;

/** Zbb, Zbc and Zbs (RISC-V Bit-Manipulation 1.0). */
final class BitOperations {
  private BitOperations() {}

  static void execute(HartState s, long w) {
    int op = Decoded.op(w);
    long a = s.x[Decoded.rs1(w)];
    long b = Op.hasShiftImmediate(op) ? immediate(w) : s.x[Decoded.rs2(w)];
    s.x[Decoded.rd(w)] = compute(op, a, b);
  }

  /**
   * The result of an operation.
   *
   * @param b the second register or the shift amount
   */
  static long compute(int op, long a, long b) {
    return switch (op) {
      case Op.ANDN -> a & ~b;
      case Op.ORN -> a | ~b;
      case Op.XNOR -> ~(a ^ b);
      case Op.CLZ -> Long.numberOfLeadingZeros(a);
      case Op.CTZ -> Long.numberOfTrailingZeros(a);
      case Op.CPOP -> Long.bitCount(a);
      case Op.CLZW -> Integer.numberOfLeadingZeros((int) a);
      // QEMU counts beyond the word; the manual says 32 where the word is 0.
      case Op.CTZW -> a == 0 ? 32 : Long.numberOfTrailingZeros(a);
      case Op.CPOPW -> Integer.bitCount((int) a);
      case Op.MAX -> Math.max(a, b);
      case Op.MAXU -> Long.compareUnsigned(a, b) > 0 ? a : b;
      case Op.MIN -> Math.min(a, b);
      case Op.MINU -> Long.compareUnsigned(a, b) < 0 ? a : b;
      case Op.SEXT_B -> (byte) a;
      case Op.SEXT_H -> (short) a;
      case Op.ZEXT_H -> a & 0xffff;
      case Op.ROL -> Long.rotateLeft(a, (int) b);
      case Op.ROR, Op.RORI -> Long.rotateRight(a, (int) b);
      case Op.ROLW -> Integer.rotateLeft((int) a, (int) b);
      case Op.RORW, Op.RORIW -> Integer.rotateRight((int) a, (int) b);
      case Op.ORC_B -> orBytes(a);
      case Op.REV8 -> Long.reverseBytes(a);
      case Op.CLMUL -> carrylessMultiply(a, b);
      case Op.CLMULH -> carrylessReversed(a, b) >>> 1;
      case Op.CLMULR -> carrylessReversed(a, b);
      case Op.BCLR, Op.BCLRI -> a & ~(1L << b);
      case Op.BEXT, Op.BEXTI -> a >>> b & 1;
      case Op.BINV, Op.BINVI -> a ^ 1L << b;
      case Op.BSET, Op.BSETI -> a | 1L << b;
      default -> throw new IllegalStateException("not a bit operation: " + op);
    };
  }

  /** Every byte that is not 0 becomes 0xff. */
  private static long orBytes(long a) {
    long v = a | a >>> 1 & 0x7f7f_7f7f_7f7f_7f7fL;
    v |= v >>> 2 & 0x3f3f_3f3f_3f3f_3f3fL;
    v |= v >>> 4 & 0x0f0f_0f0f_0f0f_0f0fL;
    return (v & 0x0101_0101_0101_0101L) * 0xff;
  }

  private static long carrylessMultiply(long a, long b) {
    long result = 0;
    for (long left = b, shifted = a; left != 0; left >>>= 1, shifted <<= 1) {
      result ^= shifted & -(left & 1);
    }
    return result;
  }

  /** clmulr; bits 126..63 of the product. Reversing both operands reverses the product. */
  private static long carrylessReversed(long a, long b) {
    return Long.reverse(carrylessMultiply(Long.reverse(a), Long.reverse(b)));
  }
}
