package rrlog.core.machine.riscv.isa;

import static rrlog.core.machine.riscv.isa.Encoding.of;
import static rrlog.core.machine.riscv.isa.Format.FLOAT_COMPARE;
import static rrlog.core.machine.riscv.isa.Format.FLOAT_CONSTANT;
import static rrlog.core.machine.riscv.isa.Format.FLOAT_REGISTERS;
import static rrlog.core.machine.riscv.isa.Format.FLOAT_TO_INTEGER_ROUNDED;
import static rrlog.core.machine.riscv.isa.Format.FLOAT_UNARY_ROUNDED;

import java.util.List;

/** The encodings of Zfa for F and D on RV64 (RISC-V Unprivileged, "Zfa" 1.0). */
final class AdditionalFloat {
  /** The constants of fli as binutils write them, in C's hexadecimal, by their numbers. */
  private static final List<String> CONSTANTS =
      List.of(
          "-0x1p+0",
          "min",
          "0x1p-16",
          "0x1p-15",
          "0x1p-8",
          "0x1p-7",
          "0x1p-4",
          "0x1p-3",
          "0x1p-2",
          "0x1.4p-2",
          "0x1.8p-2",
          "0x1.cp-2",
          "0x1p-1",
          "0x1.4p-1",
          "0x1.8p-1",
          "0x1.cp-1",
          "0x1p+0",
          "0x1.4p+0",
          "0x1.8p+0",
          "0x1.cp+0",
          "0x1p+1",
          "0x1.4p+1",
          "0x1.8p+1",
          "0x1p+2",
          "0x1p+3",
          "0x1p+4",
          "0x1p+7",
          "0x1p+8",
          "0x1p+15",
          "0x1p+16",
          "inf",
          "nan");

  static final List<Encoding> TABLE =
      List.of(
          of(Op.FLI_S, "fli.s", FLOAT_CONSTANT, "11110 00 00001 ..... 000 ..... 1010011"),
          of(Op.FMINM_S, "fminm.s", FLOAT_REGISTERS, "00101 00 ..... ..... 010 ..... 1010011"),
          of(Op.FMAXM_S, "fmaxm.s", FLOAT_REGISTERS, "00101 00 ..... ..... 011 ..... 1010011"),
          of(
              Op.FROUND_S,
              "fround.s",
              FLOAT_UNARY_ROUNDED,
              "01000 00 00100 ..... ... ..... 1010011"),
          of(
              Op.FROUNDNX_S,
              "froundnx.s",
              FLOAT_UNARY_ROUNDED,
              "01000 00 00101 ..... ... ..... 1010011"),
          of(Op.FLEQ_S, "fleq.s", FLOAT_COMPARE, "10100 00 ..... ..... 100 ..... 1010011"),
          of(Op.FLTQ_S, "fltq.s", FLOAT_COMPARE, "10100 00 ..... ..... 101 ..... 1010011"),
          of(Op.FLI_D, "fli.d", FLOAT_CONSTANT, "11110 01 00001 ..... 000 ..... 1010011"),
          of(Op.FMINM_D, "fminm.d", FLOAT_REGISTERS, "00101 01 ..... ..... 010 ..... 1010011"),
          of(Op.FMAXM_D, "fmaxm.d", FLOAT_REGISTERS, "00101 01 ..... ..... 011 ..... 1010011"),
          of(
              Op.FROUND_D,
              "fround.d",
              FLOAT_UNARY_ROUNDED,
              "01000 01 00100 ..... ... ..... 1010011"),
          of(
              Op.FROUNDNX_D,
              "froundnx.d",
              FLOAT_UNARY_ROUNDED,
              "01000 01 00101 ..... ... ..... 1010011"),
          of(Op.FLEQ_D, "fleq.d", FLOAT_COMPARE, "10100 01 ..... ..... 100 ..... 1010011"),
          of(Op.FLTQ_D, "fltq.d", FLOAT_COMPARE, "10100 01 ..... ..... 101 ..... 1010011"),
          of(
              Op.FCVTMOD_W_D,
              "fcvtmod.w.d",
              FLOAT_TO_INTEGER_ROUNDED,
              "11000 01 01000 ..... 001 ..... 1010011"));

  private AdditionalFloat() {}

  /** A constant of fli for printing, 0 to 31. */
  static String constant(int number) {
    return CONSTANTS.get(number);
  }
}
