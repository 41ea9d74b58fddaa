package rrlog.core.machine.riscv.isa;

import static rrlog.core.machine.riscv.isa.Encoding.of;
import static rrlog.core.machine.riscv.isa.Format.ADDRESS;
import static rrlog.core.machine.riscv.isa.Format.NONE;

import java.util.List;

/**
 * The encodings of Zicbom, Zicboz (RISC-V Cache Management Operations 1.0) and Zawrs. Zicbop's are
 * hints among those of ori.
 */
final class CacheBlocks {
  static final List<Encoding> TABLE =
      List.of(
          of(Op.CBO_INVAL, "cbo.inval", ADDRESS, "000000000000 ..... 010 00000 0001111"),
          of(Op.CBO_CLEAN, "cbo.clean", ADDRESS, "000000000001 ..... 010 00000 0001111"),
          of(Op.CBO_FLUSH, "cbo.flush", ADDRESS, "000000000010 ..... 010 00000 0001111"),
          of(Op.CBO_ZERO, "cbo.zero", ADDRESS, "000000000100 ..... 010 00000 0001111"),
          of(Op.WRS_NTO, "wrs.nto", NONE, "000000001101 00000 000 00000 1110011"),
          of(Op.WRS_STO, "wrs.sto", NONE, "000000011101 00000 000 00000 1110011"));

  private CacheBlocks() {}
}
