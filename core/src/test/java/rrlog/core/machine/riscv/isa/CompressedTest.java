package rrlog.core.machine.riscv.isa;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompressedTest {
  /** Left: what GNU as makes of the compressed form; right: the instruction it stands for. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0048 | addi a0,sp,4
          1ffc | addi a5,sp,1020
          2108 | fld fa0,0(a0)
          5d7c | lw a5,124(a0)
          7d7c | ld a5,248(a0)
          bd7c | fsd fa5,248(a0)
          dd7c | sw a5,124(a0)
          fd7c | sd a5,248(a0)
          0001 | nop
          1101 | addi sp,sp,-32
          2505 | addiw a0,a0,1
          357d | addiw a0,a0,-1
          547d | li s0,-1
          6105 | addi sp,sp,32
          7101 | addi sp,sp,-512
          617d | addi sp,sp,496
          6505 | lui a0,0x1
          757d | lui a0,0xfffff
          9105 | srli a0,a0,0x21
          957d | srai a0,a0,0x3f
          997d | andi a0,a0,-1
          8d0d | sub a0,a0,a1
          8d2d | xor a0,a0,a1
          8d4d | or a0,a0,a1
          8d6d | and a0,a0,a1
          9d0d | subw a0,a0,a1
          9d2d | addw a0,a0,a1
          a001 | j 1000
          b001 | j 800
          affd | j 17fe
          d101 | beqz a0,f00
          cd7d | beqz a0,10fe
          f101 | bnez a0,f00
          157e | slli a0,a0,0x3f
          357e | fld fa0,504(sp)
          557e | lw a0,252(sp)
          757e | ld a0,504(sp)
          8502 | jr a0
          8082 | ret
          852e | mv a0,a1
          9002 | ebreak
          9502 | jalr a0
          952e | add a0,a0,a1
          bfaa | fsd fa0,504(sp)
          dfaa | sw a0,252(sp)
          ffaa | sd a0,504(sp)
          0000 | unimp
          0004 | .2byte 0x0004
          8000 | lbu s0,0(s0)
          2001 | .2byte 0x2001
          6001 | .2byte 0x6001
          6101 | .2byte 0x6101
          9c41 | mul s0,s0,s0
          9c61 | zext.b s0,s0
          4002 | .2byte 0x4002
          6002 | .2byte 0x6002
          8002 | .2byte 0x8002
          """)
  void stands_for_a_long_instruction(String half, String expected) {
    int bits = Integer.parseInt(half, 16);

    assertThat(new Disassembler().disassemble(0x1000, bits)).hasToString(expected);
  }

  @Test
  void expands_to_a_known_instruction_or_to_none() {
    for (int half = 0; half < 0x10000; half++) {
      if (InstructionSet.isCompressed(half)) {
        int word = Compressed.expand(half);
        assertThat(word == Compressed.ILLEGAL || InstructionSet.find(word).isPresent())
            .as("%04x", half)
            .isTrue();
      }
    }
  }
}
