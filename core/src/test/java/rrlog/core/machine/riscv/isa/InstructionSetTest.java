package rrlog.core.machine.riscv.isa;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import rrlog.core.testing.Rolls;

class InstructionSetTest {
  @Test
  void no_word_matches_two_rows_except_where_one_is_a_case_of_the_other() {
    List<String> overlaps = new ArrayList<>();
    List<Encoding> all = InstructionSet.encodings();
    for (int i = 0; i < all.size(); i++) {
      for (int j = i + 1; j < all.size(); j++) {
        Encoding a = all.get(i);
        Encoding b = all.get(j);
        if (((a.match() ^ b.match()) & a.mask() & b.mask()) == 0) {
          overlaps.add(a.mnemonic() + " " + b.mnemonic());
        }
      }
    }

    assertThat(overlaps).containsExactly("pause fence", "zext.h packw");
  }

  @Test
  void every_row_has_its_own_number_and_name() {
    Set<Integer> numbers = new HashSet<>();
    Set<String> names = new HashSet<>();
    for (Encoding encoding : InstructionSet.encodings()) {
      assertThat(numbers.add(encoding.op())).as(encoding.mnemonic()).isTrue();
      assertThat(names.add(encoding.mnemonic())).as(encoding.mnemonic()).isTrue();
    }
  }

  @Test
  void every_row_has_the_opcode_of_a_long_instruction() {
    assertThat(InstructionSet.encodings())
        .allSatisfy(encoding -> assertThat(encoding.mask() & 0x7f).isEqualTo(0x7f))
        .allSatisfy(encoding -> assertThat(encoding.match() & 3).isEqualTo(3));
  }

  @Test
  void decodes_any_bits_to_fields_in_range() {
    Rolls.each(
        1000,
        rolls -> {
          int bits = rolls.anyInt();
          long decoded = InstructionSet.decode(bits);

          assertThat(Decoded.rd(decoded)).isBetween(0, Decoded.SINK);
          assertThat(Decoded.rs1(decoded)).isBetween(0, 31);
          assertThat(Decoded.rs2(decoded)).isBetween(0, 31);
          assertThat(Decoded.halfwords(decoded)).isEqualTo((bits & 3) == 3 ? 2 : 1);
          assertThat(Decoded.op(decoded))
              .isBetween(1, Op.SYSTEM_END - 1)
              .isNotIn(Op.TRANSLATED, Op.NEXT_PAGE, Op.STRADDLES);
        });
  }

  @Test
  void only_the_low_halfword_of_a_compressed_instruction_matters() {
    Rolls.each(
        1000,
        rolls -> {
          int half = rolls.anyInt() & 0xfffc | rolls.random().nextInt(3);
          int other = rolls.anyInt() << 16 | half;
          assertThat(InstructionSet.decode(other)).isEqualTo(InstructionSet.decode(half));
        });
  }

  @Test
  void puts_results_for_x0_into_the_sink() {
    assertThat(Decoded.rd(InstructionSet.decode(Encode.word("addi", 0, 5, 0, 1)))).isEqualTo(32);
    assertThat(Decoded.rd(InstructionSet.decode(Encode.word("fadd.s", 0, 1, 2, 0)))).isZero();
  }

  @Test
  void takes_immediates_apart() {
    assertThat(immediate("addi", -2048)).isEqualTo(-2048);
    assertThat(immediate("sd", -1)).isEqualTo(-1);
    assertThat(immediate("sd", 2047)).isEqualTo(2047);
    assertThat(immediate("beq", -4096)).isEqualTo(-4096);
    assertThat(immediate("beq", 4094)).isEqualTo(4094);
    assertThat(immediate("jal", -(1 << 20))).isEqualTo(-(1 << 20));
    assertThat(immediate("jal", 0xffffe)).isEqualTo(0xffffe);
    assertThat(immediate("lui", 0x8000_0000)).isEqualTo(0x8000_0000);
    assertThat(immediate("srai", 63)).isEqualTo(63);
    assertThat(immediate("csrrw", 0xc00) & 0xfff).isEqualTo(0xc00);
  }

  private static int immediate(String mnemonic, int value) {
    return Decoded.immediate(InstructionSet.decode(Encode.word(mnemonic, 1, 2, 3, value)));
  }
}
