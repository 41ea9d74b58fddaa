package rrlog.core.machine.riscv.isa;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rrlog.core.testing.Rolls;

class DisassemblerTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          00000013 | nop
          00a00513 | li a0,10
          00058513 | mv a0,a1
          fff5c513 | not a0,a1
          40b00533 | neg a0,a1
          40b0053b | negw a0,a1
          0005851b | sext.w a0,a1
          0015b513 | seqz a0,a1
          00b03533 | snez a0,a1
          0005a533 | sltz a0,a1
          00b02533 | sgtz a0,a1
          0ff5f513 | zext.b a0,a1
          0805853b | zext.w a0,a1
          00a48863 | beq s1,a0,1010
          00048863 | beqz s1,1010
          00905863 | blez s1,1010
          00904863 | bgtz s1,1010
          0104006f | j 41010
          010400ef | jal 41010
          0104056f | jal a0,41010
          00008067 | ret
          00050067 | jr a0
          000500e7 | jalr a0
          010500e7 | jalr 16(a0)
          01050567 | jalr a0,16(a0)
          123452b7 | lui t0,0x12345
          fffff297 | auipc t0,0xfffff
          ffc12503 | lw a0,-4(sp)
          fea13c23 | sd a0,-8(sp)
          0ff0000f | fence
          0310000f | fence rw,w
          0100000f | pause
          0000100f | fence.i
          12000073 | sfence.vma
          12050073 | sfence.vma a0
          12b50073 | sfence.vma a0,a1
          30529073 | csrw mtvec,t0
          34202573 | csrr a0,mcause
          30447073 | csrci mie,8
          c0102573 | rdtime a0
          c0001073 | unimp
          00301573 | fscsr a0,zero
          5c0027f3 | csrr a5,0x5c0
          f01480d3 | fli.s ft1,0x1.4p-2
          f21080d3 | fli.d ft1,min
          404594d3 | fround.s fs1,fa1,rtz
          4255f4d3 | froundnx.d fs1,fa1
          c2859553 | fcvtmod.w.d a0,fa1,rtz
          a0c5c553 | fleq.s a0,fa1,fa2
          00b6252f | amoadd.w a0,a1,(a2)
          06b6352f | amoadd.d.aqrl a0,a1,(a2)
          1005a52f | lr.w a0,(a1)
          1cc5b52f | sc.d.aq a0,a2,(a1)
          00c5f553 | fadd.s fa0,fa1,fa2
          02c59553 | fadd.d fa0,fa1,fa2,rtz
          68c5f543 | fmadd.s fa0,fa1,fa2,fa3
          22b58553 | fmv.d fa0,fa1
          20b59553 | fneg.s fa0,fa1
          22b5a553 | fabs.d fa0,fa1
          d2058553 | fcvt.d.w fa0,a1
          c2059553 | fcvt.w.d a0,fa1,rtz
          0005a507 | flw fa0,0(a1)
          60051513 | clz a0,a0
          28755513 | orc.b a0,a0
          30200073 | mret
          10500073 | wfi
          ffffffff | .4byte 0xffffffff
          """)
  void reads_like_objdump(String word, String expected) {
    int bits = Integer.parseUnsignedInt(word, 16);

    assertThat(new Disassembler().disassemble(0x1000, bits)).hasToString(expected);
  }

  @Test
  void names_targets() {
    Disassembler disassembler =
        new Disassembler(at -> at == 0x1010 ? Optional.of("main+0x10") : Optional.empty());

    assertThat(disassembler.disassemble(0x1000, 0x00a48863))
        .hasToString("beq s1,a0,1010 <main+0x10>");
  }

  @Test
  void says_something_about_any_bits() {
    Rolls.each(
        1000,
        rolls ->
            assertThat(new Disassembler().disassemble(rolls.anyLong(), rolls.anyInt()).mnemonic())
                .isNotEmpty());
  }
}
