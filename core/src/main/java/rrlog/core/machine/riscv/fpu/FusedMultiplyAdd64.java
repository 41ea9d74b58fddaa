package rrlog.core.machine.riscv.fpu;

import static rrlog.core.machine.riscv.fpu.Binary64.BIAS;
import static rrlog.core.machine.riscv.fpu.Binary64.INFINITY;
import static rrlog.core.machine.riscv.fpu.Binary64.SIGN;
import static rrlog.core.machine.riscv.fpu.Binary64.SPECIAL;

/**
 * The fused multiply-add of binary64, in integers of 128 bits.
 *
 * <p>Not {@link Math#fma}: where the host lacks the instruction, or before the JIT has compiled the
 * caller, that computes with {@code BigDecimal}, and it tells nothing about the flags.
 */
final class FusedMultiplyAdd64 {
  private FusedMultiplyAdd64() {}

  /** Returns a * b + c with one rounding. */
  static long compute(long a, long b, long c, int mode, FpFlags flags) {
    if (Binary64.exponent(a) == SPECIAL
        || Binary64.exponent(b) == SPECIAL
        || Binary64.exponent(c) == SPECIAL) {
      return special(a, b, c, flags);
    }
    boolean negative = (a ^ b) < 0;
    boolean sameSign = (a ^ b ^ c) >= 0;
    boolean addendIsZero = Binary64.isZero(c);
    if (Binary64.isZero(a) || Binary64.isZero(b)) {
      return !addendIsZero || sameSign ? c : Binary64.cancelled(mode);
    }
    // The product's leading one lands on bit 126 of 128, or on 125 and is moved up.
    long x = Binary64.normalSignificand(a) << 10;
    long y = Binary64.normalSignificand(b) << 11;
    long high = Math.unsignedMultiplyHigh(x, y);
    long low = x * y;
    int exponent = Binary64.normalExponent(a) + Binary64.normalExponent(b) - BIAS + 1;
    if (high >>> 62 == 0) {
      high = high << 1 | low >>> 63;
      low <<= 1;
      exponent--;
    }
    if (!addendIsZero) {
      long addendHigh = Binary64.normalSignificand(c) << 10;
      long addendLow = 0;
      int addendExponent = Binary64.normalExponent(c);
      int distance = exponent - addendExponent;
      if (distance > 0) {
        addendLow = shiftedLow(addendHigh, 0, distance);
        addendHigh = shiftedHigh(addendHigh, distance);
      } else if (distance < 0) {
        low = shiftedLow(high, low, -distance);
        high = shiftedHigh(high, -distance);
        exponent = addendExponent;
      }
      if (sameSign) {
        low += addendLow;
        high += addendHigh + (Long.compareUnsigned(low, addendLow) < 0 ? 1 : 0);
      } else {
        high -= addendHigh + (Long.compareUnsigned(low, addendLow) < 0 ? 1 : 0);
        low -= addendLow;
        if (high < 0) {
          negative = !negative;
          low = -low;
          high = ~high + (low == 0 ? 1 : 0);
        }
        if ((high | low) == 0) {
          return Binary64.cancelled(mode);
        }
      }
    }
    if (high == 0) {
      high = low;
      low = 0;
      exponent -= 64;
    }
    int zeros = Long.numberOfLeadingZeros(high);
    if (zeros != 0) {
      high = high << zeros | low >>> -zeros;
      low <<= zeros;
    }
    long significand = high | (low != 0 ? 1 : 0);
    return Rounding.toBinary64(negative, exponent + 1 - zeros, significand, mode, flags);
  }

  private static long special(long a, long b, long c, FpFlags flags) {
    boolean infiniteFactor = (a & ~SIGN) == INFINITY || (b & ~SIGN) == INFINITY;
    if (infiniteFactor && (Binary64.isZero(a) || Binary64.isZero(b))) {
      // Invalid even beside a quiet NaN as addend (RISC-V "F", fused multiply-add).
      return Binary64.invalid(flags);
    }
    if (Binary64.isNan(a) || Binary64.isNan(b) || Binary64.isNan(c)) {
      Binary64.propagateNan(a, b, flags);
      return Binary64.propagateNan(c, c, flags);
    }
    if (!infiniteFactor) {
      return c;
    }
    long product = (a ^ b) & SIGN | INFINITY;
    return c == (product ^ SIGN) ? Binary64.invalid(flags) : product;
  }

  /** High half of a 128-bit shift to the right by 1 or more. */
  private static long shiftedHigh(long high, int distance) {
    return distance < 64 ? high >>> distance : 0;
  }

  /** Low half of that shift; its bit 0 tells if ones were lost. */
  private static long shiftedLow(long high, long low, int distance) {
    if (distance < 64) {
      return high << -distance | low >>> distance | (low << -distance != 0 ? 1 : 0);
    }
    if (distance == 64) {
      return high | (low != 0 ? 1 : 0);
    }
    return Rounding.shiftRightSticky(high, distance - 64) | (low != 0 ? 1 : 0);
  }
}
