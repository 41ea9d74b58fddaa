package rrlog.core.machine.riscv.hart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That each instruction of Zfa reaches its arithmetic with the right operands. */
class AdditionalFloatInstructionsTest {
  private final OneInstruction hart = new OneInstruction("8.1.0");

  /** Mnemonic, fa1, fa2, fa0. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      textBlock =
          """
          fminm.s ffffffff3f800000 ffffffffc0000000 ffffffffc0000000
          fmaxm.s ffffffff3f800000 3f800000 ffffffff7fc00000
          fround.s ffffffff40200000 0 ffffffff40400000
          froundnx.s ffffffffc0200000 0 ffffffffc0000000
          fminm.d 3ff0000000000000 c000000000000000 c000000000000000
          fmaxm.d 3ff0000000000000 7ff8000000001234 7ff8000000000000
          fround.d 4004000000000000 0 4008000000000000
          froundnx.d c004000000000000 0 c000000000000000
          """)
  void computes_a_float(String mnemonic, String a, String b, String expected) {
    hart.s.f[11] = Long.parseUnsignedLong(a, 16);
    hart.s.f[12] = Long.parseUnsignedLong(b, 16);
    hart.s.setStatus(hart.s.mstatus & ~Status.FS | 1L << 13);

    hart.run(mnemonic, 10, 11, 12, 3); // up

    assertThat(Long.toHexString(hart.s.f[10])).isEqualTo(expected);
    assertThat(hart.s.mstatus & Status.FS).as("FS is dirty").isEqualTo(Status.FS);
    assertThat(hart.s.flags.bits).isEqualTo(mnemonic.startsWith("froundnx") ? 1 : 0);
  }

  /** Mnemonic, fa1, fa2, a0. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      textBlock =
          """
          fleq.s ffffffff3f800000 ffffffff3f800000 1
          fltq.s ffffffff3f800000 ffffffff3f800000 0
          fleq.d 3ff0000000000000 3ff0000000000000 1
          fltq.d 3ff0000000000000 4000000000000000 1
          fcvtmod.w.d 41e8000000000000 0 ffffffffc0000000
          """)
  void computes_an_integer(String mnemonic, String a, String b, String expected) {
    hart.s.f[11] = Long.parseUnsignedLong(a, 16);
    hart.s.f[12] = Long.parseUnsignedLong(b, 16);

    hart.run(mnemonic, 10, 11, 12, 0);

    assertThat(Long.toHexString(hart.s.x[10])).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "0, ffffffffbf800000, bff0000000000000",
    "1, ffffffff00800000, 10000000000000",
    "9, ffffffff3ea00000, 3fd4000000000000",
    "29, ffffffff47800000, 40f0000000000000",
    "30, ffffffff7f800000, 7ff0000000000000",
    "31, ffffffff7fc00000, 7ff8000000000000"
  })
  void loads_a_constant(int number, String single, String binary64) {
    hart.run("fli.s", 10, number, 0, 0);
    hart.run("fli.d", 11, number, 0, 0);

    assertThat(Long.toHexString(hart.s.f[10])).isEqualTo(single);
    assertThat(Long.toHexString(hart.s.f[11])).isEqualTo(binary64);
  }

  @Test
  void a_release_without_it_knows_no_such_instruction() {
    assertThat(new OneInstruction("8.0.0").run("fli.d", 10, 16, 0, 0))
        .isEqualTo(Interpreter.TRAPPED);
  }

  @Test
  void is_illegal_with_floating_point_off() {
    hart.s.setStatus(hart.s.mstatus & ~Status.FS);

    assertThat(hart.run("fli.d", 10, 16, 0, 0)).isEqualTo(Interpreter.TRAPPED);
    assertThat(hart.s.trap.cause()).isEqualTo(Cause.ILLEGAL_INSTRUCTION);
  }
}
