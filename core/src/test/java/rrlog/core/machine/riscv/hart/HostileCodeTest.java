package rrlog.core.machine.riscv.hart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import rrlog.core.replay.Cpu;
import rrlog.core.testing.Rolls;

/**
 * Whatever lies in memory, executing it ends in traps or in the budget, never in an exception of
 * Java's.
 */
class HostileCodeTest {
  @Test
  void any_bytes_can_be_executed() {
    Rolls.each(300, rolls -> execute(rolls.random()));
  }

  private static void execute(Random random) {
    TestMachine machine = new TestMachine();
    byte[] bytes = new byte[64 << 10];
    random.nextBytes(bytes);
    machine.ram.write(TestMachine.RAM_BASE, bytes);
    Hart hart = machine.hart;
    hart.reset(TestMachine.RAM_BASE);

    for (int i = 0; i < 300 && hart.run(1 + random.nextInt(40)) != Cpu.Stop.IDLE; i++) {
      hart.takeInterrupt();
      if (hart.pc() < TestMachine.RAM_BASE) { // nothing is there; go on anywhere
        hart.reset(TestMachine.RAM_BASE + 2L * random.nextInt(bytes.length / 2));
      }
    }

    assertThat(hart.x(0)).isZero();
    assertThat(hart.state().csr()).containsEntry("mhartid", 0L);
  }
}
