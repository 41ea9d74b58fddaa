package rrlog.core.machine.riscv.fpu;

import static rrlog.core.machine.riscv.fpu.FpFlags.DZ;
import static rrlog.core.machine.riscv.fpu.FpFlags.NV;
import static rrlog.core.machine.riscv.fpu.FpFlags.NX;
import static rrlog.core.machine.riscv.fpu.Rounding.RDN;
import static rrlog.core.machine.riscv.fpu.Rounding.RNE;

/**
 * Arithmetic on binary32 numbers ("F" extension).
 *
 * <p>A {@code double} has more than twice the precision and range, so every operation is done in
 * it, rounded to odd where it is not exact (the last bit then stands for all that follow, as in
 * Boldo and Melquiond, "Emulation of FMA and correctly rounded sums"), and narrowed once in the
 * mode asked for. Modes are those of {@link Rounding}.
 */
public final class Binary32 {
  /** The NaN that every operation returns. */
  public static final int CANONICAL_NAN = 0x7fc00000;

  static final int SIGN = Integer.MIN_VALUE;
  static final int MAGNITUDE = Integer.MAX_VALUE;
  static final int INFINITY = 0x7f800000;
  static final int SMALLEST_NORMAL = 1 << 23;
  static final int QUIET = 1 << 22;
  static final int BIAS = 127;

  private static final long BOX = 0xffffffff00000000L;

  private Binary32() {}

  /** A single as it sits in a 64-bit register: below 32 ones. */
  public static long box(int a) {
    return a | BOX;
  }

  /** The single in a 64-bit register; the canonical NaN if it is not properly boxed. */
  public static int unbox(long register) {
    return register >>> 32 == 0xffffffffL ? (int) register : CANONICAL_NAN;
  }

  /** Returns a + b. */
  public static int add(int a, int b, int mode, FpFlags flags) {
    float x = Float.intBitsToFloat(a);
    float y = Float.intBitsToFloat(b);
    if (mode == RNE) {
      float sum = x + y;
      int bits = Float.floatToRawIntBits(sum);
      if ((bits & INFINITY) != INFINITY) {
        // As in Binary64: exact if and only if both operands come back.
        if (!flags.isInexact() && (sum - x != y || sum - y != x)) {
          flags.raise(NX);
        }
        return bits;
      }
    }
    if (isSpecial(a) || isSpecial(b)) {
      return addSpecial(a, b, flags);
    }
    return narrowSum(x, y, mode, flags);
  }

  /** Returns a - b. */
  public static int sub(int a, int b, int mode, FpFlags flags) {
    return add(a, b ^ SIGN, mode, flags);
  }

  /** Returns a * b. */
  public static int mul(int a, int b, int mode, FpFlags flags) {
    double product = (double) Float.intBitsToFloat(a) * (double) Float.intBitsToFloat(b);
    if (Math.abs(product) <= Double.MAX_VALUE) {
      return narrow(product, mode, flags);
    }
    return isNan(a) || isNan(b) || isZero(a) || isZero(b)
        ? nanFrom(a, b, flags)
        : (a ^ b) & SIGN | INFINITY;
  }

  /** Returns a / b. */
  public static int div(int a, int b, int mode, FpFlags flags) {
    float x = Float.intBitsToFloat(a);
    float y = Float.intBitsToFloat(b);
    if (mode == RNE) {
      float quotient = x / y;
      int bits = Float.floatToRawIntBits(quotient);
      if (isAboveTiny(bits)) {
        if (!flags.isInexact() && (double) quotient * (double) y != (double) x) {
          flags.raise(NX);
        }
        return bits;
      }
    }
    if (isSpecial(a) || isSpecial(b) || isZero(a) || isZero(b)) {
      return divSpecial(a, b, flags);
    }
    long dividend = Double.doubleToRawLongBits(x);
    long divisor = Double.doubleToRawLongBits(y);
    long quotient = Double.doubleToRawLongBits((double) x / (double) y);
    long remainder = Binary64.divisionRemainder(dividend, divisor, quotient);
    return narrow(roundedToOdd(quotient, Long.signum(remainder)), mode, flags);
  }

  /** Returns the square root of a. */
  public static int sqrt(int a, int mode, FpFlags flags) {
    if (isNan(a)) {
      return nanFrom(a, a, flags);
    }
    if (isZero(a) || a == INFINITY) {
      return a;
    }
    if (a < 0) {
      return invalid(flags);
    }
    double x = Float.intBitsToFloat(a);
    long root = Double.doubleToRawLongBits(Math.sqrt(x));
    long remainder = Binary64.rootRemainder(Double.doubleToRawLongBits(x), root);
    return narrow(roundedToOdd(root, Long.signum(remainder)), mode, flags);
  }

  /** Returns a * b + c with one rounding (fmadd.s). */
  public static int madd(int a, int b, int c, int mode, FpFlags flags) {
    double product = (double) Float.intBitsToFloat(a) * (double) Float.intBitsToFloat(b);
    if (Math.abs(product) <= Double.MAX_VALUE && !isSpecial(c)) {
      return narrowSum(product, Float.intBitsToFloat(c), mode, flags);
    }
    return maddSpecial(a, b, c, flags);
  }

  /** Returns a * b - c with one rounding (fmsub.s). */
  public static int msub(int a, int b, int c, int mode, FpFlags flags) {
    return madd(a, b, c ^ SIGN, mode, flags);
  }

  /** Returns -(a * b) + c with one rounding (fnmsub.s). */
  public static int nmsub(int a, int b, int c, int mode, FpFlags flags) {
    return madd(a ^ SIGN, b, c, mode, flags);
  }

  /** Returns -(a * b) - c with one rounding (fnmadd.s). */
  public static int nmadd(int a, int b, int c, int mode, FpFlags flags) {
    return madd(a ^ SIGN, b, c ^ SIGN, mode, flags);
  }

  /** Rounds a finite double to a single. */
  static int narrow(double a, int mode, FpFlags flags) {
    long bits = Double.doubleToRawLongBits(a);
    if (mode == RNE) {
      float result = (float) a;
      int resultBits = Float.floatToRawIntBits(result);
      if (isAboveTiny(resultBits)) {
        if ((double) result != a) {
          flags.raise(NX);
        }
        return resultBits;
      }
    }
    if (Binary64.isZero(bits)) {
      return (int) (bits >>> 32);
    }
    int exponent = Binary64.normalExponent(bits) - Binary64.BIAS + BIAS;
    long significand = Binary64.normalSignificand(bits) << 11;
    return Rounding.toBinary32(bits < 0, exponent, significand, mode, flags);
  }

  static boolean isNan(int a) {
    return (a & MAGNITUDE) > INFINITY;
  }

  static boolean isSignalingNan(int a) {
    return isNan(a) && (a & QUIET) == 0;
  }

  static boolean isZero(int a) {
    return (a & MAGNITUDE) == 0;
  }

  private static boolean isSpecial(int a) {
    return (a & INFINITY) == INFINITY;
  }

  /** A rounded result that is finite, and tiny neither before nor after rounding. */
  private static boolean isAboveTiny(int bits) {
    int magnitude = bits & MAGNITUDE;
    return magnitude > SMALLEST_NORMAL && magnitude < INFINITY;
  }

  /** Rounds the exact sum of two doubles whose range is no wider than a product of singles. */
  private static int narrowSum(double x, double y, int mode, FpFlags flags) {
    double sum = x + y;
    if (sum == 0) {
      boolean bothPositiveZero =
          (Double.doubleToRawLongBits(x) | Double.doubleToRawLongBits(y)) == 0;
      return mode == RDN && !bothPositiveZero ? SIGN : Float.floatToRawIntBits((float) sum);
    }
    // Knuth's two-sum: the error of a rounded sum is a double.
    double shareOfY = sum - x;
    double error = (x - (sum - shareOfY)) + (y - shareOfY);
    if (error == 0) {
      return narrow(sum, mode, flags);
    }
    int side = error > 0 == sum > 0 ? 1 : -1;
    return narrow(roundedToOdd(Double.doubleToRawLongBits(sum), side), mode, flags);
  }

  /**
   * A double rounded to odd.
   *
   * @param nearest the same value rounded to nearest
   * @param side whether the value's magnitude is above (1), below (-1) or equal to (0) that
   */
  private static double roundedToOdd(long nearest, int side) {
    return Double.longBitsToDouble((nearest & 1) == 0 ? nearest + side : nearest);
  }

  private static int addSpecial(int a, int b, FpFlags flags) {
    if (isNan(a) || isNan(b)) {
      return nanFrom(a, b, flags);
    }
    if (isSpecial(a) && isSpecial(b) && a != b) {
      return invalid(flags);
    }
    return isSpecial(a) ? a : b;
  }

  private static int divSpecial(int a, int b, FpFlags flags) {
    if (isNan(a) || isNan(b) || (isZero(a) && isZero(b)) || (isSpecial(a) && isSpecial(b))) {
      return nanFrom(a, b, flags);
    }
    int sign = (a ^ b) & SIGN;
    if (isSpecial(a)) {
      return sign | INFINITY;
    }
    if (isZero(b)) {
      flags.raise(DZ);
      return sign | INFINITY;
    }
    return sign;
  }

  private static int maddSpecial(int a, int b, int c, FpFlags flags) {
    boolean infiniteFactor = (a & MAGNITUDE) == INFINITY || (b & MAGNITUDE) == INFINITY;
    if (infiniteFactor && (isZero(a) || isZero(b))) {
      // Invalid even beside a quiet NaN as addend (RISC-V "F", fused multiply-add).
      return invalid(flags);
    }
    if (isNan(a) || isNan(b) || isNan(c)) {
      if (isSignalingNan(a) || isSignalingNan(b) || isSignalingNan(c)) {
        flags.raise(NV);
      }
      return CANONICAL_NAN;
    }
    if (!infiniteFactor) {
      return c;
    }
    int product = (a ^ b) & SIGN | INFINITY;
    return c == (product ^ SIGN) ? invalid(flags) : product;
  }

  private static int invalid(FpFlags flags) {
    flags.raise(NV);
    return CANONICAL_NAN;
  }

  /** The NaN of an operation on a quiet NaN, or of an invalid one on a signalling NaN or none. */
  private static int nanFrom(int a, int b, FpFlags flags) {
    if (isSignalingNan(a) || isSignalingNan(b) || !(isNan(a) || isNan(b))) {
      flags.raise(NV);
    }
    return CANONICAL_NAN;
  }
}
