package rrlog.core.machine.riscv.fpu;

import static rrlog.core.machine.riscv.fpu.Binary32.CANONICAL_NAN;
import static rrlog.core.machine.riscv.fpu.Binary32.INFINITY;
import static rrlog.core.machine.riscv.fpu.Binary32.MAGNITUDE;
import static rrlog.core.machine.riscv.fpu.Binary32.SIGN;
import static rrlog.core.machine.riscv.fpu.Binary32.SMALLEST_NORMAL;
import static rrlog.core.machine.riscv.fpu.FpFlags.NV;

/** What "F" does with binary32 numbers without rounding: compare, select, classify, set signs. */
public final class Bits32 {
  private Bits32() {}

  /** Whether a = b (feq.s); invalid for signalling NaNs only. */
  public static boolean eq(int a, int b, FpFlags flags) {
    raiseIfSignaling(a, b, flags);
    return Float.intBitsToFloat(a) == Float.intBitsToFloat(b);
  }

  /** Whether a is less than b (flt.s); invalid for every NaN. */
  public static boolean lt(int a, int b, FpFlags flags) {
    if (Binary32.isNan(a) || Binary32.isNan(b)) {
      flags.raise(NV);
    }
    return Float.intBitsToFloat(a) < Float.intBitsToFloat(b);
  }

  /** Whether a is less than or equal to b (fle.s); invalid for every NaN. */
  public static boolean le(int a, int b, FpFlags flags) {
    if (Binary32.isNan(a) || Binary32.isNan(b)) {
      flags.raise(NV);
    }
    return Float.intBitsToFloat(a) <= Float.intBitsToFloat(b);
  }

  /** Whether a is less than b (fltq.s); invalid for signalling NaNs only. */
  public static boolean ltQuiet(int a, int b, FpFlags flags) {
    raiseIfSignaling(a, b, flags);
    return Float.intBitsToFloat(a) < Float.intBitsToFloat(b);
  }

  /** Whether a is less than or equal to b (fleq.s); invalid for signalling NaNs only. */
  public static boolean leQuiet(int a, int b, FpFlags flags) {
    raiseIfSignaling(a, b, flags);
    return Float.intBitsToFloat(a) <= Float.intBitsToFloat(b);
  }

  /** The smaller number (fmin.s; IEEE 754-2019 minimumNumber): -0 below +0, a NaN only from two. */
  public static int min(int a, int b, FpFlags flags) {
    if (Binary32.isNan(a) || Binary32.isNan(b)) {
      return selectNumber(a, b, flags);
    }
    return ordered(a) < ordered(b) ? a : b;
  }

  /** The larger number (fmax.s; IEEE 754-2019 maximumNumber): -0 below +0, a NaN only from two. */
  public static int max(int a, int b, FpFlags flags) {
    if (Binary32.isNan(a) || Binary32.isNan(b)) {
      return selectNumber(a, b, flags);
    }
    return ordered(a) < ordered(b) ? b : a;
  }

  /** The smaller number (fminm.s; IEEE 754-2019 minimum): as {@link #min}, but a NaN from one. */
  public static int minimum(int a, int b, FpFlags flags) {
    return Binary32.isNan(a) || Binary32.isNan(b) ? canonicalNan(a, b, flags) : min(a, b, flags);
  }

  /** The larger number (fmaxm.s; IEEE 754-2019 maximum): as {@link #max}, but a NaN from one. */
  public static int maximum(int a, int b, FpFlags flags) {
    return Binary32.isNan(a) || Binary32.isNan(b) ? canonicalNan(a, b, flags) : max(a, b, flags);
  }

  /**
   * The class of a number as one bit of ten (fclass.s): from bit 0, minus infinity, negative
   * normal, negative subnormal, -0, +0, positive subnormal, positive normal, plus infinity,
   * signalling NaN, quiet NaN.
   */
  public static int classify(int a) {
    int magnitude = a & MAGNITUDE;
    if (magnitude > INFINITY) {
      return Binary32.isSignalingNan(a) ? 1 << 8 : 1 << 9;
    }
    if (magnitude == INFINITY) {
      return a < 0 ? 1 : 1 << 7;
    }
    if (magnitude >= SMALLEST_NORMAL) {
      return a < 0 ? 1 << 1 : 1 << 6;
    }
    if (magnitude != 0) {
      return a < 0 ? 1 << 2 : 1 << 5;
    }
    return a < 0 ? 1 << 3 : 1 << 4;
  }

  /** The magnitude of a with the sign of b (fsgnj.s). */
  public static int signInject(int a, int b) {
    return (a & MAGNITUDE) | (b & SIGN);
  }

  /** The magnitude of a with the sign that b has not (fsgnjn.s). */
  public static int signInjectNegated(int a, int b) {
    return (a & MAGNITUDE) | (~b & SIGN);
  }

  /** a, its sign flipped if b is negative (fsgnjx.s). */
  public static int signInjectXor(int a, int b) {
    return a ^ (b & SIGN);
  }

  private static int canonicalNan(int a, int b, FpFlags flags) {
    raiseIfSignaling(a, b, flags);
    return CANONICAL_NAN;
  }

  private static void raiseIfSignaling(int a, int b, FpFlags flags) {
    if (Binary32.isSignalingNan(a) || Binary32.isSignalingNan(b)) {
      flags.raise(NV);
    }
  }

  private static int selectNumber(int a, int b, FpFlags flags) {
    raiseIfSignaling(a, b, flags);
    if (!Binary32.isNan(a)) {
      return a;
    }
    return Binary32.isNan(b) ? CANONICAL_NAN : b;
  }

  /** Maps numbers to integers in the same order, -0 just below +0. */
  private static int ordered(int a) {
    return a ^ (a >> 31 & MAGNITUDE);
  }
}
