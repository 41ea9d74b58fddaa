package rrlog.core.machine.riscv.hart;

import static rrlog.core.machine.riscv.hart.FloatOperations.rounding;
import static rrlog.core.machine.riscv.hart.FloatOperations.set;

import rrlog.core.machine.riscv.fpu.Binary32;
import rrlog.core.machine.riscv.fpu.Binary64;
import rrlog.core.machine.riscv.fpu.Bits64;
import rrlog.core.machine.riscv.fpu.Conversions;
import rrlog.core.machine.riscv.fpu.FpFlags;
import rrlog.core.machine.riscv.isa.Decoded;
import rrlog.core.machine.riscv.isa.Op;

/** D: double precision (RISC-V Unprivileged 12). */
final class DoubleOperations {
  private DoubleOperations() {}

  static void execute(HartState s, long w) {
    int op = Decoded.op(w);
    FpFlags flags = s.flags;
    long a = s.f[Decoded.rs1(w)];
    long b = s.f[Decoded.rs2(w)];
    long integer = s.x[Decoded.rs1(w)];
    switch (op) {
      case Op.FADD_D -> set(s, w, Binary64.add(a, b, rounding(s, w), flags));
      case Op.FSUB_D -> set(s, w, Binary64.sub(a, b, rounding(s, w), flags));
      case Op.FMUL_D -> set(s, w, Binary64.mul(a, b, rounding(s, w), flags));
      case Op.FDIV_D -> set(s, w, Binary64.div(a, b, rounding(s, w), flags));
      case Op.FSQRT_D -> set(s, w, Binary64.sqrt(a, rounding(s, w), flags));
      case Op.FMADD_D, Op.FMSUB_D, Op.FNMSUB_D, Op.FNMADD_D -> set(s, w, fused(s, w, a, b));
      case Op.FSGNJ_D -> set(s, w, Bits64.signInject(a, b));
      case Op.FSGNJN_D -> set(s, w, Bits64.signInjectNegated(a, b));
      case Op.FSGNJX_D -> set(s, w, Bits64.signInjectXor(a, b));
      case Op.FMIN_D -> set(s, w, Bits64.min(a, b, flags));
      case Op.FMAX_D -> set(s, w, Bits64.max(a, b, flags));
      case Op.FEQ_D -> s.x[Decoded.rd(w)] = Bits64.eq(a, b, flags) ? 1 : 0;
      case Op.FLT_D -> s.x[Decoded.rd(w)] = Bits64.lt(a, b, flags) ? 1 : 0;
      case Op.FLE_D -> s.x[Decoded.rd(w)] = Bits64.le(a, b, flags) ? 1 : 0;
      case Op.FCLASS_D -> s.x[Decoded.rd(w)] = Bits64.classify(a);
      case Op.FCVT_W_D -> s.x[Decoded.rd(w)] = Conversions.doubleToInt32(a, rounding(s, w), flags);
      case Op.FCVT_WU_D ->
          s.x[Decoded.rd(w)] = Conversions.doubleToUint32(a, rounding(s, w), flags);
      case Op.FCVT_L_D -> s.x[Decoded.rd(w)] = Conversions.doubleToInt64(a, rounding(s, w), flags);
      case Op.FCVT_LU_D ->
          s.x[Decoded.rd(w)] = Conversions.doubleToUint64(a, rounding(s, w), flags);
      case Op.FCVT_D_W -> {
        rounding(s, w); // exact, but a reserved mode is illegal all the same
        set(s, w, Conversions.int32ToDouble((int) integer));
      }
      case Op.FCVT_D_WU -> {
        rounding(s, w); // exact, but a reserved mode is illegal all the same
        set(s, w, Conversions.uint32ToDouble((int) integer));
      }
      case Op.FCVT_D_L -> set(s, w, Conversions.int64ToDouble(integer, rounding(s, w), flags));
      case Op.FCVT_D_LU -> set(s, w, Conversions.uint64ToDouble(integer, rounding(s, w), flags));
      case Op.FMV_X_D -> s.x[Decoded.rd(w)] = a;
      case Op.FMV_D_X -> set(s, w, integer);
      case Op.FCVT_S_D ->
          set(s, w, Binary32.box(Conversions.doubleToSingle(a, rounding(s, w), flags)));
      case Op.FCVT_D_S -> {
        rounding(s, w); // exact, but a reserved mode is illegal all the same
        set(s, w, Conversions.singleToDouble(Binary32.unbox(s.f[Decoded.rs1(w)]), flags));
      }
      default -> throw new IllegalStateException("not of this extension: " + op);
    }
  }

  private static long fused(HartState s, long w, long a, long b) {
    long c = s.f[Decoded.rs3(w)];
    int mode = rounding(s, w);
    return switch (Decoded.op(w)) {
      case Op.FMADD_D -> Binary64.madd(a, b, c, mode, s.flags);
      case Op.FMSUB_D -> Binary64.msub(a, b, c, mode, s.flags);
      case Op.FNMSUB_D -> Binary64.nmsub(a, b, c, mode, s.flags);
      default -> Binary64.nmadd(a, b, c, mode, s.flags);
    };
  }
}
