package rrlog.core.machine.riscv.isa;

import static rrlog.core.machine.riscv.isa.Encoding.of;
import static rrlog.core.machine.riscv.isa.Format.ATOMIC;
import static rrlog.core.machine.riscv.isa.Format.LOAD_RESERVED;

import java.util.List;

/** The encodings of A (RISC-V Unprivileged 8). */
final class Atomics {
  static final List<Encoding> TABLE =
      List.of(
          of(Op.LR_W, "lr.w", LOAD_RESERVED, "00010 .. 00000 ..... 010 ..... 0101111"),
          of(Op.SC_W, "sc.w", ATOMIC, "00011 .. ..... ..... 010 ..... 0101111"),
          of(Op.AMOSWAP_W, "amoswap.w", ATOMIC, "00001 .. ..... ..... 010 ..... 0101111"),
          of(Op.AMOADD_W, "amoadd.w", ATOMIC, "00000 .. ..... ..... 010 ..... 0101111"),
          of(Op.AMOXOR_W, "amoxor.w", ATOMIC, "00100 .. ..... ..... 010 ..... 0101111"),
          of(Op.AMOAND_W, "amoand.w", ATOMIC, "01100 .. ..... ..... 010 ..... 0101111"),
          of(Op.AMOOR_W, "amoor.w", ATOMIC, "01000 .. ..... ..... 010 ..... 0101111"),
          of(Op.AMOMIN_W, "amomin.w", ATOMIC, "10000 .. ..... ..... 010 ..... 0101111"),
          of(Op.AMOMAX_W, "amomax.w", ATOMIC, "10100 .. ..... ..... 010 ..... 0101111"),
          of(Op.AMOMINU_W, "amominu.w", ATOMIC, "11000 .. ..... ..... 010 ..... 0101111"),
          of(Op.AMOMAXU_W, "amomaxu.w", ATOMIC, "11100 .. ..... ..... 010 ..... 0101111"),
          of(Op.LR_D, "lr.d", LOAD_RESERVED, "00010 .. 00000 ..... 011 ..... 0101111"),
          of(Op.SC_D, "sc.d", ATOMIC, "00011 .. ..... ..... 011 ..... 0101111"),
          of(Op.AMOSWAP_D, "amoswap.d", ATOMIC, "00001 .. ..... ..... 011 ..... 0101111"),
          of(Op.AMOADD_D, "amoadd.d", ATOMIC, "00000 .. ..... ..... 011 ..... 0101111"),
          of(Op.AMOXOR_D, "amoxor.d", ATOMIC, "00100 .. ..... ..... 011 ..... 0101111"),
          of(Op.AMOAND_D, "amoand.d", ATOMIC, "01100 .. ..... ..... 011 ..... 0101111"),
          of(Op.AMOOR_D, "amoor.d", ATOMIC, "01000 .. ..... ..... 011 ..... 0101111"),
          of(Op.AMOMIN_D, "amomin.d", ATOMIC, "10000 .. ..... ..... 011 ..... 0101111"),
          of(Op.AMOMAX_D, "amomax.d", ATOMIC, "10100 .. ..... ..... 011 ..... 0101111"),
          of(Op.AMOMINU_D, "amominu.d", ATOMIC, "11000 .. ..... ..... 011 ..... 0101111"),
          of(Op.AMOMAXU_D, "amomaxu.d", ATOMIC, "11100 .. ..... ..... 011 ..... 0101111"));

  private Atomics() {}
}
