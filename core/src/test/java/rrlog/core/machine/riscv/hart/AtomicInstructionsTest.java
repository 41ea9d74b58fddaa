package rrlog.core.machine.riscv.hart;

import static org.assertj.core.api.Assertions.assertThat;
import static rrlog.core.machine.riscv.hart.OneInstruction.CODE;
import static rrlog.core.machine.riscv.hart.OneInstruction.DATA;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AtomicInstructionsTest {
  private final OneInstruction hart = new OneInstruction();

  @BeforeEach
  void pointToData() {
    hart.s.x[11] = DATA;
  }

  /** Mnemonic, memory, operand, memory afterwards, result. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      textBlock =
          """
          amoswap.w 1111111180000000 5 1111111100000005 ffffffff80000000
          amoadd.w 11111111ffffffff 1 1111111100000000 ffffffffffffffff
          amoxor.w ff 0f f0 ff
          amoand.w ff 3c 3c ff
          amoor.w f0 0f ff f0
          amomin.w ffffffff 1 ffffffff ffffffffffffffff
          amomin.w 7 ffffffff80000000 80000000 7
          amomax.w ffffffff 1 1 ffffffffffffffff
          amomax.w 7 80000000 7 7
          amominu.w ffffffff 1 1 ffffffffffffffff
          amominu.w 7 ffffffff80000000 7 7
          amomaxu.w 7 80000000 80000000 7
          amomaxu.w ffffffff 1 ffffffff ffffffffffffffff
          amoswap.d 8000000000000000 5 5 8000000000000000
          amoadd.d ffffffffffffffff 2 1 ffffffffffffffff
          amoxor.d ff 0f f0 ff
          amoand.d ff 3c 3c ff
          amoor.d f0 0f ff f0
          amomin.d ffffffffffffffff 1 ffffffffffffffff ffffffffffffffff
          amomax.d ffffffffffffffff 1 1 ffffffffffffffff
          amominu.d ffffffffffffffff 1 1 ffffffffffffffff
          amomaxu.d 1 ffffffffffffffff ffffffffffffffff 1
          """)
  void combines_memory_and_register(
      String mnemonic, String memory, String operand, String after, String result) {
    hart.ram.store(DATA - CODE, 8, hex(memory));
    hart.s.x[12] = hex(operand);

    hart.run(mnemonic, 10, 11, 12, 0);

    assertThat(hart.ram.load(DATA - CODE, 8)).isEqualTo(hex(after));
    assertThat(hart.s.x[10]).isEqualTo(hex(result));
  }

  @Test
  void stores_conditionally_after_a_reservation() {
    hart.ram.store(DATA - CODE, 8, 7);
    hart.s.x[12] = 9;

    hart.run("lr.d", 13, 11, 0, 0);
    hart.run("sc.d", 10, 11, 12, 0);

    assertThat(hart.s.x[13]).isEqualTo(7);
    assertThat(hart.s.x[10]).isZero();
    assertThat(hart.ram.load(DATA - CODE, 8)).isEqualTo(9);
  }

  @Test
  void fails_without_a_reservation() {
    hart.s.x[12] = 9;

    hart.run("sc.w", 10, 11, 12, 0);

    assertThat(hart.s.x[10]).isEqualTo(1);
    assertThat(hart.ram.load(DATA - CODE, 8)).isZero();
  }

  @Test
  void a_reservation_serves_once() {
    hart.run("lr.w", 13, 11, 0, 0);
    hart.run("sc.w", 10, 11, 12, 0);
    hart.run("sc.w", 10, 11, 12, 0);

    assertThat(hart.s.x[10]).isEqualTo(1);
  }

  @Test
  void succeeds_if_the_old_value_is_back_as_in_qemu() {
    hart.run("lr.w", 13, 11, 0, 0);
    hart.ram.store(DATA - CODE, 4, 5);
    hart.ram.store(DATA - CODE, 4, 0);
    hart.s.x[12] = 9;

    hart.run("sc.w", 10, 11, 12, 0);

    assertThat(hart.s.x[10]).isZero();
    assertThat(hart.ram.load(DATA - CODE, 4)).isEqualTo(9);
  }

  @Test
  void fails_if_the_value_changed() {
    hart.run("lr.w", 13, 11, 0, 0);
    hart.ram.store(DATA - CODE, 4, 5);

    hart.run("sc.w", 10, 11, 12, 0);

    assertThat(hart.s.x[10]).isEqualTo(1);
    assertThat(hart.ram.load(DATA - CODE, 4)).isEqualTo(5);
  }

  @Test
  void a_change_of_mode_drops_the_reservation() {
    hart.run("lr.w", 13, 11, 0, 0);
    hart.s.setPrivilege(HartState.MACHINE);

    hart.run("sc.w", 10, 11, 12, 0);

    assertThat(hart.s.x[10]).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"amoadd.w, 2", "amoadd.d, 4", "lr.w, 1", "lr.d, 4"})
  void reportsAMisalignedAddressAsALoads(String mnemonic, int offset) {
    hart.s.x[11] = DATA + offset;

    int result = hart.run(mnemonic, 10, 11, mnemonic.startsWith("lr") ? 0 : 12, 0);

    assertThat(result).isEqualTo(Interpreter.TRAPPED);
    assertThat(hart.s.trap.cause()).isEqualTo(4);
    assertThat(hart.s.trap.value()).isEqualTo(DATA + offset);
    assertThat(hart.s.icount).isZero();
  }

  private static long hex(String text) {
    return Long.parseUnsignedLong(text, 16);
  }
}
