package rrlog.core.machine.riscv.hart;

import static org.assertj.core.api.Assertions.assertThat;
import static rrlog.core.machine.riscv.hart.OneInstruction.CODE;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlTransferTest {
  private final OneInstruction hart = new OneInstruction();

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      textBlock =
          """
          beq 5 5 true
          beq 5 6 false
          bne 5 6 true
          bne 5 5 false
          blt -1 0 true
          blt 0 -1 false
          blt 3 3 false
          bge 0 -1 true
          bge 3 3 true
          bge -1 0 false
          bltu 0 -1 true
          bltu -1 0 false
          bltu 3 3 false
          bgeu -1 0 true
          bgeu 3 3 true
          bgeu 0 -1 false
          """)
  void branches_on_its_condition(String mnemonic, long a, long b, boolean taken) {
    hart.s.x[10] = a;
    hart.s.x[11] = b;

    hart.run(mnemonic, 0, 10, 11, 64);

    assertThat(hart.s.pc).isEqualTo(taken ? CODE + 64 : CODE + 4);
    assertThat(hart.s.icount).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"-4096", "4094", "-2", "2"})
  void branchesAcrossPagesBothWays(int offset) {
    hart.run("beq", 0, 0, 0, offset);

    assertThat(hart.s.pc).isEqualTo(CODE + offset);
  }

  @Test
  void jal_links_and_jumps() {
    hart.run("jal", 1, 0, 0, 0x8000);

    assertThat(hart.s.pc).isEqualTo(CODE + 0x8000);
    assertThat(hart.s.x[1]).isEqualTo(CODE + 4);
  }

  @Test
  void jalr_clears_bit_zero_and_reads_its_source_before_linking() {
    hart.s.x[1] = CODE + 0x101;

    hart.run("jalr", 1, 1, 0, 4);

    assertThat(hart.s.pc).isEqualTo(CODE + 0x104);
    assertThat(hart.s.x[1]).isEqualTo(CODE + 4);
  }

  @Test
  void compressed_jump_links_two_bytes_behind() {
    hart.s.x[10] = CODE + 0x40;

    hart.run(0x9502); // c.jalr a0

    assertThat(hart.s.pc).isEqualTo(CODE + 0x40);
    assertThat(hart.s.x[1]).isEqualTo(CODE + 2);
  }

  @Test
  void executes_an_instruction_that_lies_in_two_pages() {
    hart.ram.store(0xffe, 2, 0x0513);
    hart.ram.store(0x1000, 2, 0x0070); // li a0,7
    hart.s.pc = CODE + 0xffe;

    hart.step();

    assertThat(hart.s.x[10]).isEqualTo(7);
    assertThat(hart.s.pc).isEqualTo(CODE + 0x1002);
  }

  @Test
  void runs_from_one_page_into_the_next() {
    hart.ram.store(0xffe, 2, 0x4505); // c.li a0,1
    hart.ram.store(0x1000, 2, 0x0505); // c.addi a0,1
    hart.s.pc = CODE + 0xffe;

    hart.step();
    hart.step();

    assertThat(hart.s.x[10]).isEqualTo(2);
  }

  @Test
  void sees_instructions_that_were_overwritten() {
    hart.run(0x4505); // c.li a0,1
    hart.s.x[11] = 0x4509; // c.li a0,2
    hart.s.x[12] = CODE;
    hart.ram.store(4, 4, 0x00b6_1023); // sh a1,0(a2)
    hart.s.pc = CODE + 4;
    hart.step();
    hart.s.pc = CODE;

    hart.step();

    assertThat(hart.s.x[10]).isEqualTo(2);
  }

  @Test
  void sees_what_a_device_wrote_over_instructions() {
    hart.run(0x4505);
    hart.bus.write(CODE, new byte[] {0x09, 0x45});
    hart.s.pc = CODE;

    hart.step();

    assertThat(hart.s.x[10]).isEqualTo(2);
  }
}
