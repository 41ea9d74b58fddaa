package rrlog.core.machine.riscv.isa;

import static rrlog.core.machine.riscv.isa.Encoding.of;
import static rrlog.core.machine.riscv.isa.Format.CSR;
import static rrlog.core.machine.riscv.isa.Format.CSR_IMMEDIATE;
import static rrlog.core.machine.riscv.isa.Format.FENCE_VMA;
import static rrlog.core.machine.riscv.isa.Format.NONE;

import java.util.List;

/**
 * The encodings of Zicsr and the privileged instructions (RISC-V Unprivileged 9, Privileged 3.3 and
 * 4.2).
 */
final class SystemInstructions {
  static final List<Encoding> TABLE =
      List.of(
          of(Op.ECALL, "ecall", NONE, "000000000000 00000 000 00000 1110011"),
          of(Op.EBREAK, "ebreak", NONE, "000000000001 00000 000 00000 1110011"),
          of(Op.SRET, "sret", NONE, "000100000010 00000 000 00000 1110011"),
          of(Op.MRET, "mret", NONE, "001100000010 00000 000 00000 1110011"),
          of(Op.WFI, "wfi", NONE, "000100000101 00000 000 00000 1110011"),
          of(Op.SFENCE_VMA, "sfence.vma", FENCE_VMA, "0001001 ..... ..... 000 00000 1110011"),
          of(Op.CSRRW, "csrrw", CSR, "............ ..... 001 ..... 1110011"),
          of(Op.CSRRS, "csrrs", CSR, "............ ..... 010 ..... 1110011"),
          of(Op.CSRRC, "csrrc", CSR, "............ ..... 011 ..... 1110011"),
          of(Op.CSRRWI, "csrrwi", CSR_IMMEDIATE, "............ ..... 101 ..... 1110011"),
          of(Op.CSRRSI, "csrrsi", CSR_IMMEDIATE, "............ ..... 110 ..... 1110011"),
          of(Op.CSRRCI, "csrrci", CSR_IMMEDIATE, "............ ..... 111 ..... 1110011"));

  private SystemInstructions() {}
}
