package rrlog.core.machine.riscv.hart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Zicsr; what each register keeps is in the guest {@code csrs}. */
class CsrInstructionsTest {
  private static final int MSCRATCH = 0x340;
  private static final int MHARTID = 0xf14;

  private final OneInstruction hart = new OneInstruction();

  /** Mnemonic, source (value, or immediate), old value, new value. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      textBlock =
          """
          csrrw 5 12 5
          csrrs 3 12 15
          csrrc 4 12 8
          csrrwi 5 12 5
          csrrsi 3 12 15
          csrrci 4 12 8
          """)
  void reads_and_changes(String mnemonic, int source, long old, long expected) {
    hart.csrs.access(MSCRATCH, old, -1);
    hart.s.x[11] = source;
    boolean immediate = mnemonic.endsWith("i");

    hart.run(mnemonic, 10, immediate ? source : 11, 0, MSCRATCH);

    assertThat(hart.s.x[10]).isEqualTo(old);
    assertThat(hart.csrs.peek(MSCRATCH)).isEqualTo(expected);
    assertThat(hart.s.pc).isEqualTo(OneInstruction.CODE + 4);
  }

  @Test
  void swaps_a_register_with_itself() {
    hart.csrs.access(MSCRATCH, 1, -1);
    hart.s.x[10] = 2;

    hart.run("csrrw", 10, 10, 0, MSCRATCH);

    assertThat(hart.s.x[10]).isEqualTo(1);
    assertThat(hart.csrs.peek(MSCRATCH)).isEqualTo(2);
  }

  @Test
  void writing_a_read_only_register_traps() {
    assertThat(hart.run("csrrw", 10, 11, 0, MHARTID)).isEqualTo(Interpreter.TRAPPED);
    assertThat(hart.s.trap.cause()).isEqualTo(2);
    assertThat(hart.s.trap.value()).isEqualTo(0xf145_9573L);
  }

  @Test
  void setting_no_bits_of_a_read_only_register_does_not_trap_in_qemu() {
    hart.s.x[11] = 0;

    assertThat(hart.run("csrrs", 10, 11, 0, MHARTID)).isEqualTo(Interpreter.SYSTEM);
  }

  @Test
  void supervisor_mode_cannot_reach_machine_registers() {
    hart.s.setPrivilege(HartState.SUPERVISOR);

    assertThat(hart.run("csrrs", 10, 0, 0, MSCRATCH)).isEqualTo(Interpreter.TRAPPED);
    assertThat(hart.run("csrrs", 10, 0, 0, 0x140)).isEqualTo(Interpreter.SYSTEM);
  }

  @Test
  void counters_need_permission_below_machine_mode() {
    hart.s.setPrivilege(HartState.SUPERVISOR);
    assertThat(hart.run("csrrs", 10, 0, 0, 0xc01)).isEqualTo(Interpreter.TRAPPED);

    hart.csrs.access(0x306, 2, -1);
    assertThat(hart.run("csrrs", 10, 0, 0, 0xc01)).isEqualTo(Interpreter.SYSTEM);
    assertThat(hart.s.x[10]).isEqualTo(1_234);
  }

  @Test
  void a_written_counter_goes_on_from_there() {
    hart.csrs.access(0xb00, 1_000, -1);

    assertThat(hart.csrs.peek(0xb00)).isEqualTo(1_000); // the clock of this test stands still
    assertThat(hart.csrs.peek(0xb02)).isEqualTo(123_456);
  }

  @Test
  void floating_point_registers_trap_while_off() {
    hart.s.setStatus(hart.s.mstatus & ~Status.FS);

    assertThat(hart.run("csrrs", 10, 0, 0, 3)).isEqualTo(Interpreter.TRAPPED);
  }
}
