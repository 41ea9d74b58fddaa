package rrlog.core.machine.riscv.hart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import rrlog.core.machine.riscv.isa.Encode;

/** Registers are compared wherever translated code is left. */
final class LockstepTest {
  private static final int HALF = 10;
  private static final int SUM = 11;
  private static final int COUNTER = 12;
  private static final int ZERO = 13;

  /** Instructions of the loop. */
  private static final int LOOP = 4;

  /** The first turn in which half the counter is not 0. */
  private static final int FIRST = 1024;

  /**
   * Counts for ever, and sums up what is 0 for the first turns: a register, or half the counter.
   */
  private static TestMachine machine(int summand) {
    TestMachine machine = new TestMachine();
    int[] loop = {
      Encode.word("addi", COUNTER, COUNTER, 0, 1),
      Encode.word("srli", HALF, COUNTER, 0, 10),
      Encode.word("add", SUM, SUM, summand, 0),
      Encode.word("jal", 0, 0, 0, -12),
    };
    for (int i = 0; i < LOOP; i++) {
      machine.ram.store(4L * i, 4, loop[i]);
    }
    machine.hart.reset(TestMachine.RAM_BASE);
    machine.hart.translate(TranslationEffort.EAGER);
    return machine;
  }

  private static Lockstep compared(TestMachine leading, TestMachine following) {
    Lockstep lockstep = new Lockstep();
    leading.hart.lead(lockstep);
    following.hart.follow(lockstep);
    following.hart.translate(TranslationEffort.NONE);
    for (int stretch = 0; stretch < 100 && lockstep.difference().isEmpty(); stretch++) {
      leading.hart.run(100);
      following.hart.run(100);
    }
    assertThat(leading.hart.translatedInstructions()).isPositive();
    return lockstep;
  }

  @Test
  void right_code_is_found_right() {
    assertThat(compared(machine(HALF), machine(HALF)).difference()).isEmpty();
  }

  @Test
  void a_wrong_register_is_found_where_the_region_that_made_it_wrong_is_left() {
    Lockstep lockstep = compared(machine(HALF), machine(ZERO));

    Lockstep.Difference wrong = lockstep.difference().orElseThrow();
    assertThat(wrong.entry()).isBetween(TestMachine.RAM_BASE, TestMachine.RAM_BASE + 12);
    long first = (FIRST - 1) * LOOP + 3; // counted with the addition that goes wrong
    assertThat(first).isBetween(wrong.from() + 1, wrong.to());
    assertThat(wrong.to() - wrong.from()).isLessThanOrEqualTo(100);
    assertThat(wrong.registers()).extracting(Lockstep.Register::name).containsExactly("a1");
    assertThat(wrong.registers().getFirst().interpreted()).isZero();
  }

  @Test
  void another_number_of_instructions_is_found() {
    TestMachine following = machine(HALF);
    following.ram.store(8, 4, Encode.word("jal", 0, 0, 0, -8));

    Lockstep.Difference wrong = compared(machine(HALF), following).difference().orElseThrow();

    assertThat(wrong.registers()).extracting(Lockstep.Register::name).contains("a2");
  }
}
