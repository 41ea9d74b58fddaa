package rrlog.core.machine.riscv.hart;

import static org.assertj.core.api.Assertions.assertThat;
import static rrlog.core.machine.riscv.hart.OneInstruction.CODE;
import static rrlog.core.machine.riscv.hart.OneInstruction.DATA;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import rrlog.core.machine.riscv.isa.InstructionSet;
import rrlog.core.machine.riscv.isa.Op;

/**
 * That each instruction reaches its arithmetic with the right operands; the arithmetic has tests of
 * its own.
 */
class FloatInstructionsTest {
  /** Mnemonic, fa1, fa2, fa3, fa0. 3f8: 1.0, 400: 2.0, 404: 2.5 as double, 408: 3.0. */
  private static final String TO_FLOAT =
      """
      fadd.s ffffffff3f800000 ffffffff40000000 0 ffffffff40400000
      fsub.s ffffffff3f800000 ffffffff40000000 0 ffffffffbf800000
      fmul.s ffffffff40400000 ffffffff40000000 0 ffffffff40c00000
      fdiv.s ffffffff3f800000 ffffffff40000000 0 ffffffff3f000000
      fsqrt.s ffffffff40800000 0 0 ffffffff40000000
      fmadd.s ffffffff40400000 ffffffff40000000 ffffffff3f800000 ffffffff40e00000
      fmsub.s ffffffff40400000 ffffffff40000000 ffffffff3f800000 ffffffff40a00000
      fnmsub.s ffffffff40400000 ffffffff40000000 ffffffff3f800000 ffffffffc0a00000
      fnmadd.s ffffffff40400000 ffffffff40000000 ffffffff3f800000 ffffffffc0e00000
      fsgnj.s ffffffff3f800000 ffffffffc0000000 0 ffffffffbf800000
      fsgnjn.s ffffffff3f800000 ffffffffc0000000 0 ffffffff3f800000
      fsgnjx.s ffffffffbf800000 ffffffffc0000000 0 ffffffff3f800000
      fmin.s ffffffff3f800000 ffffffffc0000000 0 ffffffffc0000000
      fmax.s ffffffff3f800000 ffffffffc0000000 0 ffffffff3f800000
      fcvt.s.d 4004000000000000 0 0 ffffffff40200000
      fadd.d 3ff0000000000000 4000000000000000 0 4008000000000000
      fsub.d 3ff0000000000000 4000000000000000 0 bff0000000000000
      fmul.d 4008000000000000 4000000000000000 0 4018000000000000
      fdiv.d 3ff0000000000000 4000000000000000 0 3fe0000000000000
      fsqrt.d 4010000000000000 0 0 4000000000000000
      fmadd.d 4008000000000000 4000000000000000 3ff0000000000000 401c000000000000
      fmsub.d 4008000000000000 4000000000000000 3ff0000000000000 4014000000000000
      fnmsub.d 4008000000000000 4000000000000000 3ff0000000000000 c014000000000000
      fnmadd.d 4008000000000000 4000000000000000 3ff0000000000000 c01c000000000000
      fsgnj.d 3ff0000000000000 c000000000000000 0 bff0000000000000
      fsgnjn.d 3ff0000000000000 c000000000000000 0 3ff0000000000000
      fsgnjx.d bff0000000000000 c000000000000000 0 3ff0000000000000
      fmin.d 3ff0000000000000 c000000000000000 0 c000000000000000
      fmax.d 3ff0000000000000 c000000000000000 0 3ff0000000000000
      fcvt.d.s ffffffff40200000 0 0 4004000000000000
      """;

  /** Mnemonic, fa1, fa2, a0. */
  private static final String TO_INTEGER =
      """
      feq.s ffffffff3f800000 ffffffff3f800000 1
      flt.s ffffffff3f800000 ffffffff40000000 1
      fle.s ffffffff40000000 ffffffff3f800000 0
      fclass.s ffffffffff800000 0 1
      fmv.x.w 12345678bf800000 0 ffffffffbf800000
      fcvt.w.s ffffffffc0400000 0 fffffffffffffffd
      fcvt.wu.s ffffffff4f000000 0 ffffffff80000000
      fcvt.l.s ffffffffc0400000 0 fffffffffffffffd
      fcvt.lu.s ffffffff5f000000 0 8000000000000000
      feq.d 3ff0000000000000 3ff0000000000000 1
      flt.d 3ff0000000000000 4000000000000000 1
      fle.d 4000000000000000 3ff0000000000000 0
      fclass.d 7ff8000000000000 0 200
      fmv.x.d bff0000000000000 0 bff0000000000000
      fcvt.w.d c008000000000000 0 fffffffffffffffd
      fcvt.wu.d 41e0000000000000 0 ffffffff80000000
      fcvt.l.d c008000000000000 0 fffffffffffffffd
      fcvt.lu.d 43e0000000000000 0 8000000000000000
      """;

  /** Mnemonic, a1, fa0. */
  private static final String FROM_INTEGER =
      """
      fcvt.s.w ffffffff00000003 ffffffff40400000
      fcvt.s.wu ffffffff80000000 ffffffff4f000000
      fcvt.s.l fffffffffffffffd ffffffffc0400000
      fcvt.s.lu 8000000000000000 ffffffff5f000000
      fmv.w.x 123456783f800000 ffffffff3f800000
      fcvt.d.w ffffffff00000003 4008000000000000
      fcvt.d.wu ffffffff80000000 41e0000000000000
      fcvt.d.l fffffffffffffffd c008000000000000
      fcvt.d.lu 8000000000000000 43e0000000000000
      fmv.d.x 3ff0000000000000 3ff0000000000000
      """;

  private final OneInstruction hart = new OneInstruction();

  @ParameterizedTest
  @CsvSource(delimiter = ' ', textBlock = TO_FLOAT)
  void computes_a_float(String mnemonic, String a, String b, String c, String expected) {
    hart.s.f[11] = hex(a);
    hart.s.f[12] = hex(b);
    hart.s.f[13] = hex(c);
    hart.s.setStatus(hart.s.mstatus & ~Status.FS | 1L << 13);

    hart.run(mnemonic, 10, 11, 12, mnemonic.matches("fn?m(add|sub).*") ? 13 << 3 : 0);

    assertThat(Long.toHexString(hart.s.f[10])).isEqualTo(expected);
    assertThat(hart.s.mstatus & Status.FS).as("FS is dirty").isEqualTo(Status.FS);
  }

  @ParameterizedTest
  @CsvSource(delimiter = ' ', textBlock = TO_INTEGER)
  void computes_an_integer(String mnemonic, String a, String b, String expected) {
    hart.s.f[11] = hex(a);
    hart.s.f[12] = hex(b);
    hart.s.setStatus(hart.s.mstatus & ~Status.FS | 1L << 13);

    hart.run(mnemonic, 10, 11, 12, 0);

    assertThat(Long.toHexString(hart.s.x[10])).isEqualTo(expected);
    assertThat(hart.s.mstatus & Status.FS).as("FS stays").isEqualTo(1L << 13);
  }

  @ParameterizedTest
  @CsvSource(delimiter = ' ', textBlock = FROM_INTEGER)
  void converts_an_integer(String mnemonic, String a, String expected) {
    hart.s.x[11] = hex(a);

    hart.run(mnemonic, 10, 11, 0, 0);

    assertThat(Long.toHexString(hart.s.f[10])).isEqualTo(expected);
  }

  @Test
  void every_float_instruction_is_in_one_of_the_tables() {
    Set<String> tested =
        Stream.of(TO_FLOAT, TO_INTEGER, FROM_INTEGER, "flw\nfsw\nfld\nfsd")
            .flatMap(String::lines)
            .map(line -> line.strip().split(" ")[0])
            .collect(Collectors.toSet());
    Set<String> known =
        InstructionSet.encodings().stream()
            .filter(e -> e.op() >= Op.FLW && e.op() < Op.FLI_S)
            .map(e -> e.mnemonic())
            .collect(Collectors.toSet());

    assertThat(tested).isEqualTo(known);
  }

  @Test
  void loads_and_stores() {
    hart.ram.store(DATA - CODE, 8, 0x4008_0000_3f80_0000L);
    hart.s.x[11] = DATA;

    hart.run("flw", 10, 11, 0, 0);
    hart.run("fld", 12, 11, 0, 0);
    hart.run("fsd", 0, 11, 10, 8);
    hart.run("fsw", 0, 11, 12, 16);

    assertThat(hart.s.f[10]).isEqualTo(0xffff_ffff_3f80_0000L);
    assertThat(hart.s.f[12]).isEqualTo(0x4008_0000_3f80_0000L);
    assertThat(hart.ram.load(DATA - CODE + 8, 8)).isEqualTo(0xffff_ffff_3f80_0000L);
    assertThat(hart.ram.load(DATA - CODE + 16, 8)).isEqualTo(0x3f80_0000L);
  }

  @Test
  void accrues_flags_and_shows_them_in_fcsr() {
    hart.s.f[11] = 0x3ff0_0000_0000_0000L;
    hart.run("fdiv.d", 10, 11, 12, 0); // 1 / 0
    hart.run("fsub.d", 13, 10, 10, 0); // inf - inf
    hart.s.roundingMode = 3;

    hart.run("csrrs", 10, 0, 0, 3);

    assertThat(hart.s.x[10]).isEqualTo(3 << 5 | 0x18);
  }

  @Test
  void takes_the_dynamic_rounding_mode_from_frm() {
    hart.s.f[11] = 0x4004_0000_0000_0000L; // 2.5
    hart.s.roundingMode = 3; // up

    hart.run("fcvt.l.d", 10, 11, 0, 7);
    hart.run("fcvt.l.d", 12, 11, 0, 1);

    assertThat(hart.s.x[10]).isEqualTo(3);
    assertThat(hart.s.x[12]).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 6})
  void aReservedRoundingModeIsIllegalAndNotCounted(int mode) {
    int result = hart.run("fadd.s", 10, 11, 12, mode);

    assertThat(result).isEqualTo(Interpreter.TRAPPED);
    assertThat(hart.s.trap.cause()).isEqualTo(2);
    assertThat(hart.s.icount).isZero();
  }

  @Test
  void a_reserved_dynamic_rounding_mode_is_illegal_too() {
    hart.s.roundingMode = 7;

    assertThat(hart.run("fcvt.d.w", 10, 11, 0, 7)).isEqualTo(Interpreter.TRAPPED);
  }

  private static long hex(String text) {
    return Long.parseUnsignedLong(text, 16);
  }
}
