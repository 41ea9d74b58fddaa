package rrlog.core.machine.riscv.fpu;

import java.math.BigInteger;

/**
 * Rounding by the book, slowly: the exact value is held between two neighbours of the format, and
 * the mode chooses one. Written apart from the code under test and sharing nothing with it but the
 * names of modes and flags.
 */
final class Reference {
  /** More bits than any format keeps, for results that have no end. */
  private static final int EXTRA_BITS = 140;

  /**
   * A magnitude to be rounded.
   *
   * @param more whether the exact magnitude is above this one, by less than one unit of it
   */
  private record Magnitude(BigInteger units, int exponent, boolean more) {}

  /** A rounded result as encoding and flags. */
  record Rounded(long bits, int flags) {}

  private Reference() {}

  static Rounded sum(Format format, Dyadic a, Dyadic b, int mode) {
    Dyadic sum = a.plus(b);
    if (sum.isZero()) {
      return new Rounded(format.signed(mode == Rounding.RDN, 0), 0);
    }
    return round(format, sum, mode);
  }

  static Rounded product(Format format, Dyadic a, Dyadic b, int mode) {
    return round(format, a.times(b), mode);
  }

  static Rounded quotient(Format format, Dyadic a, Dyadic b, int mode) {
    BigInteger[] parts =
        a.significand().abs().shiftLeft(EXTRA_BITS).divideAndRemainder(b.significand().abs());
    Magnitude magnitude =
        new Magnitude(parts[0], a.exponent() - b.exponent() - EXTRA_BITS, parts[1].signum() != 0);
    boolean negative = a.significand().signum() != b.significand().signum();
    return round(format, negative, magnitude, mode);
  }

  static Rounded squareRoot(Format format, Dyadic a, int mode) {
    int shift = 2 * EXTRA_BITS + (a.exponent() & 1);
    BigInteger[] parts = a.significand().shiftLeft(shift).sqrtAndRemainder();
    Magnitude magnitude =
        new Magnitude(parts[0], (a.exponent() - shift) / 2, parts[1].signum() != 0);
    return round(format, false, magnitude, mode);
  }

  /** Rounds a number other than zero to the format. */
  static Rounded round(Format format, Dyadic value, int mode) {
    Magnitude magnitude = new Magnitude(value.significand().abs(), value.exponent(), false);
    return round(format, value.significand().signum() < 0, magnitude, mode);
  }

  private static Rounded round(Format format, boolean negative, Magnitude magnitude, int mode) {
    int precision = format.fractionBits + 1;
    int smallestNormal = 1 - format.bias;
    int top = magnitude.units.bitLength() + magnitude.exponent - 1;
    int unbounded = top - format.fractionBits;
    int quantum = Math.max(unbounded, smallestNormal - format.fractionBits);
    BigInteger kept = toMultiple(magnitude, quantum, negative, mode);
    boolean exact = isMultiple(magnitude, quantum);

    int flags = exact ? 0 : FpFlags.NX;
    if (kept.bitLength() - 1 + quantum > format.bias) {
      return new Rounded(overflow(format, negative, mode), FpFlags.OF | FpFlags.NX);
    }
    BigInteger withoutBound = toMultiple(magnitude, unbounded, negative, mode);
    boolean tiny = withoutBound.bitLength() - 1 + unbounded < smallestNormal;
    if (tiny && !exact) {
      flags |= FpFlags.UF;
    }
    if (kept.bitLength() > precision) {
      kept = kept.shiftRight(1);
      quantum++;
    }
    long fraction = kept.longValueExact();
    if (kept.bitLength() == precision) {
      long field = quantum + format.fractionBits + format.bias;
      fraction = field << format.fractionBits | fraction & ((1L << format.fractionBits) - 1);
    }
    return new Rounded(format.signed(negative, fraction), flags);
  }

  private static long overflow(Format format, boolean negative, int mode) {
    boolean toInfinity =
        switch (mode) {
          case Rounding.RNE, Rounding.RMM -> true;
          case Rounding.RDN -> negative;
          case Rounding.RUP -> !negative;
          default -> false;
        };
    return toInfinity ? format.infinity(negative) : format.largest(negative);
  }

  private static boolean isMultiple(Magnitude magnitude, int quantum) {
    return !magnitude.more && magnitude.units.getLowestSetBit() + magnitude.exponent >= quantum;
  }

  /** The number of quanta that the mode rounds the magnitude to. */
  private static BigInteger toMultiple(
      Magnitude magnitude, int quantum, boolean negative, int mode) {
    int dropped = quantum - magnitude.exponent;
    BigInteger lower = magnitude.units.shiftRight(dropped);
    if (isMultiple(magnitude, quantum)) {
      return lower;
    }
    // Twice the distance from the lower neighbour against one quantum.
    int side =
        magnitude
            .units
            .subtract(lower.shiftLeft(dropped))
            .shiftLeft(1)
            .compareTo(BigInteger.ONE.shiftLeft(dropped));
    if (side == 0 && magnitude.more) {
      side = 1;
    }
    boolean up =
        switch (mode) {
          case Rounding.RNE -> side > 0 || (side == 0 && lower.testBit(0));
          case Rounding.RTZ -> false;
          case Rounding.RDN -> negative;
          case Rounding.RUP -> !negative;
          case Rounding.RMM -> side >= 0;
          default -> throw new AssertionError(mode);
        };
    return up ? lower.add(BigInteger.ONE) : lower;
  }

  /** The integer that the mode rounds a number to; the flags are left to the caller. */
  static BigInteger toInteger(Dyadic value, int mode) {
    boolean negative = value.significand().signum() < 0;
    Magnitude magnitude = new Magnitude(value.significand().abs(), value.exponent(), false);
    BigInteger rounded =
        value.isZero() ? BigInteger.ZERO : toMultiple(magnitude, 0, negative, mode);
    return negative ? rounded.negate() : rounded;
  }

  static boolean isInteger(Dyadic value) {
    return value.isZero() || value.significand().getLowestSetBit() + value.exponent() >= 0;
  }
}
