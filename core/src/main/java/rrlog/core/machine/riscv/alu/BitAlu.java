package rrlog.core.machine.riscv.alu;

import rrlog.core.machine.riscv.isa.Op;

/**
 * Zbb, Zbc and Zbs (RISC-V Bit-Manipulation 1.0), Zicond, Zbkb and Zbkx, in the manner of {@link
 * Alu}; what has one operand takes one.
 */
public final class BitAlu {
  private BitAlu() {}

  /**
   * The result of an operation.
   *
   * @param op one of the numbers up to {@link Op#BIT_END}
   * @param b the second register or the shift amount
   */
  public static long compute(int op, long a, long b) {
    return switch (op) {
      case Op.ANDN -> andn(a, b);
      case Op.ORN -> orn(a, b);
      case Op.XNOR -> xnor(a, b);
      case Op.CLZ -> clz(a);
      case Op.CTZ -> ctz(a);
      case Op.CPOP -> cpop(a);
      case Op.CLZW -> clzw(a);
      case Op.CTZW -> ctzw(a);
      case Op.CTZW_BEYOND -> ctzwBeyond(a);
      case Op.CPOPW -> cpopw(a);
      case Op.MAX -> max(a, b);
      case Op.MAXU -> maxu(a, b);
      case Op.MIN -> min(a, b);
      case Op.MINU -> minu(a, b);
      case Op.SEXT_B -> sextB(a);
      case Op.SEXT_H -> sextH(a);
      case Op.ZEXT_H -> zextH(a);
      case Op.ROL -> rol(a, b);
      case Op.ROR, Op.RORI -> ror(a, b);
      case Op.ROLW -> rolw(a, b);
      case Op.RORW, Op.RORIW -> rorw(a, b);
      case Op.ORC_B -> orcB(a);
      case Op.REV8 -> rev8(a);
      case Op.CLMUL -> clmul(a, b);
      case Op.CLMULH -> clmulh(a, b);
      case Op.CLMULR -> clmulr(a, b);
      case Op.BCLR, Op.BCLRI -> bclr(a, b);
      case Op.BEXT, Op.BEXTI -> bext(a, b);
      case Op.BINV, Op.BINVI -> binv(a, b);
      case Op.BSET, Op.BSETI -> bset(a, b);
      case Op.CZERO_EQZ -> czeroEqz(a, b);
      case Op.CZERO_NEZ -> czeroNez(a, b);
      case Op.PACK -> pack(a, b);
      case Op.PACKH -> packh(a, b);
      case Op.PACKW -> packw(a, b);
      case Op.BREV8 -> brev8(a);
      case Op.XPERM4 -> xperm4(a, b);
      case Op.XPERM8 -> xperm8(a, b);
      default -> throw new IllegalStateException("not a bit operation: " + op);
    };
  }

  public static long andn(long a, long b) {
    return a & ~b;
  }

  public static long orn(long a, long b) {
    return a | ~b;
  }

  public static long xnor(long a, long b) {
    return ~(a ^ b);
  }

  public static long clz(long a) {
    return Long.numberOfLeadingZeros(a);
  }

  public static long ctz(long a) {
    return Long.numberOfTrailingZeros(a);
  }

  public static long cpop(long a) {
    return Long.bitCount(a);
  }

  public static long clzw(long a) {
    return Integer.numberOfLeadingZeros((int) a);
  }

  public static long ctzw(long a) {
    return Integer.numberOfTrailingZeros((int) a);
  }

  /** QEMU before 10.0 counts beyond the word; the manual says 32 where the word is 0. */
  public static long ctzwBeyond(long a) {
    return a == 0 ? 32 : Long.numberOfTrailingZeros(a);
  }

  public static long cpopw(long a) {
    return Integer.bitCount((int) a);
  }

  public static long max(long a, long b) {
    return Math.max(a, b);
  }

  public static long maxu(long a, long b) {
    return Long.compareUnsigned(a, b) > 0 ? a : b;
  }

  public static long min(long a, long b) {
    return Math.min(a, b);
  }

  public static long minu(long a, long b) {
    return Long.compareUnsigned(a, b) < 0 ? a : b;
  }

  public static long sextB(long a) {
    return (byte) a;
  }

  public static long sextH(long a) {
    return (short) a;
  }

  public static long zextH(long a) {
    return a & 0xffff;
  }

  public static long rol(long a, long b) {
    return Long.rotateLeft(a, (int) b);
  }

  public static long ror(long a, long b) {
    return Long.rotateRight(a, (int) b);
  }

  public static long rolw(long a, long b) {
    return Integer.rotateLeft((int) a, (int) b);
  }

  public static long rorw(long a, long b) {
    return Integer.rotateRight((int) a, (int) b);
  }

  /** Every byte that is not 0 becomes 0xff. */
  public static long orcB(long a) {
    long v = a | a >>> 1 & 0x7f7f_7f7f_7f7f_7f7fL;
    v |= v >>> 2 & 0x3f3f_3f3f_3f3f_3f3fL;
    v |= v >>> 4 & 0x0f0f_0f0f_0f0f_0f0fL;
    return (v & 0x0101_0101_0101_0101L) * 0xff;
  }

  public static long rev8(long a) {
    return Long.reverseBytes(a);
  }

  public static long clmul(long a, long b) {
    long result = 0;
    for (long left = b, shifted = a; left != 0; left >>>= 1, shifted <<= 1) {
      result ^= shifted & -(left & 1);
    }
    return result;
  }

  public static long clmulh(long a, long b) {
    return clmulr(a, b) >>> 1;
  }

  /** Bits 126..63 of the product: reversing both operands reverses it. */
  public static long clmulr(long a, long b) {
    return Long.reverse(clmul(Long.reverse(a), Long.reverse(b)));
  }

  public static long bclr(long a, long b) {
    return a & ~(1L << b);
  }

  public static long bext(long a, long b) {
    return a >>> b & 1;
  }

  public static long binv(long a, long b) {
    return a ^ 1L << b;
  }

  public static long bset(long a, long b) {
    return a | 1L << b;
  }

  public static long czeroEqz(long a, long b) {
    return b == 0 ? 0 : a;
  }

  public static long czeroNez(long a, long b) {
    return b == 0 ? a : 0;
  }

  public static long pack(long a, long b) {
    return a & 0xffff_ffffL | b << 32;
  }

  public static long packh(long a, long b) {
    return a & 0xff | (b & 0xff) << 8;
  }

  public static long packw(long a, long b) {
    return (int) (a & 0xffff | b << 16);
  }

  /** The bits of each byte the other way round. */
  public static long brev8(long a) {
    return Long.reverseBytes(Long.reverse(a));
  }

  public static long xperm4(long a, long b) {
    return permuted(a, b, 4);
  }

  public static long xperm8(long a, long b) {
    return permuted(a, b, 8);
  }

  /** Elements of {@code a} at the places that the elements of {@code b} name; 0 beyond its end. */
  private static long permuted(long a, long b, int bits) {
    long mask = (1L << bits) - 1;
    long result = 0;
    for (int at = 0; at < Long.SIZE; at += bits) {
      long from = (b >>> at & mask) * bits;
      result |= from < Long.SIZE ? (a >>> from & mask) << at : 0;
    }
    return result;
  }
}
