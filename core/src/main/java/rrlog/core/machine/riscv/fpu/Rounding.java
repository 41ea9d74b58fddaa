package rrlog.core.machine.riscv.fpu;

import static rrlog.core.machine.riscv.fpu.FpFlags.NX;
import static rrlog.core.machine.riscv.fpu.FpFlags.OF;
import static rrlog.core.machine.riscv.fpu.FpFlags.UF;

/**
 * The five rounding modes, by their encoding in {@code frm} and in the rm field of an instruction,
 * and the one place where an exact value becomes a number of a format.
 */
public final class Rounding {
  /** To nearest, ties to even. */
  public static final int RNE = 0;

  /** Towards zero. */
  public static final int RTZ = 1;

  /** Down, towards minus infinity. */
  public static final int RDN = 2;

  /** Up, towards plus infinity. */
  public static final int RUP = 3;

  /** To nearest, ties away from zero. */
  public static final int RMM = 4;

  private Rounding() {}

  /**
   * Whether the encoding names a rounding mode; 5 and 6 are reserved and 7 (dynamic) must have been
   * replaced by {@code frm}. Operations may throw {@link IllegalArgumentException} on other modes.
   */
  public static boolean isMode(int mode) {
    return mode >= RNE && mode <= RMM;
  }

  /**
   * What to add to a magnitude so that dropping its low bits afterwards rounds it.
   *
   * @param odd lowest bit that is kept
   * @param half weight of the highest bit that is dropped
   */
  static long increment(int mode, boolean negative, long odd, long half) {
    return switch (mode) {
      case RNE -> half - 1 + odd;
      case RTZ -> 0;
      case RDN -> negative ? 2 * half - 1 : 0;
      case RUP -> negative ? 0 : 2 * half - 1;
      case RMM -> half;
      default -> throw new IllegalArgumentException("rounding mode " + mode);
    };
  }

  /** Shifts right by any distance of 0 or more; bit 0 of the result tells if ones were lost. */
  static long shiftRightSticky(long value, int distance) {
    if (distance == 0) {
      return value;
    }
    if (distance >= Long.SIZE) {
      return value != 0 ? 1 : 0;
    }
    return (value >>> distance) | ((value << -distance) != 0 ? 1 : 0);
  }

  /** Rounds to binary64; see {@link #round}. */
  static long toBinary64(boolean negative, int exponent, long significand, int mode, FpFlags f) {
    long magnitude = round(negative, exponent, significand, mode, f, 11, 0x7fe);
    return negative ? magnitude | Long.MIN_VALUE : magnitude;
  }

  /** Rounds to binary32; see {@link #round}. */
  static int toBinary32(boolean negative, int exponent, long significand, int mode, FpFlags f) {
    int magnitude = (int) round(negative, exponent, significand, mode, f, 40, 0xfe);
    return negative ? magnitude | Integer.MIN_VALUE : magnitude;
  }

  /**
   * Rounds {@code significand * 2^(exponent - bias - 63)} to a format.
   *
   * @param exponent in the bias of the format, of any size
   * @param significand with bit 63 set; bit 0 also stands for every lower bit of the exact value
   * @param dropped bits of the significand that a normal number of the format has no room for
   * @param maxExponent biased exponent of the largest finite number
   * @return the encoding without its sign
   */
  private static long round(
      boolean negative,
      int exponent,
      long significand,
      int mode,
      FpFlags flags,
      int dropped,
      int maxExponent) {
    if (exponent <= 0) {
      return roundTiny(negative, exponent, significand, mode, flags, dropped);
    }
    long half = 1L << (dropped - 1);
    long rest = significand & (2 * half - 1);
    long kept = significand >>> dropped;
    long encoded = 0;
    if (exponent <= maxExponent) {
      encoded = ((long) (exponent - 1) << (63 - dropped)) + kept;
      if (rest == 0) {
        return encoded;
      }
    }
    long increment = increment(mode, negative, kept & 1, half);
    // A carry out of the fraction runs into the exponent, where it belongs.
    encoded += (rest + increment) >>> dropped;
    long infinity = (long) (maxExponent + 1) << (63 - dropped);
    if (exponent > maxExponent || encoded == infinity) {
      flags.raise(OF | NX);
      // The modes that never round this sign away from zero stop at the largest finite number.
      return increment == 0 ? infinity - 1 : infinity;
    }
    flags.raise(NX);
    return encoded;
  }

  private static long roundTiny(
      boolean negative, int exponent, long significand, int mode, FpFlags flags, int dropped) {
    long half = 1L << (dropped - 1);
    long mask = 2 * half - 1;
    long subnormal = shiftRightSticky(significand, 1 - exponent);
    long rest = subnormal & mask;
    long kept = subnormal >>> dropped;
    if (rest == 0) {
      return kept;
    }
    // Tininess is judged as if the exponent had no lower bound (RISC-V: "after rounding"): only a
    // value that full precision would round up to the smallest normal number is not tiny.
    long increment = increment(mode, negative, (significand >>> dropped) & 1, half);
    boolean reachesNormal =
        exponent == 0
            && (significand >>> dropped) + (((significand & mask) + increment) >>> dropped)
                == 1L << (64 - dropped);
    flags.raise(reachesNormal ? NX : NX | UF);
    return kept + ((rest + increment(mode, negative, kept & 1, half)) >>> dropped);
  }
}
