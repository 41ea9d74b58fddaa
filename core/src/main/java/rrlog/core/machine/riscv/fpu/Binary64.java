package rrlog.core.machine.riscv.fpu;

import static rrlog.core.machine.riscv.fpu.FpFlags.DZ;
import static rrlog.core.machine.riscv.fpu.FpFlags.NV;
import static rrlog.core.machine.riscv.fpu.FpFlags.NX;
import static rrlog.core.machine.riscv.fpu.Rounding.RDN;
import static rrlog.core.machine.riscv.fpu.Rounding.RNE;

/**
 * Arithmetic on binary64 numbers ("D" extension).
 *
 * <p>In mode RNE the JDK's own {@code double} operators give the result, and the flags are derived
 * from it, whenever it is an ordinary number; all else is integer arithmetic. Modes are those of
 * {@link Rounding}.
 */
public final class Binary64 {
  /** The NaN that every operation returns. */
  public static final long CANONICAL_NAN = 0x7ff8000000000000L;

  static final long SIGN = Long.MIN_VALUE;
  static final long MAGNITUDE = Long.MAX_VALUE;
  static final long INFINITY = 0x7ff0000000000000L;
  static final long HIDDEN = 1L << 52;
  static final long FRACTION = HIDDEN - 1;
  static final long QUIET = 1L << 51;
  static final int BIAS = 1023;
  static final int SPECIAL = 0x7ff;

  private static final long ONE = (long) BIAS << 52;

  private Binary64() {}

  /** Returns a + b. */
  public static long add(long a, long b, int mode, FpFlags flags) {
    if (mode == RNE) {
      double x = Double.longBitsToDouble(a);
      double y = Double.longBitsToDouble(b);
      double sum = x + y;
      long bits = Double.doubleToRawLongBits(sum);
      if ((bits & INFINITY) != INFINITY) {
        // Subtracting the larger operand again is exact, so the sum was exact if and only if both
        // operands come back; and a sum that is subnormal always is.
        if (!flags.isInexact() && (sum - x != y || sum - y != x)) {
          flags.raise(NX);
        }
        return bits;
      }
    }
    return addIntegers(a, b, mode, flags);
  }

  /** Returns a - b. */
  public static long sub(long a, long b, int mode, FpFlags flags) {
    return add(a, b ^ SIGN, mode, flags);
  }

  /** Returns a * b. */
  public static long mul(long a, long b, int mode, FpFlags flags) {
    if (mode == RNE) {
      double product = Double.longBitsToDouble(a) * Double.longBitsToDouble(b);
      long bits = Double.doubleToRawLongBits(product);
      if (isAboveTiny(bits)) {
        if (flags.isInexact()) {
          return bits;
        }
        if (isNormal(a) && isNormal(b)) {
          // The exact product has 105 or 106 bits. Where only bit 52 is in question it takes the
          // slow way.
          long low = (a & FRACTION | HIDDEN) * (b & FRACTION | HIDDEN);
          if (low << 12 != 0) {
            flags.raise(NX);
            return bits;
          }
          if (low << 11 == 0) {
            return bits;
          }
        }
      }
    }
    return mulIntegers(a, b, mode, flags);
  }

  /** Returns a / b. */
  public static long div(long a, long b, int mode, FpFlags flags) {
    if (mode == RNE && isNormal(a) && isNormal(b)) {
      double quotient = Double.longBitsToDouble(a) / Double.longBitsToDouble(b);
      long bits = Double.doubleToRawLongBits(quotient);
      if (isAboveTiny(bits)) {
        if (!flags.isInexact() && divisionRemainder(a, b, bits) != 0) {
          flags.raise(NX);
        }
        return bits;
      }
    }
    return divIntegers(a, b, mode, flags);
  }

  /** Returns the square root of a. */
  public static long sqrt(long a, int mode, FpFlags flags) {
    if (mode == RNE && a > 0 && isNormal(a)) {
      long root = Double.doubleToRawLongBits(Math.sqrt(Double.longBitsToDouble(a)));
      if (!flags.isInexact() && rootRemainder(a, root) != 0) {
        flags.raise(NX);
      }
      return root;
    }
    return sqrtIntegers(a, mode, flags);
  }

  /** Returns a * b + c with one rounding (fmadd.d). */
  public static long madd(long a, long b, long c, int mode, FpFlags flags) {
    return FusedMultiplyAdd64.compute(a, b, c, mode, flags);
  }

  /** Returns a * b - c with one rounding (fmsub.d). */
  public static long msub(long a, long b, long c, int mode, FpFlags flags) {
    return FusedMultiplyAdd64.compute(a, b, c ^ SIGN, mode, flags);
  }

  /** Returns -(a * b) + c with one rounding (fnmsub.d). */
  public static long nmsub(long a, long b, long c, int mode, FpFlags flags) {
    return FusedMultiplyAdd64.compute(a ^ SIGN, b, c, mode, flags);
  }

  /** Returns -(a * b) - c with one rounding (fnmadd.d). */
  public static long nmadd(long a, long b, long c, int mode, FpFlags flags) {
    return FusedMultiplyAdd64.compute(a ^ SIGN, b, c ^ SIGN, mode, flags);
  }

  static boolean isNan(long a) {
    return (a & MAGNITUDE) > INFINITY;
  }

  static boolean isSignalingNan(long a) {
    return isNan(a) && (a & QUIET) == 0;
  }

  static boolean isZero(long a) {
    return (a & MAGNITUDE) == 0;
  }

  /** Neither zero, subnormal, infinite nor NaN. */
  static boolean isNormal(long a) {
    long magnitude = a & MAGNITUDE;
    return magnitude >= HIDDEN && magnitude < INFINITY;
  }

  static int exponent(long a) {
    return (int) (a >>> 52) & SPECIAL;
  }

  /** The significand of a finite number other than zero, shifted up until bit 52 is set. */
  static long normalSignificand(long a) {
    long fraction = a & FRACTION;
    return exponent(a) != 0
        ? fraction | HIDDEN
        : fraction << (Long.numberOfLeadingZeros(fraction) - 11);
  }

  /** The biased exponent that goes with {@link #normalSignificand}; below 1 for subnormals. */
  static int normalExponent(long a) {
    int exponent = exponent(a);
    return exponent != 0 ? exponent : 12 - Long.numberOfLeadingZeros(a & FRACTION);
  }

  /** A zero that came out of a sum: of operands with different signs, or that cancel. */
  static long cancelled(int mode) {
    return mode == RDN ? SIGN : 0;
  }

  static long invalid(FpFlags flags) {
    flags.raise(NV);
    return CANONICAL_NAN;
  }

  /** The result of an operation with at least one NaN among its operands. */
  static long propagateNan(long a, long b, FpFlags flags) {
    if (isSignalingNan(a) || isSignalingNan(b)) {
      flags.raise(NV);
    }
    return CANONICAL_NAN;
  }

  /** A rounded result that is finite, and tiny neither before nor after rounding. */
  private static boolean isAboveTiny(long bits) {
    long magnitude = bits & MAGNITUDE;
    return magnitude > HIDDEN && magnitude < INFINITY;
  }

  private static long addIntegers(long a, long b, int mode, FpFlags flags) {
    if (exponent(a) == SPECIAL || exponent(b) == SPECIAL) {
      if (isNan(a) || isNan(b)) {
        return propagateNan(a, b, flags);
      }
      if (exponent(a) != exponent(b)) {
        return exponent(a) == SPECIAL ? a : b;
      }
      return a == b ? a : invalid(flags);
    }
    boolean swap = (a & MAGNITUDE) < (b & MAGNITUDE);
    long large = swap ? b : a;
    long small = swap ? a : b;
    int exponent = Math.max(exponent(large), 1);
    int distance = exponent - Math.max(exponent(small), 1);
    long x = alignable(large);
    long y = Rounding.shiftRightSticky(alignable(small), distance);
    boolean sameSign = (a ^ b) >= 0;
    long sum = sameSign ? x + y : x - y;
    if (sum == 0) {
      return sameSign ? large & SIGN : cancelled(mode);
    }
    int zeros = Long.numberOfLeadingZeros(sum);
    return Rounding.toBinary64(large < 0, exponent + 1 - zeros, sum << zeros, mode, flags);
  }

  /** The significand with ten bits below it and one, for a carry, above. */
  private static long alignable(long a) {
    return (exponent(a) != 0 ? a & FRACTION | HIDDEN : a & FRACTION) << 10;
  }

  private static long mulIntegers(long a, long b, int mode, FpFlags flags) {
    long sign = (a ^ b) & SIGN;
    if (exponent(a) == SPECIAL || exponent(b) == SPECIAL) {
      if (isNan(a) || isNan(b)) {
        return propagateNan(a, b, flags);
      }
      return isZero(a) || isZero(b) ? invalid(flags) : sign | INFINITY;
    }
    if (isZero(a) || isZero(b)) {
      return sign;
    }
    long x = normalSignificand(a) << 11;
    long y = normalSignificand(b) << 11;
    long high = Math.unsignedMultiplyHigh(x, y);
    long low = x * y;
    int exponent = normalExponent(a) + normalExponent(b) - BIAS + 1;
    if (high > 0) {
      high = high << 1 | low >>> 63;
      low <<= 1;
      exponent--;
    }
    long significand = high | (low != 0 ? 1 : 0);
    return Rounding.toBinary64(sign != 0, exponent, significand, mode, flags);
  }

  private static long divIntegers(long a, long b, int mode, FpFlags flags) {
    long sign = (a ^ b) & SIGN;
    if (exponent(a) == SPECIAL || exponent(b) == SPECIAL) {
      if (isNan(a) || isNan(b)) {
        return propagateNan(a, b, flags);
      }
      if (exponent(a) == exponent(b)) {
        return invalid(flags);
      }
      return exponent(a) == SPECIAL ? sign | INFINITY : sign;
    }
    if (isZero(b)) {
      if (isZero(a)) {
        return invalid(flags);
      }
      flags.raise(DZ);
      return sign | INFINITY;
    }
    if (isZero(a)) {
      return sign;
    }
    // With both significands in [1, 2) the hardware's quotient is the nearest number of full
    // precision, and the sign of its remainder says on which side of it the exact one lies. No
    // rounding asks for more: not even of a subnormal result, whose ties have fewer bits.
    long x = ONE | normalSignificand(a) & FRACTION;
    long y = ONE | normalSignificand(b) & FRACTION;
    long quotient =
        Double.doubleToRawLongBits(Double.longBitsToDouble(x) / Double.longBitsToDouble(y));
    int exponent = normalExponent(a) - normalExponent(b) + exponent(quotient);
    long side = Long.signum(divisionRemainder(x, y, quotient));
    return roundNeighbour(sign != 0, exponent, quotient, side, mode, flags);
  }

  private static long sqrtIntegers(long a, int mode, FpFlags flags) {
    if (isNan(a)) {
      return propagateNan(a, a, flags);
    }
    if (isZero(a)) {
      return a;
    }
    if (a < 0) {
      return invalid(flags);
    }
    if (a == INFINITY) {
      return a;
    }
    int exponent = normalExponent(a) - BIAS;
    long x = (long) (BIAS + (exponent & 1)) << 52 | normalSignificand(a) & FRACTION;
    long root = Double.doubleToRawLongBits(Math.sqrt(Double.longBitsToDouble(x)));
    long side = Long.signum(rootRemainder(x, root));
    return roundNeighbour(false, BIAS + (exponent >> 1), root, side, mode, flags);
  }

  /** Rounds the significand of {@code nearest} plus a touch: above (1), below (-1) or none (0). */
  private static long roundNeighbour(
      boolean negative, int exponent, long nearest, long side, int mode, FpFlags flags) {
    long significand = ((nearest & FRACTION | HIDDEN) << 11) + side;
    if (significand > 0) {
      significand = (significand << 1) | 1;
      exponent--;
    }
    return Rounding.toBinary64(negative, exponent, significand, mode, flags);
  }

  /**
   * The remainder of a division of normal numbers whose rounded quotient is known, in units that
   * make it an integer. It is less than 2^53, so arithmetic modulo 2^64 is enough.
   */
  static long divisionRemainder(long a, long b, long quotient) {
    int shift = 52 + (exponent(a) - exponent(b) + BIAS - exponent(quotient));
    return ((a & FRACTION | HIDDEN) << shift)
        - (quotient & FRACTION | HIDDEN) * (b & FRACTION | HIDDEN);
  }

  /** The like of {@link #divisionRemainder} for a square root. */
  static long rootRemainder(long a, long root) {
    int shift = 52 + (exponent(a) - BIAS - 2 * (exponent(root) - BIAS));
    long r = root & FRACTION | HIDDEN;
    return ((a & FRACTION | HIDDEN) << shift) - r * r;
  }
}
