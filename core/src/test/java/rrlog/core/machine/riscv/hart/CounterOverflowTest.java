package rrlog.core.machine.riscv.hart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Interrupt 13 that is pending in mip and delegated, as random programs found it. */
final class CounterOverflowTest {
  private static final long BIT = 1 << 13;

  @ParameterizedTest
  @CsvSource({"7.2.22, 8192", "10.0.13, 0"})
  void in_sip(String release, long shown) {
    OneInstruction hart = new OneInstruction(release);
    hart.s.mideleg |= BIT;
    hart.s.mip |= BIT;

    assertThat(hart.csrs.peek(0x144)).isEqualTo(shown);
  }
}
