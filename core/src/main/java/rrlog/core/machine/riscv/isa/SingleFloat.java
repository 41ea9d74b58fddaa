package rrlog.core.machine.riscv.isa;

import static rrlog.core.machine.riscv.isa.Encoding.of;
import static rrlog.core.machine.riscv.isa.Format.FLOAT_COMPARE;
import static rrlog.core.machine.riscv.isa.Format.FLOAT_FUSED;
import static rrlog.core.machine.riscv.isa.Format.FLOAT_LOAD;
import static rrlog.core.machine.riscv.isa.Format.FLOAT_REGISTERS;
import static rrlog.core.machine.riscv.isa.Format.FLOAT_ROUNDED;
import static rrlog.core.machine.riscv.isa.Format.FLOAT_STORE;
import static rrlog.core.machine.riscv.isa.Format.FLOAT_TO_INTEGER;
import static rrlog.core.machine.riscv.isa.Format.FLOAT_TO_INTEGER_ROUNDED;
import static rrlog.core.machine.riscv.isa.Format.FLOAT_UNARY_ROUNDED;
import static rrlog.core.machine.riscv.isa.Format.INTEGER_TO_FLOAT;
import static rrlog.core.machine.riscv.isa.Format.INTEGER_TO_FLOAT_ROUNDED;

import java.util.List;

/** The encodings of F (RISC-V Unprivileged 11). */
final class SingleFloat {
  static final List<Encoding> TABLE =
      List.of(
          of(Op.FLW, "flw", FLOAT_LOAD, "............ ..... 010 ..... 0000111"),
          of(Op.FSW, "fsw", FLOAT_STORE, "....... ..... ..... 010 ..... 0100111"),
          of(Op.FMADD_S, "fmadd.s", FLOAT_FUSED, "..... 00 ..... ..... ... ..... 1000011"),
          of(Op.FMSUB_S, "fmsub.s", FLOAT_FUSED, "..... 00 ..... ..... ... ..... 1000111"),
          of(Op.FNMSUB_S, "fnmsub.s", FLOAT_FUSED, "..... 00 ..... ..... ... ..... 1001011"),
          of(Op.FNMADD_S, "fnmadd.s", FLOAT_FUSED, "..... 00 ..... ..... ... ..... 1001111"),
          of(Op.FADD_S, "fadd.s", FLOAT_ROUNDED, "00000 00 ..... ..... ... ..... 1010011"),
          of(Op.FSUB_S, "fsub.s", FLOAT_ROUNDED, "00001 00 ..... ..... ... ..... 1010011"),
          of(Op.FMUL_S, "fmul.s", FLOAT_ROUNDED, "00010 00 ..... ..... ... ..... 1010011"),
          of(Op.FDIV_S, "fdiv.s", FLOAT_ROUNDED, "00011 00 ..... ..... ... ..... 1010011"),
          of(Op.FSQRT_S, "fsqrt.s", FLOAT_UNARY_ROUNDED, "01011 00 00000 ..... ... ..... 1010011"),
          of(Op.FSGNJ_S, "fsgnj.s", FLOAT_REGISTERS, "00100 00 ..... ..... 000 ..... 1010011"),
          of(Op.FSGNJN_S, "fsgnjn.s", FLOAT_REGISTERS, "00100 00 ..... ..... 001 ..... 1010011"),
          of(Op.FSGNJX_S, "fsgnjx.s", FLOAT_REGISTERS, "00100 00 ..... ..... 010 ..... 1010011"),
          of(Op.FMIN_S, "fmin.s", FLOAT_REGISTERS, "00101 00 ..... ..... 000 ..... 1010011"),
          of(Op.FMAX_S, "fmax.s", FLOAT_REGISTERS, "00101 00 ..... ..... 001 ..... 1010011"),
          of(Op.FEQ_S, "feq.s", FLOAT_COMPARE, "10100 00 ..... ..... 010 ..... 1010011"),
          of(Op.FLT_S, "flt.s", FLOAT_COMPARE, "10100 00 ..... ..... 001 ..... 1010011"),
          of(Op.FLE_S, "fle.s", FLOAT_COMPARE, "10100 00 ..... ..... 000 ..... 1010011"),
          of(
              Op.FCVT_W_S,
              "fcvt.w.s",
              FLOAT_TO_INTEGER_ROUNDED,
              "11000 00 00000 ..... ... ..... 1010011"),
          of(
              Op.FCVT_S_W,
              "fcvt.s.w",
              INTEGER_TO_FLOAT_ROUNDED,
              "11010 00 00000 ..... ... ..... 1010011"),
          of(
              Op.FCVT_WU_S,
              "fcvt.wu.s",
              FLOAT_TO_INTEGER_ROUNDED,
              "11000 00 00001 ..... ... ..... 1010011"),
          of(
              Op.FCVT_S_WU,
              "fcvt.s.wu",
              INTEGER_TO_FLOAT_ROUNDED,
              "11010 00 00001 ..... ... ..... 1010011"),
          of(
              Op.FCVT_L_S,
              "fcvt.l.s",
              FLOAT_TO_INTEGER_ROUNDED,
              "11000 00 00010 ..... ... ..... 1010011"),
          of(
              Op.FCVT_S_L,
              "fcvt.s.l",
              INTEGER_TO_FLOAT_ROUNDED,
              "11010 00 00010 ..... ... ..... 1010011"),
          of(
              Op.FCVT_LU_S,
              "fcvt.lu.s",
              FLOAT_TO_INTEGER_ROUNDED,
              "11000 00 00011 ..... ... ..... 1010011"),
          of(
              Op.FCVT_S_LU,
              "fcvt.s.lu",
              INTEGER_TO_FLOAT_ROUNDED,
              "11010 00 00011 ..... ... ..... 1010011"),
          of(Op.FMV_X_W, "fmv.x.w", FLOAT_TO_INTEGER, "11100 00 00000 ..... 000 ..... 1010011"),
          of(Op.FCLASS_S, "fclass.s", FLOAT_TO_INTEGER, "11100 00 00000 ..... 001 ..... 1010011"),
          of(Op.FMV_W_X, "fmv.w.x", INTEGER_TO_FLOAT, "11110 00 00000 ..... 000 ..... 1010011"));

  private SingleFloat() {}
}
