package rrlog.core.machine.riscv.fpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rounding operation, in every mode, against exact arithmetic of unbounded precision. */
class ExactReferenceTest {
  private static final int CASES = 25_000;
  private static final int SHOWN = 5;
  private static final long BOX = 0xffffffff00000000L;

  private static Stream<Arguments> crossed(List<String> names) {
    return names.stream()
        .flatMap(name -> IntStream.range(0, 5).mapToObj(mode -> Arguments.of(name, mode)));
  }

  static Stream<Arguments> arithmetic() {
    return crossed(
        Stream.of("fadd", "fsub", "fmul", "fdiv", "fsqrt", "fmadd", "fmsub", "fnmsub", "fnmadd")
            .flatMap(name -> Stream.of(name + ".d", name + ".s"))
            .toList());
  }

  static Stream<Arguments> toIntegers() {
    return crossed(
        Stream.of("w", "wu", "l", "lu")
            .flatMap(type -> Stream.of("fcvt." + type + ".d", "fcvt." + type + ".s"))
            .toList());
  }

  static Stream<Arguments> fromIntegers() {
    return crossed(
        Stream.of("w", "wu", "l", "lu")
            .flatMap(type -> Stream.of("fcvt.d." + type, "fcvt.s." + type))
            .toList());
  }

  @ParameterizedTest(name = "{0} in mode {1}")
  @MethodSource("arithmetic")
  void arithmeticOnFiniteNumbersRoundsTheExactResult(String name, int mode) {
    Format format = name.endsWith(".d") ? Format.BINARY64 : Format.BINARY32;
    RandomGenerator random = new SplittableRandom(31 * name.hashCode() + mode);
    Mismatches mismatches = new Mismatches();
    for (int i = 0; i < CASES; i++) {
      long a = format.randomNumber(random);
      long b = format.randomNumber(random);
      long c = format.randomNumber(random);
      if (name.contains("sqrt")) {
        a &= ~format.signBit;
      }
      switch (random.nextInt(8)) {
        case 0 -> b = near(format, a, random);
        case 1 -> c = near(format, approximateProduct(format, a, b), random);
        default -> {}
      }
      Reference.Rounded expected = expected(format, name, a, b, c, mode);
      mismatches.check(name, mode, format, a, b, c, expected);
    }
    assertThat(mismatches.list).isEmpty();
  }

  @ParameterizedTest(name = "mode {0}")
  @MethodSource("modes")
  void narrowingRoundsTheExactValue(int mode) {
    RandomGenerator random = new SplittableRandom(mode);
    Mismatches mismatches = new Mismatches();
    for (int i = 0; i < CASES; i++) {
      long a = Format.BINARY64.randomNumber(random);
      if (random.nextBoolean()) {
        // Around the range of singles, from below its subnormals to above its largest.
        long field = Format.BINARY64.bias + random.nextInt(-152, 131);
        a = a & ~(0x7ffL << 52) | field << 52;
      }
      Reference.Rounded expected =
          Reference.round(Format.BINARY32, Format.BINARY64.decode(a), mode);
      mismatches.check(
          "fcvt.s.d", mode, Format.BINARY64, a, 0, 0, expected.bits() | BOX, expected.flags());
    }
    assertThat(mismatches.list).isEmpty();
  }

  static IntStream modes() {
    return IntStream.range(0, 5);
  }

  @ParameterizedTest(name = "{0} in mode {1}")
  @MethodSource("toIntegers")
  void conversionToAnIntegerRoundsAndSaturates(String name, int mode) {
    Format format = name.endsWith(".d") ? Format.BINARY64 : Format.BINARY32;
    RandomGenerator random = new SplittableRandom(31 * name.hashCode() + mode);
    Mismatches mismatches = new Mismatches();
    for (int i = 0; i < CASES; i++) {
      long a = format.randomNumber(random);
      if (random.nextBoolean()) {
        long field = format.bias + random.nextInt(-3, 67);
        long mask = (long) format.specialExponent << format.fractionBits;
        a = a & ~mask | field << format.fractionBits;
      }
      Dyadic exact = format.decode(a);
      BigInteger rounded = Reference.toInteger(exact, mode);
      BigInteger fitting = rounded.max(smallest(name)).min(largest(name));
      int flags = 0;
      if (!fitting.equals(rounded)) {
        flags = FpFlags.NV;
      } else if (!Reference.isInteger(exact)) {
        flags = FpFlags.NX;
      }
      long expected = name.contains(".w") ? fitting.intValue() : fitting.longValue();
      mismatches.check(name, mode, format, a, 0, 0, expected, flags);
    }
    assertThat(mismatches.list).isEmpty();
  }

  @ParameterizedTest(name = "{0} in mode {1}")
  @MethodSource("fromIntegers")
  void conversionFromAnIntegerRoundsItsValue(String name, int mode) {
    Format format = name.contains(".d.") ? Format.BINARY64 : Format.BINARY32;
    RandomGenerator random = new SplittableRandom(31 * name.hashCode() + mode);
    Mismatches mismatches = new Mismatches();
    for (int i = 0; i < CASES; i++) {
      long a = random.nextLong() >> random.nextInt(64);
      if (random.nextInt(4) == 0) {
        a = Long.rotateLeft(-1L << random.nextInt(64), random.nextInt(64)) + random.nextInt(-1, 2);
      }
      BigInteger value =
          name.endsWith("w")
              ? BigInteger.valueOf((int) a)
              : name.endsWith("wu") ? BigInteger.valueOf(a & 0xffffffffL) : BigInteger.valueOf(a);
      if (name.endsWith("lu") && a < 0) {
        value = value.add(BigInteger.ONE.shiftLeft(64));
      }
      Reference.Rounded expected =
          value.signum() == 0
              ? new Reference.Rounded(0, 0)
              : Reference.round(format, new Dyadic(value, 0), mode);
      long bits = format == Format.BINARY32 ? expected.bits() | BOX : expected.bits();
      mismatches.check(name, mode, Format.BINARY64, a, 0, 0, bits, expected.flags());
    }
    assertThat(mismatches.list).isEmpty();
  }

  private static Reference.Rounded expected(
      Format format, String name, long aBits, long bBits, long cBits, int mode) {
    Dyadic a = format.decode(aBits);
    Dyadic b = format.decode(bBits);
    Dyadic c = format.decode(cBits);
    return switch (name.substring(0, name.indexOf('.'))) {
      case "fadd" -> Reference.sum(format, a, b, mode);
      case "fsub" -> Reference.sum(format, a, b.negated(), mode);
      case "fmul" -> Reference.product(format, a, b, mode);
      case "fdiv" -> Reference.quotient(format, a, b, mode);
      case "fsqrt" -> Reference.squareRoot(format, a, mode);
      case "fmadd" -> Reference.sum(format, a.times(b), c, mode);
      case "fmsub" -> Reference.sum(format, a.times(b), c.negated(), mode);
      case "fnmsub" -> Reference.sum(format, a.times(b).negated(), c, mode);
      case "fnmadd" -> Reference.sum(format, a.times(b).negated(), c.negated(), mode);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static BigInteger smallest(String name) {
    return switch (name.substring(0, name.length() - 2)) {
      case "fcvt.w" -> BigInteger.valueOf(Integer.MIN_VALUE);
      case "fcvt.l" -> BigInteger.valueOf(Long.MIN_VALUE);
      default -> BigInteger.ZERO;
    };
  }

  private static BigInteger largest(String name) {
    return switch (name.substring(0, name.length() - 2)) {
      case "fcvt.w" -> BigInteger.valueOf(Integer.MAX_VALUE);
      case "fcvt.wu" -> BigInteger.valueOf(0xffffffffL);
      case "fcvt.l" -> BigInteger.valueOf(Long.MAX_VALUE);
      default -> BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
    };
  }

  /** A number a few units in the last place away, of either sign; b itself if that is none. */
  private static long near(Format format, long b, RandomGenerator random) {
    long moved = (b & ~format.signBit) + random.nextInt(-2, 3);
    boolean number = moved > 0 && format.isFinite(moved);
    return format.signed(random.nextBoolean(), number ? moved : 1);
  }

  private static long approximateProduct(Format format, long a, long b) {
    if (format == Format.BINARY64) {
      return Double.doubleToRawLongBits(Double.longBitsToDouble(a) * Double.longBitsToDouble(b));
    }
    float product = Float.intBitsToFloat((int) a) * Float.intBitsToFloat((int) b);
    return Float.floatToRawIntBits(product) & 0xffffffffL;
  }

  /** Runs cases, with no flag and with all flags set before, and keeps the first that are wrong. */
  private static final class Mismatches {
    final List<String> list = new ArrayList<>();

    void check(
        String name, int mode, Format in, long a, long b, long c, Reference.Rounded expected) {
      long bits = in == Format.BINARY32 ? expected.bits() | BOX : expected.bits();
      check(name, mode, in, a, b, c, bits, expected.flags());
    }

    void check(
        String name, int mode, Format in, long a, long b, long c, long expected, int raised) {
      long box = in == Format.BINARY32 ? BOX : 0;
      FpFlags flags = new FpFlags();
      long first = Instructions.execute(name, mode, a | box, b | box, c | box, flags);
      FpFlags set = new FpFlags();
      set.bits = 31;
      long second = Instructions.execute(name, mode, a | box, b | box, c | box, set);
      boolean right =
          first == expected && flags.bits == raised && second == expected && set.bits == 31;
      if (!right && list.size() < SHOWN) {
        list.add(
            String.format(
                "%s %d %x %x %x: %x %02x, then %x %02x; expected %x %02x",
                name, mode, a, b, c, first, flags.bits, second, set.bits, expected, raised));
      }
    }
  }
}
