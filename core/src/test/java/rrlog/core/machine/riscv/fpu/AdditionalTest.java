package rrlog.core.machine.riscv.fpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Zfa's arithmetic against decimal arithmetic without limits. */
class AdditionalTest {
  private static final int CASES = 20_000;
  private static final long QUIET = 0x7ff8_0000_0000_1234L;
  private static final long SIGNALING = 0x7ff0_0000_0000_0001L;

  private final FpFlags flags = new FpFlags();

  /** The modes in the order of their encodings, as the JDK calls them. */
  enum Mode {
    RNE(RoundingMode.HALF_EVEN),
    RTZ(RoundingMode.DOWN),
    RDN(RoundingMode.FLOOR),
    RUP(RoundingMode.CEILING),
    RMM(RoundingMode.HALF_UP);

    private final RoundingMode decimal;

    Mode(RoundingMode decimal) {
      this.decimal = decimal;
    }
  }

  @ParameterizedTest
  @EnumSource
  void rounds_a_double_to_an_integral_one(Mode mode) {
    RandomGenerator random = new SplittableRandom(1);
    for (int i = 0; i < CASES; i++) {
      long a = Format.BINARY64.randomNumber(random);
      double value = Double.longBitsToDouble(a);
      double expected =
          Math.copySign(new BigDecimal(value).setScale(0, mode.decimal).doubleValue(), value);

      assertThat(Double.longBitsToDouble(Integral.round(a, mode.ordinal(), flags)))
          .as("%a", value)
          .isEqualTo(expected);
      assertThat(flags.bits).isZero();
      Integral.roundInexact(a, mode.ordinal(), flags);
      assertThat(flags.bits).as("%a", value).isEqualTo(expected == value ? 0 : FpFlags.NX);
      flags.bits = 0;
    }
  }

  @ParameterizedTest
  @EnumSource
  void rounds_a_single_to_an_integral_one(Mode mode) {
    RandomGenerator random = new SplittableRandom(2);
    for (int i = 0; i < CASES; i++) {
      int a = (int) Format.BINARY32.randomNumber(random);
      float value = Float.intBitsToFloat(a);
      float expected =
          Math.copySign(new BigDecimal(value).setScale(0, mode.decimal).floatValue(), value);

      assertThat(Float.intBitsToFloat(Integral.round(a, mode.ordinal(), flags)))
          .as("%a", value)
          .isEqualTo(expected);
      assertThat(flags.bits).isZero();
      Integral.roundInexact(a, mode.ordinal(), flags);
      assertThat(flags.bits).as("%a", value).isEqualTo(expected == value ? 0 : FpFlags.NX);
      flags.bits = 0;
    }
  }

  @Test
  void converts_to_the_lowest_32_bits() {
    RandomGenerator random = new SplittableRandom(3);
    for (int i = 0; i < CASES; i++) {
      long a = Format.BINARY64.randomNumber(random);
      BigDecimal value = new BigDecimal(Double.longBitsToDouble(a));
      BigInteger truncated = value.toBigInteger();
      int expected =
          truncated.bitLength() > 31
              ? FpFlags.NV
              : value.compareTo(new BigDecimal(truncated)) == 0 ? 0 : FpFlags.NX;

      assertThat(Conversions.doubleToInt32Modular(a, flags)).isEqualTo(truncated.intValue());
      assertThat(flags.bits).as("%s", value).isEqualTo(expected);
      flags.bits = 0;
    }
  }

  @ParameterizedTest
  @CsvSource({"7ff0000000000000", "fff0000000000000", "7ff8000000000000", "7ff0000000000001"})
  void converts_what_is_no_number_to_0(String bits) {
    assertThat(Conversions.doubleToInt32Modular(Long.parseUnsignedLong(bits, 16), flags)).isZero();
    assertThat(flags.bits).isEqualTo(FpFlags.NV);
  }

  @Test
  void zeroes_and_infinities_are_integral() {
    for (double value : new double[] {0.0, -0.0, 1.0 / 0, -1.0 / 0}) {
      long a = Double.doubleToRawLongBits(value);
      int single = Float.floatToRawIntBits((float) value);
      assertThat(Integral.roundInexact(a, Rounding.RUP, flags)).isEqualTo(a);
      assertThat(Integral.roundInexact(single, Rounding.RDN, flags)).isEqualTo(single);
    }
    assertThat(flags.bits).isZero();
  }

  @Test
  void a_nan_rounds_to_the_canonical_one() {
    assertThat(Integral.roundInexact(QUIET, 0, flags)).isEqualTo(Binary64.CANONICAL_NAN);
    assertThat(Integral.roundInexact(0xffc0_0001, 0, flags)).isEqualTo(Binary32.CANONICAL_NAN);
    assertThat(flags.bits).isZero();
    assertThat(Integral.round(SIGNALING, 0, flags)).isEqualTo(Binary64.CANONICAL_NAN);
    assertThat(flags.bits).isEqualTo(FpFlags.NV);
    flags.bits = 0;
    assertThat(Integral.round(0x7f80_0001, 0, flags)).isEqualTo(Binary32.CANONICAL_NAN);
    assertThat(flags.bits).isEqualTo(FpFlags.NV);
  }

  @Test
  void minimum_and_maximum_are_those_of_the_jdk() {
    RandomGenerator random = new SplittableRandom(4);
    for (int i = 0; i < CASES; i++) {
      long a = i == 0 ? 0 : i == 1 ? Long.MIN_VALUE : Format.BINARY64.random(random);
      long b = i == 0 ? Long.MIN_VALUE : i == 1 ? 0 : Format.BINARY64.random(random);
      double x = Double.longBitsToDouble(a);
      double y = Double.longBitsToDouble(b);
      assertThat(Bits64.minimum(a, b, flags)).isEqualTo(Double.doubleToLongBits(Math.min(x, y)));
      assertThat(Bits64.maximum(a, b, flags)).isEqualTo(Double.doubleToLongBits(Math.max(x, y)));
      int c = (int) Format.BINARY32.random(random);
      int d = (int) Format.BINARY32.random(random);
      float u = Float.intBitsToFloat(c);
      float v = Float.intBitsToFloat(d);
      assertThat(Bits32.minimum(c, d, flags)).isEqualTo(Float.floatToIntBits(Math.min(u, v)));
      assertThat(Bits32.maximum(c, d, flags)).isEqualTo(Float.floatToIntBits(Math.max(u, v)));
    }
  }

  @Test
  void only_a_signalling_nan_is_invalid() {
    long one = Double.doubleToRawLongBits(1);
    assertThat(Bits64.leQuiet(one, QUIET, flags) || Bits64.ltQuiet(QUIET, one, flags)).isFalse();
    Bits64.minimum(QUIET, one, flags);
    Bits64.maximum(one, QUIET, flags);
    assertThat(flags.bits).isZero();

    assertThat(Bits64.leQuiet(one, SIGNALING, flags)).isFalse();

    assertThat(flags.bits).isEqualTo(FpFlags.NV);
    flags.bits = 0;
    Bits64.minimum(SIGNALING, one, flags);
    assertThat(flags.bits).isEqualTo(FpFlags.NV);
    flags.bits = 0;
    assertThat(Bits32.ltQuiet(0x7f80_0001, 0, flags)).isFalse();
    assertThat(flags.bits).isEqualTo(FpFlags.NV);
  }
}
