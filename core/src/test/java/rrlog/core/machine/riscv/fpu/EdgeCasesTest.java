package rrlog.core.machine.riscv.fpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static rrlog.core.machine.riscv.fpu.FpFlags.DZ;
import static rrlog.core.machine.riscv.fpu.FpFlags.NV;
import static rrlog.core.machine.riscv.fpu.FpFlags.NX;
import static rrlog.core.machine.riscv.fpu.FpFlags.OF;
import static rrlog.core.machine.riscv.fpu.FpFlags.UF;
import static rrlog.core.machine.riscv.fpu.Rounding.RDN;
import static rrlog.core.machine.riscv.fpu.Rounding.RMM;
import static rrlog.core.machine.riscv.fpu.Rounding.RNE;
import static rrlog.core.machine.riscv.fpu.Rounding.RTZ;
import static rrlog.core.machine.riscv.fpu.Rounding.RUP;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Literals worked out by hand, one rule of IEEE 754 or of RISC-V a test. */
class EdgeCasesTest {
  private static final long ONE = 0x3ff0000000000000L;
  private static final long INFINITY = 0x7ff0000000000000L;
  private static final long MINUS_ZERO = 0x8000000000000000L;
  private static final long MINUS_INFINITY = 0xfff0000000000000L;
  private static final long LARGEST = 0x7fefffffffffffffL;
  private static final long SMALLEST_NORMAL = 0x0010000000000000L;
  private static final long CANONICAL = 0x7ff8000000000000L;
  private static final long OTHER_QUIET = 0xfff8000000001234L;
  private static final long SIGNALLING = 0x7ff0000000000001L;

  private final FpFlags flags = new FpFlags();

  @Test
  void boxing_sets_the_upper_half() {
    assertThat(Binary32.box(0x3f800000)).isEqualTo(0xffffffff3f800000L);
  }

  @Test
  void unboxing_gives_the_lower_half_of_a_boxed_single() {
    assertThat(Binary32.unbox(0xffffffffbf800000L)).isEqualTo(0xbf800000);
  }

  @Test
  void unboxing_gives_the_canonical_nan_of_anything_else() {
    assertThat(Binary32.unbox(0xfffffffe3f800000L)).isEqualTo(0x7fc00000);
  }

  /** 1 + 2^-53 lies half-way between 1 and the next number. */
  @ParameterizedTest
  @CsvSource({"0,0", "1,0", "2,0", "3,1", "4,1"})
  void halfwayAboveAnEvenNumber(int mode, long steps) {
    assertThat(Binary64.add(ONE, 0x3ca0000000000000L, mode, flags)).isEqualTo(ONE + steps);
    assertThat(flags.bits).isEqualTo(NX);
  }

  /** The like for -(1 + 2^-52), an odd number, further from zero. */
  @ParameterizedTest
  @CsvSource({"0,1", "1,0", "2,1", "3,0", "4,1"})
  void halfwayBeyondAnOddNegativeNumber(int mode, long steps) {
    assertThat(Binary64.add(0xbff0000000000001L, 0xbca0000000000000L, mode, flags))
        .isEqualTo(0xbff0000000000001L + steps);
    assertThat(flags.bits).isEqualTo(NX);
  }

  /** 2^-1074 / 2: half of the smallest number. */
  @ParameterizedTest
  @CsvSource({"0,0", "1,0", "2,0", "3,1", "4,1"})
  void halfOfTheSmallestSubnormal(int mode, long expected) {
    assertThat(Binary64.mul(1, 0x3fe0000000000000L, mode, flags)).isEqualTo(expected);
    assertThat(flags.bits).isEqualTo(UF | NX);
  }

  @Test
  void an_exact_subnormal_result_raises_nothing() {
    assertThat(Binary64.mul(SMALLEST_NORMAL, 0x3fe0000000000000L, RNE, flags))
        .isEqualTo(0x0008000000000000L);
    assertThat(flags.bits).isZero();
  }

  /**
   * (1 - 2^-53) * 2^-1022 is half-way between the largest subnormal and the smallest normal number
   * and fits 53 bits: nothing rounds it up before the bound of the exponent does. It is tiny.
   */
  @Test
  void results_that_only_the_exponents_bound_rounds_up_to_normal_underflow() {
    assertThat(Binary64.mul(SMALLEST_NORMAL, 0x3fefffffffffffffL, RNE, flags))
        .isEqualTo(SMALLEST_NORMAL);
    assertThat(flags.bits).isEqualTo(UF | NX);
  }

  /** 2^-1022 (1 + 2^-52)(1 - 2^-52) = 2^-1022 (1 - 2^-104), which 53 bits round to 2^-1022. */
  @Test
  void results_that_full_precision_rounds_up_to_normal_do_not_underflow() {
    assertThat(Binary64.mul(SMALLEST_NORMAL + 1, 0x3feffffffffffffeL, RNE, flags))
        .isEqualTo(SMALLEST_NORMAL);
    assertThat(flags.bits).isEqualTo(NX);
  }

  @Test
  void the_same_product_rounded_down_underflows() {
    assertThat(Binary64.mul(SMALLEST_NORMAL + 1, 0x3feffffffffffffeL, RTZ, flags))
        .isEqualTo(SMALLEST_NORMAL - 1);
    assertThat(flags.bits).isEqualTo(UF | NX);
  }

  /** The single 2^-126 (1 + 2^-23)(1 - 2^-23) = 2^-126 (1 - 2^-46). */
  @Test
  void singles_that_full_precision_rounds_up_to_normal_do_not_underflow() {
    assertThat(Binary32.mul(0x00800001, 0x3f7ffffe, RUP, flags)).isEqualTo(0x00800000);
    assertThat(flags.bits).isEqualTo(NX);
  }

  @ParameterizedTest
  @CsvSource({"0,true", "1,false", "2,false", "3,true", "4,true"})
  void positiveOverflow(int mode, boolean infinite) {
    assertThat(Binary64.add(LARGEST, LARGEST, mode, flags))
        .isEqualTo(infinite ? INFINITY : LARGEST);
    assertThat(flags.bits).isEqualTo(OF | NX);
  }

  @ParameterizedTest
  @CsvSource({"0,true", "1,false", "2,true", "3,false", "4,true"})
  void negativeOverflow(int mode, boolean infinite) {
    assertThat(Binary32.mul(0xff7fffff, 0x7f7fffff, mode, flags))
        .isEqualTo(infinite ? 0xff800000 : 0xff7fffff);
    assertThat(flags.bits).isEqualTo(OF | NX);
  }

  /** Largest + half of its last unit is where rounding to nearest begins to overflow. */
  @Test
  void half_a_unit_beyond_the_largest_overflows_to_nearest() {
    assertThat(Binary64.add(LARGEST, 0x7c90000000000000L, RNE, flags)).isEqualTo(INFINITY);
    assertThat(flags.bits).isEqualTo(OF | NX);
  }

  @Test
  void less_than_half_a_unit_beyond_the_largest_does_not_overflow() {
    assertThat(Binary64.add(LARGEST, 0x7c8fffffffffffffL, RMM, flags)).isEqualTo(LARGEST);
    assertThat(flags.bits).isEqualTo(NX);
  }

  @ParameterizedTest
  @CsvSource({"0,false", "1,false", "2,true", "3,false", "4,false"})
  void cancellationGivesMinusZeroOnlyWhenRoundingDown(int mode, boolean negative) {
    long expected = negative ? MINUS_ZERO : 0;
    assertThat(Binary64.sub(ONE, ONE, mode, flags)).isEqualTo(expected);
    assertThat(Binary64.madd(ONE, ONE, ONE | MINUS_ZERO, mode, flags)).isEqualTo(expected);
    assertThat(Binary64.add(MINUS_ZERO, 0, mode, flags)).isEqualTo(expected);
    assertThat(flags.bits).isZero();
  }

  @Test
  void zeros_of_one_sign_keep_it() {
    assertThat(Binary64.add(MINUS_ZERO, MINUS_ZERO, RUP, flags)).isEqualTo(MINUS_ZERO);
    assertThat(Binary64.add(0, 0, RDN, flags)).isZero();
    assertThat(Binary32.add(0, 0, RDN, flags)).isZero();
    assertThat(Binary32.madd(0, 0, 0, RDN, flags)).isZero();
  }

  @Test
  void division_of_a_number_by_zero() {
    assertThat(Binary64.div(ONE, MINUS_ZERO, RTZ, flags)).isEqualTo(MINUS_INFINITY);
    assertThat(flags.bits).isEqualTo(DZ);
  }

  @Test
  void division_of_infinity_by_zero_is_exact() {
    assertThat(Binary64.div(INFINITY, MINUS_ZERO, RNE, flags)).isEqualTo(MINUS_INFINITY);
    assertThat(flags.bits).isZero();
  }

  @Test
  void zero_by_zero_is_invalid() {
    assertThat(Binary64.div(0, 0, RNE, flags)).isEqualTo(CANONICAL);
    assertThat(flags.bits).isEqualTo(NV);
  }

  @Test
  void infinity_minus_infinity_is_invalid() {
    assertThat(Binary64.sub(INFINITY, INFINITY, RNE, flags)).isEqualTo(CANONICAL);
    assertThat(flags.bits).isEqualTo(NV);
  }

  @Test
  void root_of_a_negative_number_is_invalid() {
    assertThat(Binary64.sqrt(ONE | MINUS_ZERO, RNE, flags)).isEqualTo(CANONICAL);
    assertThat(flags.bits).isEqualTo(NV);
  }

  @Test
  void root_of_minus_zero_is_minus_zero() {
    assertThat(Binary64.sqrt(MINUS_ZERO, RNE, flags)).isEqualTo(MINUS_ZERO);
    assertThat(flags.bits).isZero();
  }

  @Test
  void quiet_nans_become_canonical_in_silence() {
    assertThat(Binary64.add(OTHER_QUIET, ONE, RNE, flags)).isEqualTo(CANONICAL);
    assertThat(Binary32.mul(0xffc01234, 0x3f800000, RNE, flags)).isEqualTo(0x7fc00000);
    assertThat(flags.bits).isZero();
  }

  @Test
  void signalling_nans_are_invalid() {
    assertThat(Binary64.mul(ONE, SIGNALLING, RNE, flags)).isEqualTo(CANONICAL);
    assertThat(flags.bits).isEqualTo(NV);
  }

  @Test
  void infinity_times_zero_plus_quiet_nan_is_invalid() {
    assertThat(Binary64.madd(INFINITY, 0, OTHER_QUIET, RNE, flags)).isEqualTo(CANONICAL);
    assertThat(flags.bits).isEqualTo(NV);
  }

  @Test
  void infinite_product_against_infinite_addend_is_invalid() {
    assertThat(Binary64.msub(INFINITY, ONE, INFINITY, RNE, flags)).isEqualTo(CANONICAL);
    assertThat(flags.bits).isEqualTo(NV);
  }

  /** 3 * 5 and 7 in the four sign combinations. */
  @Test
  void fused_variants_take_their_signs() {
    int three = 0x40400000;
    int five = 0x40a00000;
    int seven = 0x40e00000;
    assertThat(Binary32.madd(three, five, seven, RNE, flags)).isEqualTo(0x41b00000); // 22
    assertThat(Binary32.msub(three, five, seven, RNE, flags)).isEqualTo(0x41000000); // 8
    assertThat(Binary32.nmsub(three, five, seven, RNE, flags)).isEqualTo(0xc1000000); // -8
    assertThat(Binary32.nmadd(three, five, seven, RNE, flags)).isEqualTo(0xc1b00000); // -22
    assertThat(flags.bits).isZero();
  }

  /** (1 + 2^-25)(1 - 2^-25 + 2^-50) = 1 + 2^-75, and 2^53 + 1 is half-way: the 2^-75 decides. */
  @Test
  void the_last_bit_of_a_product_breaks_a_tie() {
    long a = Double.doubleToRawLongBits(1 + 0x1p-25);
    long b = Double.doubleToRawLongBits(1 - 0x1p-25 + 0x1p-50);
    assertThat(Binary64.madd(a, b, Double.doubleToRawLongBits(0x1p53), RNE, flags))
        .isEqualTo(Double.doubleToRawLongBits(0x1p53 + 2));
    assertThat(flags.bits).isEqualTo(NX);
  }

  @Test
  void minus_zero_is_the_smaller_zero() {
    assertThat(Bits64.min(0, MINUS_ZERO, flags)).isEqualTo(MINUS_ZERO);
    assertThat(Bits64.max(MINUS_ZERO, 0, flags)).isZero();
    assertThat(flags.bits).isZero();
  }

  @Test
  void minimum_prefers_the_number_to_a_quiet_nan() {
    assertThat(Bits64.min(OTHER_QUIET, ONE, flags)).isEqualTo(ONE);
    assertThat(flags.bits).isZero();
  }

  @Test
  void minimum_with_a_signalling_nan_is_invalid_and_still_the_number() {
    assertThat(Bits64.min(ONE, SIGNALLING, flags)).isEqualTo(ONE);
    assertThat(flags.bits).isEqualTo(NV);
  }

  @Test
  void maximum_of_two_nans_is_canonical() {
    assertThat(Bits64.max(OTHER_QUIET, OTHER_QUIET, flags)).isEqualTo(CANONICAL);
    assertThat(flags.bits).isZero();
  }

  @Test
  void equality_is_quiet() {
    assertThat(Bits64.eq(OTHER_QUIET, OTHER_QUIET, flags)).isFalse();
    assertThat(flags.bits).isZero();
  }

  @Test
  void order_is_signalling() {
    assertThat(Bits64.le(OTHER_QUIET, ONE, flags)).isFalse();
    assertThat(flags.bits).isEqualTo(NV);
  }

  @ParameterizedTest
  @CsvSource({
    "ff800000,0", "bf800000,1", "80000001,2", "80000000,3", "00000000,4",
    "007fffff,5", "00800000,6", "7f800000,7", "7f800001,8", "ffc00000,9"
  })
  void everyNumberHasOneClass(String bits, int shift) {
    assertThat(Bits32.classify(Integer.parseUnsignedInt(bits, 16))).isEqualTo(1 << shift);
  }

  @Test
  void flags_accrue() {
    Binary64.div(ONE, 0, RNE, flags);
    Binary64.add(LARGEST, LARGEST, RNE, flags);
    assertThat(flags.bits).isEqualTo(DZ | OF | NX);
  }

  @Test
  void sign_injection() {
    assertThat(Bits64.signInject(MINUS_INFINITY, ONE)).isEqualTo(INFINITY);
    assertThat(Bits64.signInjectNegated(ONE, ONE)).isEqualTo(ONE | MINUS_ZERO);
    assertThat(Bits64.signInjectXor(SIGNALLING, MINUS_ZERO)).isEqualTo(SIGNALLING | MINUS_ZERO);
  }

  @ParameterizedTest
  @CsvSource({"-1,false", "0,true", "4,true", "5,false", "7,false"})
  void fiveModesAreDefined(int mode, boolean defined) {
    assertThat(Rounding.isMode(mode)).isEqualTo(defined);
  }

  @Test
  void an_undefined_mode_is_refused_where_it_would_matter() {
    assertThatThrownBy(() -> Binary64.add(ONE, 1, 5, flags))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
