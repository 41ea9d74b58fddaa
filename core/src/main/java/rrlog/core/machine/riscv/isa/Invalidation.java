package rrlog.core.machine.riscv.isa;

import static rrlog.core.machine.riscv.isa.Encoding.of;
import static rrlog.core.machine.riscv.isa.Format.FENCE_VMA;
import static rrlog.core.machine.riscv.isa.Format.NONE;

import java.util.List;

/** The encodings of Svinval (RISC-V Privileged 1.12, chapter 7). */
final class Invalidation {
  static final List<Encoding> TABLE =
      List.of(
          of(Op.SINVAL_VMA, "sinval.vma", FENCE_VMA, "0001011 ..... ..... 000 00000 1110011"),
          of(Op.SFENCE_W_INVAL, "sfence.w.inval", NONE, "0001100 00000 00000 000 00000 1110011"),
          of(Op.SFENCE_INVAL_IR, "sfence.inval.ir", NONE, "0001100 00001 00000 000 00000 1110011"),
          of(Op.HINVAL_VVMA, "hinval.vvma", FENCE_VMA, "0010011 ..... ..... 000 00000 1110011"),
          of(Op.HINVAL_GVMA, "hinval.gvma", FENCE_VMA, "0110011 ..... ..... 000 00000 1110011"));

  private Invalidation() {}
}
