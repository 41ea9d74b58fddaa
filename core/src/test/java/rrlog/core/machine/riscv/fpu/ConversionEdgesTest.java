package rrlog.core.machine.riscv.fpu;

import static org.assertj.core.api.Assertions.assertThat;
import static rrlog.core.machine.riscv.fpu.FpFlags.NV;
import static rrlog.core.machine.riscv.fpu.FpFlags.NX;
import static rrlog.core.machine.riscv.fpu.Rounding.RDN;
import static rrlog.core.machine.riscv.fpu.Rounding.RNE;
import static rrlog.core.machine.riscv.fpu.Rounding.RTZ;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Conversions at the limits of their targets, worked out by hand. */
class ConversionEdgesTest {
  private static final long CANONICAL = 0x7ff8000000000000L;

  private final FpFlags flags = new FpFlags();

  /** 16777217 = 2^24 + 1 lies half-way between two singles, the lower of them even. */
  @ParameterizedTest
  @CsvSource({"0,0", "1,0", "2,0", "3,1", "4,1"})
  void halfwayBetweenSingles(int mode, int steps) {
    assertThat(Conversions.int32ToSingle(16777217, mode, flags)).isEqualTo(0x4b800000 + steps);
    assertThat(flags.bits).isEqualTo(NX);
  }

  @ParameterizedTest
  @CsvSource({
    "NaN,2147483647,16", "Infinity,2147483647,16", "-Infinity,-2147483648,16",
    "2147483647.0,2147483647,0", "2147483647.5,2147483647,1", "2147483648.0,2147483647,16",
    "-2147483648.5,-2147483648,1", "-2147483649.0,-2147483648,16", "-0.0,0,0"
  })
  void truncationToInt32(double value, int expected, int raised) {
    assertThat(Conversions.doubleToInt32(Double.doubleToRawLongBits(value), RTZ, flags))
        .isEqualTo(expected);
    assertThat(flags.bits).isEqualTo(raised);
  }

  @Test
  void rounding_up_past_the_largest_int32_is_invalid_and_not_inexact() {
    assertThat(Conversions.doubleToInt32(Double.doubleToRawLongBits(2147483647.5), RNE, flags))
        .isEqualTo(Integer.MAX_VALUE);
    assertThat(flags.bits).isEqualTo(NV);
  }

  @ParameterizedTest
  @CsvSource({
    "NaN,-1,16",
    "-Infinity,0,16",
    "4294967295.0,-1,0",
    "4294967296.0,-1,16",
    "-1.0,0,16",
    "-0.75,0,1"
  })
  void truncationToUint32(double value, int expected, int raised) {
    assertThat(Conversions.doubleToUint32(Double.doubleToRawLongBits(value), RTZ, flags))
        .isEqualTo(expected);
    assertThat(flags.bits).isEqualTo(raised);
  }

  @Test
  void a_fraction_below_zero_rounded_down_does_not_fit_unsigned() {
    assertThat(Conversions.singleToUint64(0xbf400000, RDN, flags)).isZero();
    assertThat(flags.bits).isEqualTo(NV);
  }

  @ParameterizedTest
  @CsvSource({
    "NaN,9223372036854775807,16",
    "-Infinity,-9223372036854775808,16",
    "9223372036854775808.0,9223372036854775807,16",
    "-9223372036854775808.0,-9223372036854775808,0",
    "-9223372036854777856.0,-9223372036854775808,16"
  })
  void truncationToInt64(double value, long expected, int raised) {
    assertThat(Conversions.doubleToInt64(Double.doubleToRawLongBits(value), RTZ, flags))
        .isEqualTo(expected);
    assertThat(flags.bits).isEqualTo(raised);
  }

  @Test
  void the_largest_double_below_two_to_the64_fits_uint64() {
    assertThat(Conversions.doubleToUint64(0x43efffffffffffffL, RNE, flags))
        .isEqualTo(0xfffffffffffff800L);
    assertThat(flags.bits).isZero();
  }

  @ParameterizedTest
  @CsvSource({"0,2", "1,2", "2,2", "3,3", "4,3"})
  void twoAndAHalfToAnInteger(int mode, long expected) {
    assertThat(Conversions.doubleToInt64(0x4004000000000000L, mode, flags)).isEqualTo(expected);
    assertThat(flags.bits).isEqualTo(NX);
  }

  @Test
  void the_largest_uint64_rounds_to_two_to_the64() {
    assertThat(Conversions.uint64ToDouble(-1, RNE, flags)).isEqualTo(0x43f0000000000000L);
    assertThat(flags.bits).isEqualTo(NX);
  }

  @Test
  void widening_a_signalling_nan_is_invalid() {
    assertThat(Conversions.singleToDouble(0xff800001, flags)).isEqualTo(CANONICAL);
    assertThat(flags.bits).isEqualTo(NV);
  }
}
