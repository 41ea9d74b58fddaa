package rrlog.core.machine.riscv.fpu;

import static rrlog.core.machine.riscv.fpu.Binary64.BIAS;
import static rrlog.core.machine.riscv.fpu.Binary64.FRACTION;
import static rrlog.core.machine.riscv.fpu.Binary64.HIDDEN;
import static rrlog.core.machine.riscv.fpu.Binary64.SIGN;
import static rrlog.core.machine.riscv.fpu.FpFlags.NV;
import static rrlog.core.machine.riscv.fpu.FpFlags.NX;

/**
 * Rounds numbers to integral numbers of their own format ("Zfa" extension, fround and froundnx). A
 * zero keeps the sign of what it was rounded from. Modes are those of {@link Rounding}.
 */
public final class Integral {
  /** So many bits below the point make the number less than a half, whatever its bits are. */
  private static final int BELOW_HALF = 54;

  private Integral() {}

  /** fround.s: never inexact. */
  public static int round(int a, int mode, FpFlags flags) {
    if (Binary32.isNan(a)) {
      if (Binary32.isSignalingNan(a)) {
        flags.raise(NV);
      }
      return Binary32.CANONICAL_NAN;
    }
    return narrowed(rounded(widened(a), mode));
  }

  /** froundnx.s: inexact where the result is another number. */
  public static int roundInexact(int a, int mode, FpFlags flags) {
    int result = round(a, mode, flags);
    if (result != a && !Binary32.isNan(a)) {
      flags.raise(NX);
    }
    return result;
  }

  /** fround.d: never inexact. */
  public static long round(long a, int mode, FpFlags flags) {
    if (Binary64.isNan(a)) {
      if (Binary64.isSignalingNan(a)) {
        flags.raise(NV);
      }
      return Binary64.CANONICAL_NAN;
    }
    return rounded(a, mode);
  }

  /** froundnx.d: inexact where the result is another number. */
  public static long roundInexact(long a, int mode, FpFlags flags) {
    long result = round(a, mode, flags);
    if (result != a && !Binary64.isNan(a)) {
      flags.raise(NX);
    }
    return result;
  }

  /** Of all but NaNs. */
  private static long rounded(long a, int mode) {
    int exponent = Binary64.exponent(a);
    int dropped = Math.min(BIAS + 52 - exponent, BELOW_HALF);
    if (dropped <= 0) {
      return a;
    }
    long significand = exponent != 0 ? a & FRACTION | HIDDEN : a & FRACTION;
    long half = 1L << (dropped - 1);
    long odd = significand >>> dropped & 1;
    long increment = Rounding.increment(mode, a < 0, odd, half);
    // At most 2^53, so exact.
    long magnitude = significand == 0 ? 0 : (significand + increment) >>> dropped;
    return Double.doubleToRawLongBits((double) magnitude) | a & SIGN;
  }

  private static long widened(int a) {
    return Double.doubleToRawLongBits(Float.intBitsToFloat(a));
  }

  /** Exact: an integral number up to 2^24, or one that was a single. */
  private static int narrowed(long a) {
    return Float.floatToRawIntBits((float) Double.longBitsToDouble(a));
  }
}
