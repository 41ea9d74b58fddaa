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

/** The encodings of D (RISC-V Unprivileged 12). */
final class DoubleFloat {
  static final List<Encoding> TABLE =
      List.of(
          of(
              Op.FCVT_S_D,
              "fcvt.s.d",
              FLOAT_UNARY_ROUNDED,
              "01000 00 00001 ..... ... ..... 1010011"),
          of(Op.FLD, "fld", FLOAT_LOAD, "............ ..... 011 ..... 0000111"),
          of(Op.FSD, "fsd", FLOAT_STORE, "....... ..... ..... 011 ..... 0100111"),
          of(Op.FMADD_D, "fmadd.d", FLOAT_FUSED, "..... 01 ..... ..... ... ..... 1000011"),
          of(Op.FMSUB_D, "fmsub.d", FLOAT_FUSED, "..... 01 ..... ..... ... ..... 1000111"),
          of(Op.FNMSUB_D, "fnmsub.d", FLOAT_FUSED, "..... 01 ..... ..... ... ..... 1001011"),
          of(Op.FNMADD_D, "fnmadd.d", FLOAT_FUSED, "..... 01 ..... ..... ... ..... 1001111"),
          of(Op.FADD_D, "fadd.d", FLOAT_ROUNDED, "00000 01 ..... ..... ... ..... 1010011"),
          of(Op.FSUB_D, "fsub.d", FLOAT_ROUNDED, "00001 01 ..... ..... ... ..... 1010011"),
          of(Op.FMUL_D, "fmul.d", FLOAT_ROUNDED, "00010 01 ..... ..... ... ..... 1010011"),
          of(Op.FDIV_D, "fdiv.d", FLOAT_ROUNDED, "00011 01 ..... ..... ... ..... 1010011"),
          of(Op.FSQRT_D, "fsqrt.d", FLOAT_UNARY_ROUNDED, "01011 01 00000 ..... ... ..... 1010011"),
          of(Op.FSGNJ_D, "fsgnj.d", FLOAT_REGISTERS, "00100 01 ..... ..... 000 ..... 1010011"),
          of(Op.FSGNJN_D, "fsgnjn.d", FLOAT_REGISTERS, "00100 01 ..... ..... 001 ..... 1010011"),
          of(Op.FSGNJX_D, "fsgnjx.d", FLOAT_REGISTERS, "00100 01 ..... ..... 010 ..... 1010011"),
          of(Op.FMIN_D, "fmin.d", FLOAT_REGISTERS, "00101 01 ..... ..... 000 ..... 1010011"),
          of(Op.FMAX_D, "fmax.d", FLOAT_REGISTERS, "00101 01 ..... ..... 001 ..... 1010011"),
          of(
              Op.FCVT_D_S,
              "fcvt.d.s",
              FLOAT_UNARY_ROUNDED,
              "01000 01 00000 ..... ... ..... 1010011"),
          of(Op.FEQ_D, "feq.d", FLOAT_COMPARE, "10100 01 ..... ..... 010 ..... 1010011"),
          of(Op.FLT_D, "flt.d", FLOAT_COMPARE, "10100 01 ..... ..... 001 ..... 1010011"),
          of(Op.FLE_D, "fle.d", FLOAT_COMPARE, "10100 01 ..... ..... 000 ..... 1010011"),
          of(
              Op.FCVT_W_D,
              "fcvt.w.d",
              FLOAT_TO_INTEGER_ROUNDED,
              "11000 01 00000 ..... ... ..... 1010011"),
          of(
              Op.FCVT_D_W,
              "fcvt.d.w",
              INTEGER_TO_FLOAT_ROUNDED,
              "11010 01 00000 ..... ... ..... 1010011"),
          of(
              Op.FCVT_WU_D,
              "fcvt.wu.d",
              FLOAT_TO_INTEGER_ROUNDED,
              "11000 01 00001 ..... ... ..... 1010011"),
          of(
              Op.FCVT_D_WU,
              "fcvt.d.wu",
              INTEGER_TO_FLOAT_ROUNDED,
              "11010 01 00001 ..... ... ..... 1010011"),
          of(
              Op.FCVT_L_D,
              "fcvt.l.d",
              FLOAT_TO_INTEGER_ROUNDED,
              "11000 01 00010 ..... ... ..... 1010011"),
          of(
              Op.FCVT_D_L,
              "fcvt.d.l",
              INTEGER_TO_FLOAT_ROUNDED,
              "11010 01 00010 ..... ... ..... 1010011"),
          of(
              Op.FCVT_LU_D,
              "fcvt.lu.d",
              FLOAT_TO_INTEGER_ROUNDED,
              "11000 01 00011 ..... ... ..... 1010011"),
          of(
              Op.FCVT_D_LU,
              "fcvt.d.lu",
              INTEGER_TO_FLOAT_ROUNDED,
              "11010 01 00011 ..... ... ..... 1010011"),
          of(Op.FMV_X_D, "fmv.x.d", FLOAT_TO_INTEGER, "11100 01 00000 ..... 000 ..... 1010011"),
          of(Op.FCLASS_D, "fclass.d", FLOAT_TO_INTEGER, "11100 01 00000 ..... 001 ..... 1010011"),
          of(Op.FMV_D_X, "fmv.d.x", INTEGER_TO_FLOAT, "11110 01 00000 ..... 000 ..... 1010011"));

  private DoubleFloat() {}
}
