package rrlog.core.machine.riscv.fpu;

import java.math.BigInteger;
import java.util.random.RandomGenerator;

/** A binary interchange format, to make and read numbers in tests; encodings in a long. */
enum Format {
  BINARY32(23, 8),
  BINARY64(52, 11);

  final int fractionBits;
  final int bias;
  final int specialExponent;
  final long signBit;

  Format(int fractionBits, int exponentBits) {
    this.fractionBits = fractionBits;
    this.specialExponent = (1 << exponentBits) - 1;
    this.bias = specialExponent >> 1;
    this.signBit = 1L << (fractionBits + exponentBits);
  }

  long infinity(boolean negative) {
    return signed(negative, (long) specialExponent << fractionBits);
  }

  long largest(boolean negative) {
    return signed(negative, infinity(false) - 1);
  }

  long signed(boolean negative, long magnitude) {
    return negative ? magnitude | signBit : magnitude;
  }

  boolean isNegative(long bits) {
    return (bits & signBit) != 0;
  }

  boolean isFinite(long bits) {
    return exponentField(bits) != specialExponent;
  }

  boolean isNan(long bits) {
    return !isFinite(bits) && fraction(bits) != 0;
  }

  int exponentField(long bits) {
    return (int) (bits >>> fractionBits) & specialExponent;
  }

  private long fraction(long bits) {
    return bits & ((1L << fractionBits) - 1);
  }

  /** The exact value of a finite encoding. */
  Dyadic decode(long bits) {
    int field = exponentField(bits);
    long significand = field == 0 ? fraction(bits) : fraction(bits) | 1L << fractionBits;
    BigInteger magnitude = BigInteger.valueOf(significand);
    return new Dyadic(
        isNegative(bits) ? magnitude.negate() : magnitude,
        Math.max(field, 1) - bias - fractionBits);
  }

  /** A number of any kind, drawn towards the edges of the format and towards 1. */
  long random(RandomGenerator random) {
    int field =
        switch (random.nextInt(16)) {
          case 0, 1, 2 -> 0;
          case 3 -> random.nextInt(1, 4);
          case 4 -> specialExponent - random.nextInt(1, 5);
          case 5 -> specialExponent;
          case 6, 7 -> random.nextInt(specialExponent);
          case 8 -> bias / 2 + random.nextInt(-3, 4);
          case 9 -> bias + bias / 2 + random.nextInt(-3, 4);
          case 10 -> bias - fractionBits + random.nextInt(-3, 4);
          case 11 -> bias + random.nextInt(29, 66);
          default -> bias + random.nextInt(-fractionBits - 4, fractionBits + 5) / 8;
        };
    long mask = (1L << fractionBits) - 1;
    int bit = random.nextInt(fractionBits);
    long fraction =
        switch (random.nextInt(9)) {
          case 0 -> 0;
          case 1 -> mask;
          case 2 -> 1L << bit;
          case 3 -> -1L << bit;
          case 4 -> random.nextInt(256);
          case 5 -> random.nextLong() << bit;
          default -> random.nextLong();
        };
    return signed(random.nextBoolean(), (long) field << fractionBits | fraction & mask);
  }

  /** The like, but finite and not zero. */
  long randomNumber(RandomGenerator random) {
    while (true) {
      long bits = random(random);
      if (isFinite(bits) && (bits & ~signBit) != 0) {
        return bits;
      }
    }
  }
}
