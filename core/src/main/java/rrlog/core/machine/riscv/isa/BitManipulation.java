package rrlog.core.machine.riscv.isa;

import static rrlog.core.machine.riscv.isa.Encoding.of;
import static rrlog.core.machine.riscv.isa.Format.REGISTERS;
import static rrlog.core.machine.riscv.isa.Format.SHIFT;
import static rrlog.core.machine.riscv.isa.Format.SHIFT_WORD;
import static rrlog.core.machine.riscv.isa.Format.UNARY;

import java.util.List;

/**
 * The encodings of Zba, Zbb, Zbc and Zbs (RISC-V Bit-Manipulation 1.0), of Zbkb and Zbkx (Scalar
 * Cryptography 1.0.1; Zbkc has two of Zbc), and of Zicond 1.0.
 */
final class BitManipulation {
  static final List<Encoding> TABLE =
      List.of(
          of(Op.SH1ADD, "sh1add", REGISTERS, "0010000 ..... ..... 010 ..... 0110011"),
          of(Op.SH2ADD, "sh2add", REGISTERS, "0010000 ..... ..... 100 ..... 0110011"),
          of(Op.SH3ADD, "sh3add", REGISTERS, "0010000 ..... ..... 110 ..... 0110011"),
          of(Op.ADD_UW, "add.uw", REGISTERS, "0000100 ..... ..... 000 ..... 0111011"),
          of(Op.SH1ADD_UW, "sh1add.uw", REGISTERS, "0010000 ..... ..... 010 ..... 0111011"),
          of(Op.SH2ADD_UW, "sh2add.uw", REGISTERS, "0010000 ..... ..... 100 ..... 0111011"),
          of(Op.SH3ADD_UW, "sh3add.uw", REGISTERS, "0010000 ..... ..... 110 ..... 0111011"),
          of(Op.SLLI_UW, "slli.uw", SHIFT, "000010 ...... ..... 001 ..... 0011011"),
          of(Op.ANDN, "andn", REGISTERS, "0100000 ..... ..... 111 ..... 0110011"),
          of(Op.ORN, "orn", REGISTERS, "0100000 ..... ..... 110 ..... 0110011"),
          of(Op.XNOR, "xnor", REGISTERS, "0100000 ..... ..... 100 ..... 0110011"),
          of(Op.MAX, "max", REGISTERS, "0000101 ..... ..... 110 ..... 0110011"),
          of(Op.MAXU, "maxu", REGISTERS, "0000101 ..... ..... 111 ..... 0110011"),
          of(Op.MIN, "min", REGISTERS, "0000101 ..... ..... 100 ..... 0110011"),
          of(Op.MINU, "minu", REGISTERS, "0000101 ..... ..... 101 ..... 0110011"),
          of(Op.ROL, "rol", REGISTERS, "0110000 ..... ..... 001 ..... 0110011"),
          of(Op.ROR, "ror", REGISTERS, "0110000 ..... ..... 101 ..... 0110011"),
          of(Op.CLMUL, "clmul", REGISTERS, "0000101 ..... ..... 001 ..... 0110011"),
          of(Op.CLMULH, "clmulh", REGISTERS, "0000101 ..... ..... 011 ..... 0110011"),
          of(Op.CLMULR, "clmulr", REGISTERS, "0000101 ..... ..... 010 ..... 0110011"),
          of(Op.BCLR, "bclr", REGISTERS, "0100100 ..... ..... 001 ..... 0110011"),
          of(Op.BEXT, "bext", REGISTERS, "0100100 ..... ..... 101 ..... 0110011"),
          of(Op.BINV, "binv", REGISTERS, "0110100 ..... ..... 001 ..... 0110011"),
          of(Op.BSET, "bset", REGISTERS, "0010100 ..... ..... 001 ..... 0110011"),
          of(Op.ROLW, "rolw", REGISTERS, "0110000 ..... ..... 001 ..... 0111011"),
          of(Op.RORW, "rorw", REGISTERS, "0110000 ..... ..... 101 ..... 0111011"),
          of(Op.CLZ, "clz", UNARY, "0110000 00000 ..... 001 ..... 0010011"),
          of(Op.CTZ, "ctz", UNARY, "0110000 00001 ..... 001 ..... 0010011"),
          of(Op.CPOP, "cpop", UNARY, "0110000 00010 ..... 001 ..... 0010011"),
          of(Op.SEXT_B, "sext.b", UNARY, "0110000 00100 ..... 001 ..... 0010011"),
          of(Op.SEXT_H, "sext.h", UNARY, "0110000 00101 ..... 001 ..... 0010011"),
          of(Op.CLZW, "clzw", UNARY, "0110000 00000 ..... 001 ..... 0011011"),
          of(Op.CTZW, "ctzw", UNARY, "0110000 00001 ..... 001 ..... 0011011"),
          of(Op.CPOPW, "cpopw", UNARY, "0110000 00010 ..... 001 ..... 0011011"),
          of(Op.ZEXT_H, "zext.h", UNARY, "0000100 00000 ..... 100 ..... 0111011"),
          of(Op.ORC_B, "orc.b", UNARY, "0010100 00111 ..... 101 ..... 0010011"),
          of(Op.REV8, "rev8", UNARY, "0110101 11000 ..... 101 ..... 0010011"),
          of(Op.RORI, "rori", SHIFT, "011000 ...... ..... 101 ..... 0010011"),
          of(Op.RORIW, "roriw", SHIFT_WORD, "0110000 ..... ..... 101 ..... 0011011"),
          of(Op.BCLRI, "bclri", SHIFT, "010010 ...... ..... 001 ..... 0010011"),
          of(Op.BEXTI, "bexti", SHIFT, "010010 ...... ..... 101 ..... 0010011"),
          of(Op.BINVI, "binvi", SHIFT, "011010 ...... ..... 001 ..... 0010011"),
          of(Op.BSETI, "bseti", SHIFT, "001010 ...... ..... 001 ..... 0010011"),
          of(Op.CZERO_EQZ, "czero.eqz", REGISTERS, "0000111 ..... ..... 101 ..... 0110011"),
          of(Op.CZERO_NEZ, "czero.nez", REGISTERS, "0000111 ..... ..... 111 ..... 0110011"),
          of(Op.PACK, "pack", REGISTERS, "0000100 ..... ..... 100 ..... 0110011"),
          of(Op.PACKH, "packh", REGISTERS, "0000100 ..... ..... 111 ..... 0110011"),
          of(Op.PACKW, "packw", REGISTERS, "0000100 ..... ..... 100 ..... 0111011"),
          of(Op.BREV8, "brev8", UNARY, "0110100 00111 ..... 101 ..... 0010011"),
          of(Op.XPERM4, "xperm4", REGISTERS, "0010100 ..... ..... 010 ..... 0110011"),
          of(Op.XPERM8, "xperm8", REGISTERS, "0010100 ..... ..... 100 ..... 0110011"));

  private BitManipulation() {}
}
