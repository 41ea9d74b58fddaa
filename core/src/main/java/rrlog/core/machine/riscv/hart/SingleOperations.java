package rrlog.core.machine.riscv.hart;

import static rrlog.core.machine.riscv.hart.FloatOperations.rounding;
import static rrlog.core.machine.riscv.hart.FloatOperations.set;

import rrlog.core.machine.riscv.fpu.Binary32;
import rrlog.core.machine.riscv.fpu.Bits32;
import rrlog.core.machine.riscv.fpu.Conversions;
import rrlog.core.machine.riscv.fpu.FpFlags;
import rrlog.core.machine.riscv.isa.Decoded;
import rrlog.core.machine.riscv.isa.Op;

/** F: single precision (RISC-V Unprivileged 11). */
final class SingleOperations {
  private SingleOperations() {}

  static void execute(HartState s, long w) {
    int op = Decoded.op(w);
    FpFlags flags = s.flags;
    int a = Binary32.unbox(s.f[Decoded.rs1(w)]);
    int b = Binary32.unbox(s.f[Decoded.rs2(w)]);
    long integer = s.x[Decoded.rs1(w)];
    switch (op) {
      case Op.FADD_S -> set(s, w, Binary32.box(Binary32.add(a, b, rounding(s, w), flags)));
      case Op.FSUB_S -> set(s, w, Binary32.box(Binary32.sub(a, b, rounding(s, w), flags)));
      case Op.FMUL_S -> set(s, w, Binary32.box(Binary32.mul(a, b, rounding(s, w), flags)));
      case Op.FDIV_S -> set(s, w, Binary32.box(Binary32.div(a, b, rounding(s, w), flags)));
      case Op.FSQRT_S -> set(s, w, Binary32.box(Binary32.sqrt(a, rounding(s, w), flags)));
      case Op.FMADD_S, Op.FMSUB_S, Op.FNMSUB_S, Op.FNMADD_S ->
          set(s, w, Binary32.box(fused(s, w, a, b)));
      case Op.FSGNJ_S -> set(s, w, Binary32.box(Bits32.signInject(a, b)));
      case Op.FSGNJN_S -> set(s, w, Binary32.box(Bits32.signInjectNegated(a, b)));
      case Op.FSGNJX_S -> set(s, w, Binary32.box(Bits32.signInjectXor(a, b)));
      case Op.FMIN_S -> set(s, w, Binary32.box(Bits32.min(a, b, flags)));
      case Op.FMAX_S -> set(s, w, Binary32.box(Bits32.max(a, b, flags)));
      case Op.FEQ_S -> s.x[Decoded.rd(w)] = Bits32.eq(a, b, flags) ? 1 : 0;
      case Op.FLT_S -> s.x[Decoded.rd(w)] = Bits32.lt(a, b, flags) ? 1 : 0;
      case Op.FLE_S -> s.x[Decoded.rd(w)] = Bits32.le(a, b, flags) ? 1 : 0;
      case Op.FCLASS_S -> s.x[Decoded.rd(w)] = Bits32.classify(a);
      case Op.FCVT_W_S -> s.x[Decoded.rd(w)] = Conversions.singleToInt32(a, rounding(s, w), flags);
      case Op.FCVT_WU_S ->
          s.x[Decoded.rd(w)] = Conversions.singleToUint32(a, rounding(s, w), flags);
      case Op.FCVT_L_S -> s.x[Decoded.rd(w)] = Conversions.singleToInt64(a, rounding(s, w), flags);
      case Op.FCVT_LU_S ->
          s.x[Decoded.rd(w)] = Conversions.singleToUint64(a, rounding(s, w), flags);
      case Op.FCVT_S_W ->
          set(s, w, Binary32.box(Conversions.int32ToSingle((int) integer, rounding(s, w), flags)));
      case Op.FCVT_S_WU ->
          set(s, w, Binary32.box(Conversions.uint32ToSingle((int) integer, rounding(s, w), flags)));
      case Op.FCVT_S_L ->
          set(s, w, Binary32.box(Conversions.int64ToSingle(integer, rounding(s, w), flags)));
      case Op.FCVT_S_LU ->
          set(s, w, Binary32.box(Conversions.uint64ToSingle(integer, rounding(s, w), flags)));
      case Op.FMV_X_W -> s.x[Decoded.rd(w)] = (int) s.f[Decoded.rs1(w)];
      case Op.FMV_W_X -> set(s, w, Binary32.box((int) integer));
      default -> throw new IllegalStateException("not of this extension: " + op);
    }
  }

  private static int fused(HartState s, long w, int a, int b) {
    int c = Binary32.unbox(s.f[Decoded.rs3(w)]);
    int mode = rounding(s, w);
    return switch (Decoded.op(w)) {
      case Op.FMADD_S -> Binary32.madd(a, b, c, mode, s.flags);
      case Op.FMSUB_S -> Binary32.msub(a, b, c, mode, s.flags);
      case Op.FNMSUB_S -> Binary32.nmsub(a, b, c, mode, s.flags);
      default -> Binary32.nmadd(a, b, c, mode, s.flags);
    };
  }
}
