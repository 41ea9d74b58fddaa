package rrlog.core.machine.riscv.isa;

import static rrlog.core.machine.riscv.isa.Encoding.of;
import static rrlog.core.machine.riscv.isa.Format.REGISTERS;

import java.util.List;

/** The encodings of M (RISC-V Unprivileged 7). */
final class MultiplyDivide {
  static final List<Encoding> TABLE =
      List.of(
          of(Op.MUL, "mul", REGISTERS, "0000001 ..... ..... 000 ..... 0110011"),
          of(Op.MULH, "mulh", REGISTERS, "0000001 ..... ..... 001 ..... 0110011"),
          of(Op.MULHSU, "mulhsu", REGISTERS, "0000001 ..... ..... 010 ..... 0110011"),
          of(Op.MULHU, "mulhu", REGISTERS, "0000001 ..... ..... 011 ..... 0110011"),
          of(Op.DIV, "div", REGISTERS, "0000001 ..... ..... 100 ..... 0110011"),
          of(Op.DIVU, "divu", REGISTERS, "0000001 ..... ..... 101 ..... 0110011"),
          of(Op.REM, "rem", REGISTERS, "0000001 ..... ..... 110 ..... 0110011"),
          of(Op.REMU, "remu", REGISTERS, "0000001 ..... ..... 111 ..... 0110011"),
          of(Op.MULW, "mulw", REGISTERS, "0000001 ..... ..... 000 ..... 0111011"),
          of(Op.DIVW, "divw", REGISTERS, "0000001 ..... ..... 100 ..... 0111011"),
          of(Op.DIVUW, "divuw", REGISTERS, "0000001 ..... ..... 101 ..... 0111011"),
          of(Op.REMW, "remw", REGISTERS, "0000001 ..... ..... 110 ..... 0111011"),
          of(Op.REMUW, "remuw", REGISTERS, "0000001 ..... ..... 111 ..... 0111011"));

  private MultiplyDivide() {}
}
