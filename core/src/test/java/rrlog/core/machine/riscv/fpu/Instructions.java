package rrlog.core.machine.riscv.fpu;

import static rrlog.core.machine.riscv.fpu.Binary32.box;
import static rrlog.core.machine.riscv.fpu.Binary32.unbox;

/** Executes an instruction by its name in the assembler, on whole 64-bit registers, as a hart. */
final class Instructions {
  private Instructions() {}

  /** Returns what the destination register holds afterwards; flags accrue. */
  static long execute(String name, int mode, long a, long b, long c, FpFlags flags) {
    return name.endsWith(".d") || name.startsWith("fcvt.d.")
        ? onDoubles(name, mode, a, b, c, flags)
        : onSingles(name, mode, a, b, c, flags);
  }

  private static long onDoubles(String name, int mode, long a, long b, long c, FpFlags flags) {
    return switch (name) {
      case "fadd.d" -> Binary64.add(a, b, mode, flags);
      case "fsub.d" -> Binary64.sub(a, b, mode, flags);
      case "fmul.d" -> Binary64.mul(a, b, mode, flags);
      case "fdiv.d" -> Binary64.div(a, b, mode, flags);
      case "fsqrt.d" -> Binary64.sqrt(a, mode, flags);
      case "fmadd.d" -> Binary64.madd(a, b, c, mode, flags);
      case "fmsub.d" -> Binary64.msub(a, b, c, mode, flags);
      case "fnmsub.d" -> Binary64.nmsub(a, b, c, mode, flags);
      case "fnmadd.d" -> Binary64.nmadd(a, b, c, mode, flags);
      case "fmin.d" -> Bits64.min(a, b, flags);
      case "fmax.d" -> Bits64.max(a, b, flags);
      case "fsgnj.d" -> Bits64.signInject(a, b);
      case "fsgnjn.d" -> Bits64.signInjectNegated(a, b);
      case "fsgnjx.d" -> Bits64.signInjectXor(a, b);
      case "feq.d" -> Bits64.eq(a, b, flags) ? 1 : 0;
      case "flt.d" -> Bits64.lt(a, b, flags) ? 1 : 0;
      case "fle.d" -> Bits64.le(a, b, flags) ? 1 : 0;
      case "fclass.d" -> Bits64.classify(a);
      case "fcvt.w.d" -> Conversions.doubleToInt32(a, mode, flags);
      case "fcvt.wu.d" -> Conversions.doubleToUint32(a, mode, flags);
      case "fcvt.l.d" -> Conversions.doubleToInt64(a, mode, flags);
      case "fcvt.lu.d" -> Conversions.doubleToUint64(a, mode, flags);
      case "fcvt.d.w" -> Conversions.int32ToDouble((int) a);
      case "fcvt.d.wu" -> Conversions.uint32ToDouble((int) a);
      case "fcvt.d.l" -> Conversions.int64ToDouble(a, mode, flags);
      case "fcvt.d.lu" -> Conversions.uint64ToDouble(a, mode, flags);
      case "fcvt.d.s" -> Conversions.singleToDouble(unbox(a), flags);
      case "fcvt.s.d" -> box(Conversions.doubleToSingle(a, mode, flags));
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static long onSingles(
      String name, int mode, long register, long second, long third, FpFlags flags) {
    int a = unbox(register);
    int b = unbox(second);
    int c = unbox(third);
    return switch (name) {
      case "fadd.s" -> box(Binary32.add(a, b, mode, flags));
      case "fsub.s" -> box(Binary32.sub(a, b, mode, flags));
      case "fmul.s" -> box(Binary32.mul(a, b, mode, flags));
      case "fdiv.s" -> box(Binary32.div(a, b, mode, flags));
      case "fsqrt.s" -> box(Binary32.sqrt(a, mode, flags));
      case "fmadd.s" -> box(Binary32.madd(a, b, c, mode, flags));
      case "fmsub.s" -> box(Binary32.msub(a, b, c, mode, flags));
      case "fnmsub.s" -> box(Binary32.nmsub(a, b, c, mode, flags));
      case "fnmadd.s" -> box(Binary32.nmadd(a, b, c, mode, flags));
      case "fmin.s" -> box(Bits32.min(a, b, flags));
      case "fmax.s" -> box(Bits32.max(a, b, flags));
      case "fsgnj.s" -> box(Bits32.signInject(a, b));
      case "fsgnjn.s" -> box(Bits32.signInjectNegated(a, b));
      case "fsgnjx.s" -> box(Bits32.signInjectXor(a, b));
      case "feq.s" -> Bits32.eq(a, b, flags) ? 1 : 0;
      case "flt.s" -> Bits32.lt(a, b, flags) ? 1 : 0;
      case "fle.s" -> Bits32.le(a, b, flags) ? 1 : 0;
      case "fclass.s" -> Bits32.classify(a);
      case "fcvt.w.s" -> Conversions.singleToInt32(a, mode, flags);
      case "fcvt.wu.s" -> Conversions.singleToUint32(a, mode, flags);
      case "fcvt.l.s" -> Conversions.singleToInt64(a, mode, flags);
      case "fcvt.lu.s" -> Conversions.singleToUint64(a, mode, flags);
      case "fcvt.s.w" -> box(Conversions.int32ToSingle((int) register, mode, flags));
      case "fcvt.s.wu" -> box(Conversions.uint32ToSingle((int) register, mode, flags));
      case "fcvt.s.l" -> box(Conversions.int64ToSingle(register, mode, flags));
      case "fcvt.s.lu" -> box(Conversions.uint64ToSingle(register, mode, flags));
      default -> throw new IllegalArgumentException(name);
    };
  }
}
