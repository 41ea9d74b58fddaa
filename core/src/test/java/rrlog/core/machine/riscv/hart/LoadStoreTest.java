package rrlog.core.machine.riscv.hart;

import static org.assertj.core.api.Assertions.assertThat;
import static rrlog.core.machine.riscv.hart.OneInstruction.CODE;
import static rrlog.core.machine.riscv.hart.OneInstruction.DATA;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import rrlog.core.machine.platform.bus.Ram;

class LoadStoreTest {
  private final OneInstruction hart = new OneInstruction();

  @BeforeEach
  void fill() {
    hart.ram.store(DATA - CODE, 8, 0x8182_8384_8586_8788L);
    hart.s.x[11] = DATA;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      textBlock =
          """
          lb ffffffffffffff88
          lbu 88
          lh ffffffffffff8788
          lhu 8788
          lw ffffffff85868788
          lwu 85868788
          ld 8182838485868788
          """)
  void loads(String mnemonic, String expected) {
    hart.run(mnemonic, 10, 11, 0, 0);
    assertThat(hart.s.x[10]).isEqualTo(Long.parseUnsignedLong(expected, 16));

    hart.run(mnemonic, 10, 11, 0, 0); // now through the TLB
    assertThat(hart.s.x[10]).isEqualTo(Long.parseUnsignedLong(expected, 16));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      textBlock =
          """
          sb 81828384858687ef
          sh 818283848586cdef
          sw 8182838489abcdef
          sd 0123456789abcdef
          """)
  void stores(String mnemonic, String expected) {
    hart.s.x[12] = 0x0123_4567_89ab_cdefL;

    hart.run(mnemonic, 0, 11, 12, 0);
    assertThat(hart.ram.load(DATA - CODE, 8)).isEqualTo(Long.parseUnsignedLong(expected, 16));

    hart.s.x[12] = 0;
    hart.run(mnemonic, 0, 11, 12, 0);
    hart.s.x[12] = 0x0123_4567_89ab_cdefL;
    hart.run(mnemonic, 0, 11, 12, 0);
    assertThat(hart.ram.load(DATA - CODE, 8)).isEqualTo(Long.parseUnsignedLong(expected, 16));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
  void misalignedAccessesWorkAcrossPages(int distance) {
    hart.s.x[11] = DATA + 4096 - distance;
    hart.s.x[12] = 0x0102_0304_0506_0708L;

    hart.run("sd", 0, 11, 12, 0);
    hart.run("ld", 10, 11, 0, 0);

    assertThat(hart.s.x[10]).isEqualTo(0x0102_0304_0506_0708L);
    assertThat(hart.ram.load(DATA - CODE + 4096, 1)).isEqualTo(8 - distance);
    assertThat(hart.s.icount).isEqualTo(2);
  }

  @Test
  void adds_its_offset() {
    hart.s.x[11] = DATA + 100;

    hart.run("lbu", 10, 11, 0, -100);

    assertThat(hart.s.x[10]).isEqualTo(0x88);
  }

  @Test
  void an_access_where_nothing_is_mapped_faults_and_does_not_count() {
    hart.s.x[11] = 0x4000_0000;

    int result = hart.run("lw", 10, 11, 0, 8);

    assertThat(result).isEqualTo(Interpreter.TRAPPED);
    assertThat(hart.s.trap.cause()).isEqualTo(5);
    assertThat(hart.s.trap.value()).isEqualTo(0x4000_0008);
    assertThat(hart.s.icount).isZero();
    assertThat(hart.s.pc).isEqualTo(CODE);
  }

  @Test
  void stores_to_rom_vanish() {
    Ram rom = Ram.rom(0x1000, 0x1000);
    hart.bus.map(rom);
    hart.s.x[11] = 0x1000;
    hart.s.x[12] = -1;

    hart.run("lw", 10, 11, 0, 0);
    int result = hart.run("sd", 0, 11, 12, 0);

    assertThat(result).isEqualTo(Interpreter.LIMIT);
    assertThat(rom.load(0, 8)).isZero();
  }
}
