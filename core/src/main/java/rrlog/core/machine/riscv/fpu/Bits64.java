package rrlog.core.machine.riscv.fpu;

import static rrlog.core.machine.riscv.fpu.Binary64.CANONICAL_NAN;
import static rrlog.core.machine.riscv.fpu.Binary64.HIDDEN;
import static rrlog.core.machine.riscv.fpu.Binary64.INFINITY;
import static rrlog.core.machine.riscv.fpu.Binary64.MAGNITUDE;
import static rrlog.core.machine.riscv.fpu.Binary64.SIGN;
import static rrlog.core.machine.riscv.fpu.FpFlags.NV;

/** What "D" does with binary64 numbers without rounding: compare, select, classify, set signs. */
public final class Bits64 {
  private Bits64() {}

  /** Whether a = b (feq.d); invalid for signalling NaNs only. */
  public static boolean eq(long a, long b, FpFlags flags) {
    raiseIfSignaling(a, b, flags);
    return Double.longBitsToDouble(a) == Double.longBitsToDouble(b);
  }

  /** Whether a is less than b (flt.d); invalid for every NaN. */
  public static boolean lt(long a, long b, FpFlags flags) {
    if (Binary64.isNan(a) || Binary64.isNan(b)) {
      flags.raise(NV);
    }
    return Double.longBitsToDouble(a) < Double.longBitsToDouble(b);
  }

  /** Whether a is less than or equal to b (fle.d); invalid for every NaN. */
  public static boolean le(long a, long b, FpFlags flags) {
    if (Binary64.isNan(a) || Binary64.isNan(b)) {
      flags.raise(NV);
    }
    return Double.longBitsToDouble(a) <= Double.longBitsToDouble(b);
  }

  /** Whether a is less than b (fltq.d); invalid for signalling NaNs only. */
  public static boolean ltQuiet(long a, long b, FpFlags flags) {
    raiseIfSignaling(a, b, flags);
    return Double.longBitsToDouble(a) < Double.longBitsToDouble(b);
  }

  /** Whether a is less than or equal to b (fleq.d); invalid for signalling NaNs only. */
  public static boolean leQuiet(long a, long b, FpFlags flags) {
    raiseIfSignaling(a, b, flags);
    return Double.longBitsToDouble(a) <= Double.longBitsToDouble(b);
  }

  /** The smaller number (fmin.d; IEEE 754-2019 minimumNumber): -0 below +0, a NaN only from two. */
  public static long min(long a, long b, FpFlags flags) {
    if (Binary64.isNan(a) || Binary64.isNan(b)) {
      return selectNumber(a, b, flags);
    }
    return ordered(a) < ordered(b) ? a : b;
  }

  /** The larger number (fmax.d; IEEE 754-2019 maximumNumber): -0 below +0, a NaN only from two. */
  public static long max(long a, long b, FpFlags flags) {
    if (Binary64.isNan(a) || Binary64.isNan(b)) {
      return selectNumber(a, b, flags);
    }
    return ordered(a) < ordered(b) ? b : a;
  }

  /** The smaller number (fminm.d; IEEE 754-2019 minimum): as {@link #min}, but a NaN from one. */
  public static long minimum(long a, long b, FpFlags flags) {
    return Binary64.isNan(a) || Binary64.isNan(b) ? canonicalNan(a, b, flags) : min(a, b, flags);
  }

  /** The larger number (fmaxm.d; IEEE 754-2019 maximum): as {@link #max}, but a NaN from one. */
  public static long maximum(long a, long b, FpFlags flags) {
    return Binary64.isNan(a) || Binary64.isNan(b) ? canonicalNan(a, b, flags) : max(a, b, flags);
  }

  /**
   * The class of a number as one bit of ten (fclass.d): from bit 0, minus infinity, negative
   * normal, negative subnormal, -0, +0, positive subnormal, positive normal, plus infinity,
   * signalling NaN, quiet NaN.
   */
  public static int classify(long a) {
    long magnitude = a & MAGNITUDE;
    if (magnitude > INFINITY) {
      return Binary64.isSignalingNan(a) ? 1 << 8 : 1 << 9;
    }
    if (magnitude == INFINITY) {
      return a < 0 ? 1 : 1 << 7;
    }
    if (magnitude >= HIDDEN) {
      return a < 0 ? 1 << 1 : 1 << 6;
    }
    if (magnitude != 0) {
      return a < 0 ? 1 << 2 : 1 << 5;
    }
    return a < 0 ? 1 << 3 : 1 << 4;
  }

  /** The magnitude of a with the sign of b (fsgnj.d). */
  public static long signInject(long a, long b) {
    return (a & MAGNITUDE) | (b & SIGN);
  }

  /** The magnitude of a with the sign that b has not (fsgnjn.d). */
  public static long signInjectNegated(long a, long b) {
    return (a & MAGNITUDE) | (~b & SIGN);
  }

  /** a, its sign flipped if b is negative (fsgnjx.d). */
  public static long signInjectXor(long a, long b) {
    return a ^ (b & SIGN);
  }

  private static long canonicalNan(long a, long b, FpFlags flags) {
    raiseIfSignaling(a, b, flags);
    return CANONICAL_NAN;
  }

  private static void raiseIfSignaling(long a, long b, FpFlags flags) {
    if (Binary64.isSignalingNan(a) || Binary64.isSignalingNan(b)) {
      flags.raise(NV);
    }
  }

  private static long selectNumber(long a, long b, FpFlags flags) {
    raiseIfSignaling(a, b, flags);
    if (!Binary64.isNan(a)) {
      return a;
    }
    return Binary64.isNan(b) ? CANONICAL_NAN : b;
  }

  /** Maps numbers to integers in the same order, -0 just below +0. */
  private static long ordered(long a) {
    return a ^ (a >> 63 & MAGNITUDE);
  }
}
