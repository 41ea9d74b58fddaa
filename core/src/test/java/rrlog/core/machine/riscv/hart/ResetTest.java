package rrlog.core.machine.riscv.hart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import rrlog.core.machine.riscv.isa.Encode;

/** Reset keeps more than one would think (semantics page, sections 5 and 7). */
class ResetTest {
  private final TestMachine machine = new TestMachine();
  private final Hart hart = machine.hart;

  @Test
  void a_new_hart_starts_in_machine_mode_as_qemu_shows_it() {
    CpuState state = hart.state();

    assertThat(state.pc()).isEqualTo(0x1000);
    assertThat(state.privilege()).isEqualTo(Privilege.MACHINE);
    assertThat(state.x()).containsOnly(0L);
    assertThat(state.csr())
        .containsEntry("mstatus", 0xa_0000_0000L)
        .containsEntry("hstatus", 0x2_0000_0000L)
        .containsEntry("vsstatus", 0xa_0000_0000L)
        .containsEntry("mip", 0x80L)
        .containsEntry("mideleg", 0L);
  }

  @Test
  void the_reset_code_jumps_to_memory_with_its_arguments() {
    hart.run(6);

    assertThat(hart.pc()).isEqualTo(TestMachine.RAM_BASE);
    assertThat(hart.x(10)).isZero();
    assertThat(hart.x(11)).isEqualTo(TestMachine.DTB);
    assertThat(hart.x(12)).isEqualTo(0x1028);
  }

  @Test
  void keeps_registers_and_the_count_and_clears_what_qemu_clears() {
    int[] words = {
      Encode.word("addi", 10, 0, 0, 0x7ff),
      Encode.word("csrrw", 0, 10, 0, 0x340),
      Encode.word("csrrw", 0, 10, 0, 0x305),
      Encode.word("csrrw", 0, 10, 0, 0x342),
      Encode.word("csrrsi", 0, 8, 0, 0x300),
    };
    for (int i = 0; i < words.length; i++) {
      machine.ram.store(4L * i, 4, words[i]);
    }
    hart.reset(TestMachine.RAM_BASE);
    hart.run(words.length);
    assertThat(hart.state().csr()).containsEntry("mstatus", 0xa_0000_0008L);

    hart.reset(0x1000);

    assertThat(hart.pc()).isEqualTo(0x1000);
    assertThat(hart.icount()).isEqualTo(words.length);
    assertThat(hart.x(10)).isEqualTo(0x7ff);
    assertThat(hart.state().csr())
        .containsEntry("mscratch", 0x7ffL)
        .containsEntry("mtvec", 0L) // mode 3 does not exist, so the write above was ignored
        .containsEntry("mcause", 0L)
        .containsEntry("mstatus", 0xa_0000_0000L);
  }
}
