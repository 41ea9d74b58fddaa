package rrlog.core.machine.riscv.hart;

import static org.assertj.core.api.Assertions.assertThat;
import static rrlog.core.machine.riscv.hart.OneInstruction.CODE;

import org.junit.jupiter.api.Test;
import rrlog.core.machine.riscv.isa.Encode;
import rrlog.core.replay.Cpu;

/** Which interrupt is taken when, and where it leads (semantics page, section 4.1). */
class InterruptTest {
  private final TestMachine machine = new TestMachine();
  private final Hart hart = machine.hart;

  /** mie = {@code enables}, mtvec = 0x80001001 (vectored), MIE on; then an endless loop. */
  private void prepare(int enables) {
    int[] words = {
      Encode.word("addi", 10, 0, 0, enables),
      Encode.word("csrrw", 0, 10, 0, 0x304),
      Encode.word("auipc", 10, 0, 0, 0x1000),
      Encode.word("addi", 10, 10, 0, 1 - 8),
      Encode.word("csrrw", 0, 10, 0, 0x305),
      Encode.word("csrrsi", 0, 8, 0, 0x300),
      Encode.word("jal", 0, 0, 0, 0)
    };
    for (int i = 0; i < words.length; i++) {
      machine.ram.store(4L * i, 4, words[i]);
    }
    hart.setInterruptLine(Hart.MTIP, false);
    hart.reset(CODE);
    hart.run(7);
  }

  @Test
  void takes_none_while_none_is_pending() {
    prepare(0x88);

    assertThat(hart.interruptPending()).isFalse();
    assertThat(hart.takeInterrupt()).isFalse();
    assertThat(hart.pc()).isEqualTo(CODE + 24);
  }

  @Test
  void takes_a_vectored_one() {
    prepare(0x88);
    hart.setInterruptLine(Hart.MTIP, true);

    assertThat(hart.interruptPending()).isTrue();
    assertThat(hart.takeInterrupt()).isTrue();

    assertThat(hart.pc()).isEqualTo(CODE + 0x1000 + 4 * Hart.MTIP);
    assertThat(hart.state().csr())
        .containsEntry("mcause", 1L << 63 | Hart.MTIP)
        .containsEntry("mepc", CODE + 24)
        .containsEntry("mstatus", 0xa0000_1880L);
    assertThat(hart.interruptPending()).isFalse();
    assertThat(hart.icount()).isEqualTo(7);
  }

  @Test
  void takes_the_lowest_number_first_as_qemu_without_aia() {
    prepare(-1);
    hart.setInterruptLine(Hart.MEIP, true);
    hart.setInterruptLine(Hart.MTIP, true);

    hart.takeInterrupt();

    assertThat(hart.state().csr()).containsEntry("mcause", 1L << 63 | Hart.MTIP);
  }

  @Test
  void runs_past_a_pending_one_unless_asked_to_stop() {
    prepare(0x88);
    hart.setInterruptLine(Hart.MSIP, true);

    assertThat(hart.run(5)).isEqualTo(Cpu.Stop.RAN);

    hart.stopAtInterrupts(true);
    assertThat(hart.run(5)).isEqualTo(Cpu.Stop.INTERRUPT);
    assertThat(hart.icount()).isEqualTo(12);
  }

  @Test
  void stops_at_the_instruction_that_enables_one() {
    prepare(0);
    hart.setInterruptLine(Hart.MSIP, true);
    hart.stopAtInterrupts(true);
    machine.ram.store(24, 4, Encode.word("csrrwi", 0, 8, 0, 0x304));
    machine.ram.store(28, 4, 0x13);

    Cpu.Stop reason = hart.run(10);

    assertThat(reason).isEqualTo(Cpu.Stop.INTERRUPT);
    assertThat(hart.pc()).isEqualTo(CODE + 28);
  }

  @Test
  void the_external_line_and_the_written_bit_are_ored_in_seip() {
    prepare(0);
    hart.setInterruptLine(Hart.SEIP, true);
    machine.ram.store(24, 4, Encode.word("csrrw", 0, 0, 0, 0x344));
    hart.run(1);
    assertThat(hart.state().csr()).containsEntry("mip", 1L << Hart.SEIP);

    hart.setInterruptLine(Hart.SEIP, false);
    assertThat(hart.state().csr()).containsEntry("mip", 0L);
  }

  @Test
  void wakes_a_halted_hart() {
    prepare(0x88);
    machine.ram.store(24, 4, 0x1050_0073);
    hart.run(1);
    hart.setInterruptLine(Hart.MTIP, true);

    hart.takeInterrupt();

    assertThat(hart.halted()).isFalse();
    assertThat(hart.state().csr()).containsEntry("mepc", CODE + 28);
  }
}
