package rrlog.core.machine.riscv.hart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rrlog.core.machine.riscv.alu.BitAlu;
import rrlog.core.machine.riscv.isa.InstructionSet;
import rrlog.core.machine.riscv.isa.Op;

/** Integer instructions on edge values, worked by hand from the manual. */
class IntegerInstructionsTest {
  private static final String REGISTERS =
      """
      add 0 0 0
      add 7fffffffffffffff 1 8000000000000000
      add ffffffffffffffff 1 0
      sub 0 1 ffffffffffffffff
      sub 8000000000000000 1 7fffffffffffffff
      sll 1 3f 8000000000000000
      sll 1 40 1
      sll ff 4 ff0
      slt ffffffffffffffff 0 1
      slt 0 ffffffffffffffff 0
      slt 8000000000000000 7fffffffffffffff 1
      sltu ffffffffffffffff 0 0
      sltu 0 ffffffffffffffff 1
      sltu 5 5 0
      xor ff00ff00ff00ff00 0ff00ff00ff00ff0 f0f0f0f0f0f0f0f0
      srl 8000000000000000 3f 1
      srl ffffffffffffffff 40 ffffffffffffffff
      sra 8000000000000000 3f ffffffffffffffff
      sra 4000000000000000 3e 1
      or f0 f ff
      and f0 3c 30
      addw 7fffffff 1 ffffffff80000000
      addw ffffffff00000001 1 2
      subw 0 1 ffffffffffffffff
      subw 80000000 1 7fffffff
      sllw 1 1f ffffffff80000000
      sllw 1 20 1
      srlw ffffffff80000000 1f 1
      srlw 80000000 0 ffffffff80000000
      sraw 80000000 1f ffffffffffffffff
      sraw 7fffffff 4 7ffffff
      mul 3 5 f
      mul ffffffffffffffff ffffffffffffffff 1
      mul 8000000000000000 2 0
      mulh ffffffffffffffff ffffffffffffffff 0
      mulh 8000000000000000 8000000000000000 4000000000000000
      mulh 8000000000000000 7fffffffffffffff c000000000000000
      mulhsu ffffffffffffffff ffffffffffffffff ffffffffffffffff
      mulhsu 8000000000000000 ffffffffffffffff 8000000000000000
      mulhsu 1 ffffffffffffffff 0
      mulhu ffffffffffffffff ffffffffffffffff fffffffffffffffe
      mulhu 8000000000000000 2 1
      div 14 fffffffffffffffa fffffffffffffffd
      div 8000000000000000 ffffffffffffffff 8000000000000000
      div 7 0 ffffffffffffffff
      divu ffffffffffffffff 2 7fffffffffffffff
      divu 7 0 ffffffffffffffff
      rem fffffffffffffff9 2 ffffffffffffffff
      rem 8000000000000000 ffffffffffffffff 0
      rem fffffffffffffff9 0 fffffffffffffff9
      remu ffffffffffffffff a 5
      remu 7 0 7
      mulw 7fffffff 2 fffffffffffffffe
      mulw 100000003 5 f
      divw 80000000 ffffffff ffffffff80000000
      divw fffffff9 2 fffffffffffffffd
      divw 80000000 0 ffffffffffffffff
      divuw ffffffff 2 7fffffff
      divuw ffffffff80000000 1 ffffffff80000000
      divuw 5 0 ffffffffffffffff
      remw 80000000 ffffffff 0
      remw fffffff9 2 ffffffffffffffff
      remw 80000005 0 ffffffff80000005
      remuw ffffffff 10 f
      remuw 80000000 0 ffffffff80000000
      sh1add 3 10 16
      sh1add 8000000000000000 1 1
      sh2add 3 10 1c
      sh3add 3 10 28
      sh3add ffffffffffffffff 8 0
      add.uw ffffffffffffffff 1 100000000
      sh1add.uw ffffffff80000000 1 100000001
      sh2add.uw ffffffff80000001 0 200000004
      sh3add.uw ffffffff80000001 8 400000010
      andn ff 0f f0
      orn 0 fffffffffffffff0 f
      xnor ff 0f ffffffffffffff0f
      max ffffffffffffffff 1 1
      max 8000000000000000 7fffffffffffffff 7fffffffffffffff
      maxu ffffffffffffffff 1 ffffffffffffffff
      min ffffffffffffffff 1 ffffffffffffffff
      minu ffffffffffffffff 1 1
      rol 8000000000000001 1 3
      rol 1 40 1
      ror 3 1 8000000000000001
      rolw 80000001 1 3
      rolw ffffffff40000000 1 ffffffff80000000
      rorw 1 1 ffffffff80000000
      rorw ffffffff00000002 1 1
      clmul 3 3 5
      clmul ffffffffffffffff ffffffffffffffff 5555555555555555
      clmulh ffffffffffffffff ffffffffffffffff 5555555555555555
      clmulh 8000000000000000 2 1
      clmulh 1 1 0
      clmulr ffffffffffffffff ffffffffffffffff aaaaaaaaaaaaaaaa
      clmulr 8000000000000000 1 1
      clmulr 8000000000000000 8000000000000000 8000000000000000
      bclr ffffffffffffffff 3f 7fffffffffffffff
      bclr ffffffffffffffff 40 fffffffffffffffe
      bext 8000000000000000 3f 1
      bext 8000000000000000 3e 0
      bext 1 40 1
      binv 0 3f 8000000000000000
      binv 8000000000000000 7f 0
      bset 0 3f 8000000000000000
      bset 0 40 1
      """;
  private static final String ADDED =
      """
      czero.eqz 5 0 0
      czero.eqz 5 8000000000000000 5
      czero.nez 5 0 5
      czero.nez 5 1 0
      pack ffffffff11223344 ffffffff55667788 5566778811223344
      packh ffff ff22 22ff
      packw 1111ffff 2222ffff ffffffffffffffff
      packw 11112222 33334444 44442222
      xperm4 fedcba9876543210 0123456789abcdef 0123456789abcdef
      brev8 0102030405060708 0 8040c020a060e010
      xperm8 8877665544332211 08ff070605040302 0000887766554433
      """;
  private static final String IMMEDIATES =
      """
      addi 7fffffffffffffff 1 8000000000000000
      addi 0 -2048 fffffffffffff800
      slti 0 1 1
      slti 0 -1 0
      sltiu 0 -1 1
      sltiu ffffffffffffffff -1 0
      xori ff -1 ffffffffffffff00
      ori 0 -2048 fffffffffffff800
      andi ffffffffffffffff 2047 7ff
      slli 1 63 8000000000000000
      srli 8000000000000000 63 1
      srai 8000000000000000 63 ffffffffffffffff
      addiw 7fffffff 1 ffffffff80000000
      addiw ffffffff00000000 -1 ffffffffffffffff
      slliw 1 31 ffffffff80000000
      slliw ffffffff00000001 4 10
      srliw ffffffff80000000 31 1
      srliw 80000000 0 ffffffff80000000
      sraiw 80000000 31 ffffffffffffffff
      slli.uw ffffffffffffffff 4 ffffffff0
      rori 1 1 8000000000000000
      roriw 1 1 ffffffff80000000
      roriw ffffffff80000000 31 1
      bclri ffffffffffffffff 0 fffffffffffffffe
      bexti 8000000000000000 63 1
      binvi 0 32 100000000
      bseti 0 63 8000000000000000
      """;
  private static final String UNARY =
      """
      clz 0 40
      clz 1 3f
      clz ffffffffffffffff 0
      ctz 0 40
      ctz 8000000000000000 3f
      cpop ffffffffffffffff 40
      cpop 0 0
      clzw 0 20
      clzw ffffffff00000001 1f
      ctzw ffffffff00000000 20
      ctzw 3ff0000000000000 34
      ctzw 80000000 1f
      cpopw ffffffffffffffff 20
      cpopw ffffffff00000000 0
      sext.b 80 ffffffffffffff80
      sext.b ff7f 7f
      sext.h 8000 ffffffffffff8000
      sext.h ff7fff 7fff
      zext.h ffffffffffffffff ffff
      orc.b 0100000080000001 ff000000ff0000ff
      orc.b 0 0
      rev8 0102030405060708 0807060504030201
      """;

  private final OneInstruction hart = new OneInstruction();

  @ParameterizedTest
  @CsvSource(delimiter = ' ', textBlock = REGISTERS)
  void computes_from_two_registers(String mnemonic, String a, String b, String expected) {
    hart.s.x[11] = hex(a);
    hart.s.x[12] = hex(b);

    hart.run(mnemonic, 10, 11, 12, 0);

    assertThat(hart.s.x[10]).isEqualTo(hex(expected));
    assertThat(hart.s.pc).isEqualTo(OneInstruction.CODE + 4);
    assertThat(hart.s.icount).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(delimiter = ' ', textBlock = IMMEDIATES)
  void computes_from_a_register_and_an_immediate(
      String mnemonic, String a, int immediate, String expected) {
    hart.s.x[11] = hex(a);

    hart.run(mnemonic, 10, 11, 0, immediate);

    assertThat(hart.s.x[10]).isEqualTo(hex(expected));
  }

  @ParameterizedTest
  @CsvSource(delimiter = ' ', textBlock = UNARY)
  void computes_from_one_register(String mnemonic, String a, String expected) {
    hart.s.x[11] = hex(a);

    hart.run(mnemonic, 10, 11, 0, 0);

    assertThat(hart.s.x[10]).isEqualTo(hex(expected));
  }

  @ParameterizedTest
  @CsvSource(delimiter = ' ', textBlock = ADDED)
  void computes_what_no_cpu_has_by_default(String mnemonic, String a, String b, String expected) {
    assertThat(compute(mnemonic, hex(a), hex(b))).isEqualTo(hex(expected));
  }

  private static long compute(String mnemonic, long a, long b) {
    return BitAlu.compute(
        InstructionSet.encodings().stream()
            .filter(encoding -> encoding.mnemonic().equals(mnemonic))
            .findFirst()
            .orElseThrow()
            .op(),
        a,
        b);
  }

  @Test
  void every_integer_computation_is_in_one_of_the_tables() {
    Set<String> tested =
        Stream.of(REGISTERS, ADDED, IMMEDIATES, UNARY)
            .flatMap(String::lines)
            .map(line -> line.strip().split(" ")[0])
            .collect(Collectors.toSet());
    Set<String> known =
        InstructionSet.encodings().stream()
            .filter(e -> e.op() < Op.BIT_END)
            .filter(
                e ->
                    switch (e.format()) {
                      case REGISTERS, IMMEDIATE, SHIFT, SHIFT_WORD, UNARY -> true;
                      default -> false;
                    })
            .map(e -> e.mnemonic())
            .collect(Collectors.toSet());

    assertThat(tested).isEqualTo(known);
  }

  @Test
  void x0_stays_zero() {
    hart.s.x[11] = 5;

    hart.run("addi", 0, 11, 0, 1);

    assertThat(hart.s.x[0]).isZero();
  }

  @Test
  void lui_sign_extends() {
    hart.run("lui", 10, 0, 0, 0x8000_0000);

    assertThat(hart.s.x[10]).isEqualTo(0xffff_ffff_8000_0000L);
  }

  @Test
  void auipc_adds_to_its_own_address() {
    hart.run("auipc", 10, 0, 0, 0xffff_f000);

    assertThat(hart.s.x[10]).isEqualTo(OneInstruction.CODE - 0x1000);
  }

  private static long hex(String text) {
    return Long.parseUnsignedLong(text, 16);
  }
}
