package rrlog.core.machine.riscv.fpu;

import java.math.BigInteger;

/** The exact number {@code significand * 2^exponent}. */
record Dyadic(BigInteger significand, int exponent) {

  Dyadic plus(Dyadic other) {
    int common = Math.min(exponent, other.exponent);
    return new Dyadic(scaledTo(common).add(other.scaledTo(common)), common);
  }

  Dyadic times(Dyadic other) {
    return new Dyadic(significand.multiply(other.significand), exponent + other.exponent);
  }

  Dyadic negated() {
    return new Dyadic(significand.negate(), exponent);
  }

  boolean isZero() {
    return significand.signum() == 0;
  }

  private BigInteger scaledTo(int lowerExponent) {
    return significand.shiftLeft(exponent - lowerExponent);
  }
}
