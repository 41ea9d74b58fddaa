package rrlog.core.machine.riscv.fpu;

import static rrlog.core.machine.riscv.fpu.Binary64.BIAS;
import static rrlog.core.machine.riscv.fpu.Binary64.FRACTION;
import static rrlog.core.machine.riscv.fpu.Binary64.HIDDEN;
import static rrlog.core.machine.riscv.fpu.FpFlags.NV;
import static rrlog.core.machine.riscv.fpu.FpFlags.NX;
import static rrlog.core.machine.riscv.fpu.Rounding.RTZ;

/**
 * Conversions between the two formats, and between them and integers (the fcvt instructions).
 *
 * <p>Towards integers: what does not fit after rounding, and every NaN, is invalid (and then never
 * inexact) and gives the nearest integer that fits; a NaN counts as plus infinity. Unsigned
 * integers are bit patterns; a hart sign-extends the 32-bit ones, too. Modes are those of {@link
 * Rounding}.
 */
public final class Conversions {
  private static final long UINT32_MAX = 0xffffffffL;
  private static final long UINT64_MAX = -1;

  /** Up to here every integer is a double. */
  private static final long EXACT_MAX = 1L << 53;

  private Conversions() {}

  /** fcvt.d.s. */
  public static long singleToDouble(int a, FpFlags flags) {
    if (Binary32.isNan(a)) {
      if (Binary32.isSignalingNan(a)) {
        flags.raise(NV);
      }
      return Binary64.CANONICAL_NAN;
    }
    return widened(a);
  }

  /** fcvt.s.d. */
  public static int doubleToSingle(long a, int mode, FpFlags flags) {
    if (Binary64.isNan(a)) {
      if (Binary64.isSignalingNan(a)) {
        flags.raise(NV);
      }
      return Binary32.CANONICAL_NAN;
    }
    if ((a & Binary64.MAGNITUDE) == Binary64.INFINITY) {
      return a < 0 ? Binary32.SIGN | Binary32.INFINITY : Binary32.INFINITY;
    }
    return Binary32.narrow(Double.longBitsToDouble(a), mode, flags);
  }

  /** fcvt.w.d. */
  public static int doubleToInt32(long a, int mode, FpFlags flags) {
    if (mode == RTZ) {
      double value = Double.longBitsToDouble(a);
      int result = (int) value;
      // The extremes may be saturated, and a NaN gives 0.
      if (result != Integer.MIN_VALUE && result != Integer.MAX_VALUE && !Double.isNaN(value)) {
        if (result != value) {
          flags.raise(NX);
        }
        return result;
      }
    }
    return (int) toInteger(a, mode, Integer.MAX_VALUE, 1L << 31, flags);
  }

  /**
   * fcvtmod.w.d: truncates, and takes the lowest 32 bits of what does not fit, which is invalid.
   * Infinities and NaNs give 0.
   */
  public static int doubleToInt32Modular(long a, FpFlags flags) {
    int exponent = Binary64.exponent(a);
    if (exponent == Binary64.SPECIAL) {
      flags.raise(NV);
      return 0;
    }
    if (exponent > BIAS + 62) {
      flags.raise(NV);
      int shift = exponent - BIAS - 52;
      int magnitude = shift < Integer.SIZE ? (int) (a & FRACTION | HIDDEN) << shift : 0;
      return a < 0 ? -magnitude : magnitude;
    }
    double value = Double.longBitsToDouble(a);
    long truncated = (long) value;
    if (truncated != (int) truncated) {
      flags.raise(NV);
    } else if (truncated != value) {
      flags.raise(NX);
    }
    return (int) truncated;
  }

  /** fcvt.wu.d. */
  public static int doubleToUint32(long a, int mode, FpFlags flags) {
    return (int) toInteger(a, mode, UINT32_MAX, 0, flags);
  }

  /** fcvt.l.d. */
  public static long doubleToInt64(long a, int mode, FpFlags flags) {
    if (mode == RTZ) {
      double value = Double.longBitsToDouble(a);
      long result = (long) value;
      if (result != Long.MIN_VALUE && result != Long.MAX_VALUE && !Double.isNaN(value)) {
        // Exact the other way: the result is the truncation of a double.
        if (result != value) {
          flags.raise(NX);
        }
        return result;
      }
    }
    return toInteger(a, mode, Long.MAX_VALUE, 1L << 63, flags);
  }

  /** fcvt.lu.d. */
  public static long doubleToUint64(long a, int mode, FpFlags flags) {
    return toInteger(a, mode, UINT64_MAX, 0, flags);
  }

  /** fcvt.w.s. */
  public static int singleToInt32(int a, int mode, FpFlags flags) {
    return doubleToInt32(widened(a), mode, flags);
  }

  /** fcvt.wu.s. */
  public static int singleToUint32(int a, int mode, FpFlags flags) {
    return doubleToUint32(widened(a), mode, flags);
  }

  /** fcvt.l.s. */
  public static long singleToInt64(int a, int mode, FpFlags flags) {
    return doubleToInt64(widened(a), mode, flags);
  }

  /** fcvt.lu.s. */
  public static long singleToUint64(int a, int mode, FpFlags flags) {
    return doubleToUint64(widened(a), mode, flags);
  }

  /** fcvt.d.w; always exact. */
  public static long int32ToDouble(int value) {
    return Double.doubleToRawLongBits((double) value);
  }

  /** fcvt.d.wu; always exact. */
  public static long uint32ToDouble(int value) {
    return Double.doubleToRawLongBits((double) (value & UINT32_MAX));
  }

  /** fcvt.d.l. */
  public static long int64ToDouble(long value, int mode, FpFlags flags) {
    if (value >= -EXACT_MAX && value <= EXACT_MAX) {
      return Double.doubleToRawLongBits((double) value);
    }
    long magnitude = Math.abs(value);
    int zeros = Long.numberOfLeadingZeros(magnitude);
    return Rounding.toBinary64(value < 0, BIAS + 63 - zeros, magnitude << zeros, mode, flags);
  }

  /** fcvt.d.lu. */
  public static long uint64ToDouble(long value, int mode, FpFlags flags) {
    return value >= 0
        ? int64ToDouble(value, mode, flags)
        : Rounding.toBinary64(false, BIAS + 63, value, mode, flags);
  }

  /** fcvt.s.w. */
  public static int int32ToSingle(int value, int mode, FpFlags flags) {
    return Binary32.narrow((double) value, mode, flags);
  }

  /** fcvt.s.wu. */
  public static int uint32ToSingle(int value, int mode, FpFlags flags) {
    return Binary32.narrow((double) (value & UINT32_MAX), mode, flags);
  }

  /** fcvt.s.l. */
  public static int int64ToSingle(long value, int mode, FpFlags flags) {
    if (value >= -EXACT_MAX && value <= EXACT_MAX) {
      return Binary32.narrow((double) value, mode, flags);
    }
    long magnitude = Math.abs(value);
    int zeros = Long.numberOfLeadingZeros(magnitude);
    int exponent = Binary32.BIAS + 63 - zeros;
    return Rounding.toBinary32(value < 0, exponent, magnitude << zeros, mode, flags);
  }

  /** fcvt.s.lu. */
  public static int uint64ToSingle(long value, int mode, FpFlags flags) {
    return value >= 0
        ? int64ToSingle(value, mode, flags)
        : Rounding.toBinary32(false, Binary32.BIAS + 63, value, mode, flags);
  }

  private static long widened(int a) {
    return Double.doubleToRawLongBits(Float.intBitsToFloat(a));
  }

  /**
   * Rounds to an integer.
   *
   * @param maxPositive largest integer that fits
   * @param maxNegative unsigned magnitude of the smallest integer that fits
   */
  private static long toInteger(
      long a, int mode, long maxPositive, long maxNegative, FpFlags flags) {
    if (Binary64.isNan(a)) {
      flags.raise(NV);
      return maxPositive;
    }
    boolean negative = a < 0;
    long limit = negative ? maxNegative : maxPositive;
    int exponent = Binary64.exponent(a);
    if (exponent > BIAS + 63) {
      flags.raise(NV);
      return negative ? -limit : limit;
    }
    // Subnormals do not need their exact place: any tiny fraction rounds alike.
    long significand = exponent != 0 ? a & FRACTION | HIDDEN : a & FRACTION;
    int shift = BIAS + 52 - exponent;
    long magnitude;
    long rest;
    if (shift <= 0) {
      magnitude = significand << -shift;
      rest = 0;
    } else if (shift < 64) {
      magnitude = significand >>> shift;
      rest = significand << -shift;
    } else {
      magnitude = 0;
      rest = significand != 0 ? 1 : 0;
    }
    if (rest != 0) {
      long increment = Rounding.increment(mode, negative, magnitude & 1, 1L << 63);
      if (Long.compareUnsigned(rest + increment, rest) < 0) {
        magnitude++;
      }
    }
    if (Long.compareUnsigned(magnitude, limit) > 0) {
      flags.raise(NV);
      return negative ? -limit : limit;
    }
    if (rest != 0) {
      flags.raise(NX);
    }
    return negative ? -magnitude : magnitude;
  }
}
