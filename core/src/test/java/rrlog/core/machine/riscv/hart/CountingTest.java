package rrlog.core.machine.riscv.hart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rrlog.core.machine.riscv.isa.Encode;
import rrlog.core.replay.Cpu;

/** What counts as an instruction (semantics page, section 4), seen through the public hart. */
class CountingTest {
  private static final int NOP = 0x13;
  private static final int ECALL = 0x73;
  private static final int WFI = 0x1050_0073;

  private final TestMachine machine = new TestMachine();
  private final Hart hart = machine.hart;

  private void code(int... words) {
    for (int i = 0; i < words.length; i++) {
      machine.ram.store(4L * i, 4, words[i]);
    }
    hart.reset(TestMachine.RAM_BASE);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 999, 1000, 1_048_575, 1_048_576, 3_000_001})
  void stopsAfterExactlyTheBudget(long budget) {
    code(NOP, NOP, Encode.word("jal", 0, 0, 0, -8));

    Cpu.Stop reason = hart.run(budget);

    assertThat(reason).isEqualTo(Cpu.Stop.RAN);
    assertThat(hart.icount()).isEqualTo(budget);
    assertThat(hart.pc()).isEqualTo(TestMachine.RAM_BASE + 4 * (budget % 3));
  }

  @Test
  void several_short_runs_equal_one_long_run() {
    int[] loop = {
      Encode.word("addi", 10, 10, 0, 3),
      Encode.word("mul", 11, 11, 10, 0),
      Encode.word("xor", 11, 11, 10, 0),
      Encode.word("jal", 0, 0, 0, -12)
    };
    code(loop);
    for (int i = 1; i < 140; i++) {
      hart.run(i);
    }
    TestMachine other = new TestMachine();
    for (int i = 0; i < loop.length; i++) {
      other.ram.store(4L * i, 4, loop[i]);
    }
    other.hart.reset(TestMachine.RAM_BASE);

    other.hart.run(139 * 140 / 2);

    assertThat(other.hart.state()).isEqualTo(hart.state());
  }

  @Test
  void refuses_a_negative_budget_and_one_beyond_the_event() {
    assertThatThrownBy(() -> hart.run(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> hart.run(2, 1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void counts_an_ecall_before_the_event_and_stops_at_the_handler() {
    code(NOP, ECALL);

    Cpu.Stop reason = hart.run(10);

    assertThat(reason).isEqualTo(Cpu.Stop.EXCEPTION);
    assertThat(machine.exceptions).containsExactly("2: 11 0");
    assertThat(hart.icount()).isEqualTo(2);
    assertThat(hart.pc()).isZero();
    assertThat(hart.state().csr()).containsEntry("mepc", TestMachine.RAM_BASE + 4);
  }

  @Test
  void counts_an_ebreak_and_an_unknown_instruction() {
    code(0x0010_0073);
    hart.run(10);
    code(0xffff_ffff);
    hart.run(10);
    code(0x0000_4002);
    hart.run(10);

    assertThat(machine.exceptions).containsExactly("1: 3 0", "2: 2 ffffffff", "3: 2 4002");
  }

  @Test
  void counts_a_floating_point_instruction_that_is_off() {
    code(Encode.word("fadd.d", 1, 2, 3, 0));

    hart.run(1);

    assertThat(machine.exceptions).containsExactly("1: 2 23100d3");
  }

  @Test
  void does_not_count_an_unknown_csr() {
    code(NOP, Encode.word("csrrw", 1, 2, 0, 0x5c0));

    hart.run(10);

    assertThat(machine.exceptions).containsExactly("1: 2 5c0110f3");
    assertThat(hart.icount()).isEqualTo(1);
  }

  @Test
  void does_not_count_a_load_that_faults() {
    code(NOP, Encode.word("ld", 1, 0, 0, 16));

    hart.run(10);

    assertThat(machine.exceptions).containsExactly("1: 5 10");
  }

  @Test
  void does_not_count_a_fetch_that_faults() {
    code(Encode.word("jalr", 0, 0, 0, 64));

    hart.run(10);

    assertThat(machine.exceptions).containsExactly("1: 1 40");
    assertThat(hart.state().csr()).containsEntry("mepc", 64L);
  }

  @Test
  void does_not_reach_a_fault_behind_the_budget() {
    code(NOP, Encode.word("ld", 1, 0, 0, 16));

    Cpu.Stop reason = hart.run(1);

    assertThat(reason).isEqualTo(Cpu.Stop.RAN);
    assertThat(machine.exceptions).isEmpty();
  }

  @Test
  void a_device_sees_the_accessing_instruction_counted() {
    code(0x0200_c537, Encode.word("ld", 11, 10, 0, -8)); // lui a0,0x200c; ld a1,-8(a0)
    machine.shift = 10;

    hart.run(2);

    assertThat(hart.x(11)).isEqualTo((2 << 10) / 100);
  }

  @Test
  void a_counter_read_includes_itself() {
    code(NOP, Encode.word("csrrs", 11, 0, 0, 0xc02));

    hart.run(2);

    assertThat(hart.x(11)).isEqualTo(2);
  }

  @Test
  void stops_after_the_instruction_that_asked_for_it() {
    code(
        0x0010_0537, // lui a0,0x100
        Encode.word("lui", 11, 0, 0, 0x5000),
        Encode.word("addi", 11, 11, 0, 0x555),
        Encode.word("sw", 0, 10, 11, 0),
        NOP);

    Cpu.Stop reason = hart.run(100);

    assertThat(reason).isEqualTo(Cpu.Stop.REQUEST);
    assertThat(hart.icount()).isEqualTo(4);
    assertThat(hart.pc()).isEqualTo(TestMachine.RAM_BASE + 16);
  }

  @Test
  void waiting_counts_the_rest_of_the_block() {
    code(NOP, WFI, NOP, NOP, Encode.word("jal", 0, 0, 0, 0), NOP);

    Cpu.Stop reason = hart.run(100);

    assertThat(reason).isEqualTo(Cpu.Stop.WAITING);
    assertThat(hart.icount()).isEqualTo(2 + 3);
    assertThat(hart.pc()).isEqualTo(TestMachine.RAM_BASE + 8);
    assertThat(hart.halted()).isTrue();
  }

  @Test
  void waiting_does_not_count_beyond_the_next_event() {
    code(WFI, NOP, NOP, Encode.word("jal", 0, 0, 0, 0));

    hart.run(2);

    assertThat(hart.icount()).isEqualTo(2);
  }

  @Test
  void a_stop_among_phantom_instructions_leaves_the_rest_to_the_next_run() {
    code(WFI, NOP, NOP, NOP, Encode.word("jal", 0, 0, 0, 0));

    hart.run(2, 4);
    assertThat(hart.icount()).isEqualTo(2);

    Cpu.Stop reason = hart.run(2, 2);
    assertThat(reason).isEqualTo(Cpu.Stop.RAN);
    assertThat(hart.icount()).isEqualTo(4);
    assertThat(hart.halted()).isTrue();
  }

  @Test
  void a_halted_hart_does_nothing_until_an_interrupt_is_pending() {
    code(Encode.word("csrrwi", 0, 8, 0, 0x304), WFI, NOP, NOP);
    hart.run(2, 2);

    assertThat(hart.run(10)).isEqualTo(Cpu.Stop.IDLE);
    assertThat(hart.icount()).isEqualTo(2);

    hart.setInterruptLine(Hart.MSIP, true);
    assertThat(hart.hasWork()).isTrue();
    assertThat(hart.run(1)).isEqualTo(Cpu.Stop.RAN);
    assertThat(hart.icount()).isEqualTo(3);
    assertThat(hart.pc()).isEqualTo(TestMachine.RAM_BASE + 12);
  }
}
