package rrlog.cli.render;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compared with the JDK's formatter, which is what users saw before. */
class NumbersTest {
  @ParameterizedTest
  @ValueSource(
      longs = {
        0,
        7,
        999,
        1000,
        123_456,
        1_052_280_784L,
        -1,
        -999,
        -1000,
        Long.MAX_VALUE,
        Long.MIN_VALUE
      })
  void wholeNumbersAreGrouped(long number) {
    assertEquals(String.format(Locale.ROOT, "%,d", number), Numbers.grouped(number));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.0004, 0.0006, 0.05, 0.3, 0.999, 0.9996, 12.3456, 411.26, 98765.4321})
  void fractionsAreRounded(double number) {
    assertEquals(String.format(Locale.ROOT, "%.3f", number), Numbers.rounded(number, 3));
  }
}
