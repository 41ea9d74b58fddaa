package rrlog.core.machine.riscv.hart;

import static rrlog.core.machine.riscv.hart.FloatOperations.rounding;
import static rrlog.core.machine.riscv.hart.FloatOperations.set;

import rrlog.core.machine.riscv.fpu.Binary32;
import rrlog.core.machine.riscv.fpu.Bits32;
import rrlog.core.machine.riscv.fpu.Bits64;
import rrlog.core.machine.riscv.fpu.Constants;
import rrlog.core.machine.riscv.fpu.Conversions;
import rrlog.core.machine.riscv.fpu.FpFlags;
import rrlog.core.machine.riscv.fpu.Integral;
import rrlog.core.machine.riscv.isa.Decoded;
import rrlog.core.machine.riscv.isa.Op;

/** Zfa, in both precisions (RISC-V Unprivileged, "Zfa" 1.0). */
final class AdditionalFloatOperations {
  private AdditionalFloatOperations() {}

  static void execute(HartState s, long w) {
    int op = Decoded.op(w);
    switch (op) {
      case Op.FLI_S, Op.FMINM_S, Op.FMAXM_S, Op.FROUND_S, Op.FROUNDNX_S ->
          set(s, w, Binary32.box(inSingle(s, w, op)));
      case Op.FLI_D, Op.FMINM_D, Op.FMAXM_D, Op.FROUND_D, Op.FROUNDNX_D ->
          set(s, w, inDouble(s, w, op));
      default -> s.x[Decoded.rd(w)] = integer(s, w, op);
    }
  }

  private static int inSingle(HartState s, long w, int op) {
    FpFlags flags = s.flags;
    int a = Binary32.unbox(s.f[Decoded.rs1(w)]);
    int b = Binary32.unbox(s.f[Decoded.rs2(w)]);
    return switch (op) {
      case Op.FLI_S -> Constants.binary32(Decoded.rs1(w));
      case Op.FMINM_S -> Bits32.minimum(a, b, flags);
      case Op.FMAXM_S -> Bits32.maximum(a, b, flags);
      case Op.FROUND_S -> Integral.round(a, rounding(s, w), flags);
      default -> Integral.roundInexact(a, rounding(s, w), flags);
    };
  }

  private static long inDouble(HartState s, long w, int op) {
    FpFlags flags = s.flags;
    long a = s.f[Decoded.rs1(w)];
    long b = s.f[Decoded.rs2(w)];
    return switch (op) {
      case Op.FLI_D -> Constants.binary64(Decoded.rs1(w));
      case Op.FMINM_D -> Bits64.minimum(a, b, flags);
      case Op.FMAXM_D -> Bits64.maximum(a, b, flags);
      case Op.FROUND_D -> Integral.round(a, rounding(s, w), flags);
      default -> Integral.roundInexact(a, rounding(s, w), flags);
    };
  }

  private static long integer(HartState s, long w, int op) {
    FpFlags flags = s.flags;
    long a = s.f[Decoded.rs1(w)];
    long b = s.f[Decoded.rs2(w)];
    return switch (op) {
      case Op.FLEQ_S -> Bits32.leQuiet(Binary32.unbox(a), Binary32.unbox(b), flags) ? 1 : 0;
      case Op.FLTQ_S -> Bits32.ltQuiet(Binary32.unbox(a), Binary32.unbox(b), flags) ? 1 : 0;
      case Op.FLEQ_D -> Bits64.leQuiet(a, b, flags) ? 1 : 0;
      case Op.FLTQ_D -> Bits64.ltQuiet(a, b, flags) ? 1 : 0;
      case Op.FCVTMOD_W_D -> Conversions.doubleToInt32Modular(a, flags);
      default -> throw new IllegalStateException("not of this extension: " + op);
    };
  }
}
