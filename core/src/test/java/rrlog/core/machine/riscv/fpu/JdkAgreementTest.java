package rrlog.core.machine.riscv.fpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleToLongFunction;
import org.junit.jupiter.api.Test;

/**
 * Results in RNE, and of truncating conversions, against the JDK's on numbers of every kind, NaNs
 * and infinities among them.
 */
class JdkAgreementTest {
  private static final int CASES = 200_000;

  private interface DoubleOperation {
    double apply(double a, double b, double c);
  }

  private interface FloatOperation {
    float apply(float a, float b, float c);
  }

  @Test
  void double_addition() {
    assertDoubles("fadd.d", (a, b, c) -> a + b);
  }

  @Test
  void double_subtraction() {
    assertDoubles("fsub.d", (a, b, c) -> a - b);
  }

  @Test
  void double_multiplication() {
    assertDoubles("fmul.d", (a, b, c) -> a * b);
  }

  @Test
  void double_division() {
    assertDoubles("fdiv.d", (a, b, c) -> a / b);
  }

  @Test
  void double_square_root() {
    assertDoubles("fsqrt.d", (a, b, c) -> Math.sqrt(a));
  }

  @Test
  void double_fused_multiply_add() {
    assertDoubles("fmadd.d", Math::fma);
    assertDoubles("fmsub.d", (a, b, c) -> Math.fma(a, b, -c));
    assertDoubles("fnmsub.d", (a, b, c) -> Math.fma(-a, b, c));
    assertDoubles("fnmadd.d", (a, b, c) -> Math.fma(-a, b, -c));
  }

  @Test
  void float_addition() {
    assertFloats("fadd.s", (a, b, c) -> a + b);
  }

  @Test
  void float_subtraction() {
    assertFloats("fsub.s", (a, b, c) -> a - b);
  }

  @Test
  void float_multiplication() {
    assertFloats("fmul.s", (a, b, c) -> a * b);
  }

  @Test
  void float_division() {
    assertFloats("fdiv.s", (a, b, c) -> a / b);
  }

  @Test
  void float_square_root() {
    assertFloats("fsqrt.s", (a, b, c) -> (float) Math.sqrt(a));
  }

  @Test
  void float_fused_multiply_add() {
    assertFloats("fmadd.s", Math::fma);
    assertFloats("fmsub.s", (a, b, c) -> Math.fma(a, b, -c));
    assertFloats("fnmsub.s", (a, b, c) -> Math.fma(-a, b, c));
    assertFloats("fnmadd.s", (a, b, c) -> Math.fma(-a, b, -c));
  }

  @Test
  void comparisons() {
    List<String> wrong = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(1);
    FpFlags flags = new FpFlags();
    for (int i = 0; i < CASES; i++) {
      long a = Format.BINARY64.random(random);
      long b =
          random.nextInt(4) == 0
              ? a ^ (random.nextLong() & 1L << 63)
              : Format.BINARY64.random(random);
      double x = Double.longBitsToDouble(a);
      double y = Double.longBitsToDouble(b);
      if (Bits64.eq(a, b, flags) != (x == y)
          || Bits64.lt(a, b, flags) != (x < y)
          || Bits64.le(a, b, flags) != (x <= y)) {
        wrong.add(x + " " + y);
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void minimum_and_maximum_of_numbers() {
    List<String> wrong = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(2);
    FpFlags flags = new FpFlags();
    for (int i = 0; i < CASES; i++) {
      double x = Double.longBitsToDouble(Format.BINARY64.random(random));
      double y = Double.longBitsToDouble(Format.BINARY64.random(random));
      if (Double.isNaN(x) || Double.isNaN(y)) {
        continue;
      }
      long a = Double.doubleToRawLongBits(x);
      long b = Double.doubleToRawLongBits(y);
      if (Bits64.min(a, b, flags) != Double.doubleToRawLongBits(Math.min(x, y))
          || Bits64.max(a, b, flags) != Double.doubleToRawLongBits(Math.max(x, y))) {
        wrong.add(x + " " + y);
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void widening_and_narrowing() {
    List<String> wrong = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(3);
    FpFlags flags = new FpFlags();
    for (int i = 0; i < CASES; i++) {
      int single = (int) Format.BINARY32.random(random);
      long wide = Conversions.singleToDouble(single, flags);
      if (wide != Double.doubleToLongBits(Float.intBitsToFloat(single))) {
        wrong.add(String.format("%08x -> %016x", single, wide));
      }
      long a = Format.BINARY64.random(random);
      int narrow = Conversions.doubleToSingle(a, Rounding.RNE, flags);
      if (narrow != Float.floatToIntBits((float) Double.longBitsToDouble(a))) {
        wrong.add(String.format("%016x -> %08x", a, narrow));
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void truncation_to_int() {
    assertTruncation("fcvt.w.d", Integer.MAX_VALUE, x -> (int) x);
  }

  @Test
  void truncation_to_long() {
    assertTruncation("fcvt.l.d", Long.MAX_VALUE, x -> (long) x);
  }

  @Test
  void conversion_from_long() {
    List<String> wrong = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(4);
    FpFlags flags = new FpFlags();
    for (int i = 0; i < CASES; i++) {
      long value = random.nextLong() >> random.nextInt(64);
      long toDouble = Conversions.int64ToDouble(value, Rounding.RNE, flags);
      int toSingle = Conversions.int64ToSingle(value, Rounding.RNE, flags);
      if (toDouble != Double.doubleToRawLongBits((double) value)
          || toSingle != Float.floatToRawIntBits((float) value)) {
        wrong.add(String.format("%d -> %016x %08x", value, toDouble, toSingle));
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** Java turns a NaN into 0, RISC-V into the largest integer. */
  private static void assertTruncation(String name, long ofNan, DoubleToLongFunction expected) {
    List<String> wrong = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(6);
    for (int i = 0; i < CASES; i++) {
      long a = Format.BINARY64.random(random);
      double x = Double.longBitsToDouble(a);
      long actual = Instructions.execute(name, Rounding.RTZ, a, 0, 0, new FpFlags());
      if (actual != (Double.isNaN(x) ? ofNan : expected.applyAsLong(x))) {
        wrong.add(x + " -> " + actual);
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static void assertDoubles(String name, DoubleOperation expected) {
    List<String> wrong = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(name.hashCode());
    for (int i = 0; i < CASES; i++) {
      long a = Format.BINARY64.random(random);
      long b = Format.BINARY64.random(random);
      long c = Format.BINARY64.random(random);
      double result =
          expected.apply(
              Double.longBitsToDouble(a), Double.longBitsToDouble(b), Double.longBitsToDouble(c));
      long actual = Instructions.execute(name, Rounding.RNE, a, b, c, new FpFlags());
      if (actual != Double.doubleToLongBits(result)) {
        wrong.add(String.format("%016x %016x %016x -> %016x", a, b, c, actual));
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static void assertFloats(String name, FloatOperation expected) {
    List<String> wrong = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(name.hashCode());
    for (int i = 0; i < CASES; i++) {
      int a = (int) Format.BINARY32.random(random);
      int b = (int) Format.BINARY32.random(random);
      int c = (int) Format.BINARY32.random(random);
      float result =
          expected.apply(Float.intBitsToFloat(a), Float.intBitsToFloat(b), Float.intBitsToFloat(c));
      long actual =
          Instructions.execute(
              name, Rounding.RNE, Binary32.box(a), Binary32.box(b), Binary32.box(c), new FpFlags());
      if (actual != Binary32.box(Float.floatToIntBits(result))) {
        wrong.add(String.format("%08x %08x %08x -> %016x", a, b, c, actual));
      }
    }
    assertThat(wrong).isEmpty();
  }
}
