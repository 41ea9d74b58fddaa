package rrlog.core.machine.riscv.isa;

import static rrlog.core.machine.riscv.isa.Encoding.of;
import static rrlog.core.machine.riscv.isa.Format.BRANCH;
import static rrlog.core.machine.riscv.isa.Format.FENCE;
import static rrlog.core.machine.riscv.isa.Format.IMMEDIATE;
import static rrlog.core.machine.riscv.isa.Format.JUMP;
import static rrlog.core.machine.riscv.isa.Format.LOAD;
import static rrlog.core.machine.riscv.isa.Format.NONE;
import static rrlog.core.machine.riscv.isa.Format.REGISTERS;
import static rrlog.core.machine.riscv.isa.Format.SHIFT;
import static rrlog.core.machine.riscv.isa.Format.SHIFT_WORD;
import static rrlog.core.machine.riscv.isa.Format.STORE;
import static rrlog.core.machine.riscv.isa.Format.UPPER;

import java.util.List;

/** The encodings of RV64I with Zifencei and Zihintpause (RISC-V Unprivileged 2.4, 5, 3 and 4). */
final class BaseInteger {
  static final List<Encoding> TABLE =
      List.of(
          of(Op.LUI, "lui", UPPER, ".................... ..... 0110111"),
          of(Op.AUIPC, "auipc", UPPER, ".................... ..... 0010111"),
          of(Op.JAL, "jal", JUMP, ".................... ..... 1101111"),
          of(Op.JALR, "jalr", LOAD, "............ ..... 000 ..... 1100111"),
          of(Op.BEQ, "beq", BRANCH, "....... ..... ..... 000 ..... 1100011"),
          of(Op.BNE, "bne", BRANCH, "....... ..... ..... 001 ..... 1100011"),
          of(Op.BLT, "blt", BRANCH, "....... ..... ..... 100 ..... 1100011"),
          of(Op.BGE, "bge", BRANCH, "....... ..... ..... 101 ..... 1100011"),
          of(Op.BLTU, "bltu", BRANCH, "....... ..... ..... 110 ..... 1100011"),
          of(Op.BGEU, "bgeu", BRANCH, "....... ..... ..... 111 ..... 1100011"),
          of(Op.LB, "lb", LOAD, "............ ..... 000 ..... 0000011"),
          of(Op.LH, "lh", LOAD, "............ ..... 001 ..... 0000011"),
          of(Op.LW, "lw", LOAD, "............ ..... 010 ..... 0000011"),
          of(Op.LD, "ld", LOAD, "............ ..... 011 ..... 0000011"),
          of(Op.LBU, "lbu", LOAD, "............ ..... 100 ..... 0000011"),
          of(Op.LHU, "lhu", LOAD, "............ ..... 101 ..... 0000011"),
          of(Op.LWU, "lwu", LOAD, "............ ..... 110 ..... 0000011"),
          of(Op.SB, "sb", STORE, "....... ..... ..... 000 ..... 0100011"),
          of(Op.SH, "sh", STORE, "....... ..... ..... 001 ..... 0100011"),
          of(Op.SW, "sw", STORE, "....... ..... ..... 010 ..... 0100011"),
          of(Op.SD, "sd", STORE, "....... ..... ..... 011 ..... 0100011"),
          of(Op.ADDI, "addi", IMMEDIATE, "............ ..... 000 ..... 0010011"),
          of(Op.SLTI, "slti", IMMEDIATE, "............ ..... 010 ..... 0010011"),
          of(Op.SLTIU, "sltiu", IMMEDIATE, "............ ..... 011 ..... 0010011"),
          of(Op.XORI, "xori", IMMEDIATE, "............ ..... 100 ..... 0010011"),
          of(Op.ORI, "ori", IMMEDIATE, "............ ..... 110 ..... 0010011"),
          of(Op.ANDI, "andi", IMMEDIATE, "............ ..... 111 ..... 0010011"),
          of(Op.SLLI, "slli", SHIFT, "000000 ...... ..... 001 ..... 0010011"),
          of(Op.SRLI, "srli", SHIFT, "000000 ...... ..... 101 ..... 0010011"),
          of(Op.SRAI, "srai", SHIFT, "010000 ...... ..... 101 ..... 0010011"),
          of(Op.ADD, "add", REGISTERS, "0000000 ..... ..... 000 ..... 0110011"),
          of(Op.SUB, "sub", REGISTERS, "0100000 ..... ..... 000 ..... 0110011"),
          of(Op.SLL, "sll", REGISTERS, "0000000 ..... ..... 001 ..... 0110011"),
          of(Op.SLT, "slt", REGISTERS, "0000000 ..... ..... 010 ..... 0110011"),
          of(Op.SLTU, "sltu", REGISTERS, "0000000 ..... ..... 011 ..... 0110011"),
          of(Op.XOR, "xor", REGISTERS, "0000000 ..... ..... 100 ..... 0110011"),
          of(Op.SRL, "srl", REGISTERS, "0000000 ..... ..... 101 ..... 0110011"),
          of(Op.SRA, "sra", REGISTERS, "0100000 ..... ..... 101 ..... 0110011"),
          of(Op.OR, "or", REGISTERS, "0000000 ..... ..... 110 ..... 0110011"),
          of(Op.AND, "and", REGISTERS, "0000000 ..... ..... 111 ..... 0110011"),
          of(Op.ADDIW, "addiw", IMMEDIATE, "............ ..... 000 ..... 0011011"),
          of(Op.SLLIW, "slliw", SHIFT_WORD, "0000000 ..... ..... 001 ..... 0011011"),
          of(Op.SRLIW, "srliw", SHIFT_WORD, "0000000 ..... ..... 101 ..... 0011011"),
          of(Op.SRAIW, "sraiw", SHIFT_WORD, "0100000 ..... ..... 101 ..... 0011011"),
          of(Op.ADDW, "addw", REGISTERS, "0000000 ..... ..... 000 ..... 0111011"),
          of(Op.SUBW, "subw", REGISTERS, "0100000 ..... ..... 000 ..... 0111011"),
          of(Op.SLLW, "sllw", REGISTERS, "0000000 ..... ..... 001 ..... 0111011"),
          of(Op.SRLW, "srlw", REGISTERS, "0000000 ..... ..... 101 ..... 0111011"),
          of(Op.SRAW, "sraw", REGISTERS, "0100000 ..... ..... 101 ..... 0111011"),
          of(Op.PAUSE, "pause", NONE, "000000010000 00000 000 00000 0001111"),
          of(Op.FENCE, "fence", FENCE, "............ ..... 000 ..... 0001111"),
          of(Op.FENCE_I, "fence.i", NONE, "............ ..... 001 ..... 0001111"));

  private BaseInteger() {}
}
