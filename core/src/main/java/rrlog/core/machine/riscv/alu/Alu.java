package rrlog.core.machine.riscv.alu;

/**
 * RV64I, M and Zba, a function an instruction (RISC-V Unprivileged 2.4, 5.2, 7; Bit-Manipulation
 * 1.0).
 *
 * <p>Each takes the first register and the second one or the immediate, and gives what rd becomes.
 * An instruction with an immediate has the function of the one with two registers: {@code addiw}
 * that of {@code addw}. Names are the mnemonics, so that a translator finds them. Small enough that
 * every compiler inlines them; those without a branch are copied into translated code.
 */
public final class Alu {
  private static final long WORD = 0xffff_ffffL;

  private Alu() {}

  public static long add(long a, long b) {
    return a + b;
  }

  public static long sub(long a, long b) {
    return a - b;
  }

  public static long sll(long a, long b) {
    return a << b;
  }

  public static long slt(long a, long b) {
    return a < b ? 1 : 0;
  }

  public static long sltu(long a, long b) {
    return Long.compareUnsigned(a, b) < 0 ? 1 : 0;
  }

  public static long xor(long a, long b) {
    return a ^ b;
  }

  public static long srl(long a, long b) {
    return a >>> b;
  }

  public static long sra(long a, long b) {
    return a >> b;
  }

  public static long or(long a, long b) {
    return a | b;
  }

  public static long and(long a, long b) {
    return a & b;
  }

  public static long addw(long a, long b) {
    return (int) a + (int) b;
  }

  public static long subw(long a, long b) {
    return (int) a - (int) b;
  }

  public static long sllw(long a, long b) {
    return (int) a << (int) b;
  }

  public static long srlw(long a, long b) {
    return (int) a >>> (int) b;
  }

  public static long sraw(long a, long b) {
    return (int) a >> (int) b;
  }

  public static long mul(long a, long b) {
    return a * b;
  }

  public static long mulh(long a, long b) {
    return Math.multiplyHigh(a, b);
  }

  public static long mulhsu(long a, long b) {
    return Math.multiplyHigh(a, b) + (a & b >> 63);
  }

  public static long mulhu(long a, long b) {
    return Math.unsignedMultiplyHigh(a, b);
  }

  public static long div(long a, long b) {
    return b == 0 ? -1 : a / b;
  }

  public static long divu(long a, long b) {
    return b == 0 ? -1 : Long.divideUnsigned(a, b);
  }

  public static long rem(long a, long b) {
    return b == 0 ? a : a % b;
  }

  public static long remu(long a, long b) {
    return b == 0 ? a : Long.remainderUnsigned(a, b);
  }

  public static long mulw(long a, long b) {
    return (int) a * (int) b;
  }

  public static long divw(long a, long b) {
    return (int) b == 0 ? -1 : (int) a / (int) b;
  }

  public static long divuw(long a, long b) {
    return (int) b == 0 ? -1 : Integer.divideUnsigned((int) a, (int) b);
  }

  public static long remw(long a, long b) {
    return (int) b == 0 ? (int) a : (int) a % (int) b;
  }

  public static long remuw(long a, long b) {
    return (int) b == 0 ? (int) a : Integer.remainderUnsigned((int) a, (int) b);
  }

  public static long sh1add(long a, long b) {
    return (a << 1) + b;
  }

  public static long sh2add(long a, long b) {
    return (a << 2) + b;
  }

  public static long sh3add(long a, long b) {
    return (a << 3) + b;
  }

  public static long addUw(long a, long b) {
    return (a & WORD) + b;
  }

  public static long sh1addUw(long a, long b) {
    return ((a & WORD) << 1) + b;
  }

  public static long sh2addUw(long a, long b) {
    return ((a & WORD) << 2) + b;
  }

  public static long sh3addUw(long a, long b) {
    return ((a & WORD) << 3) + b;
  }

  public static long sllUw(long a, long b) {
    return (a & WORD) << b;
  }
}
