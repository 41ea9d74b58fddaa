package rrlog.core.machine.riscv.hart;

import static rrlog.core.machine.riscv.fpu.FpFlags.NV;

import rrlog.core.machine.riscv.fpu.Binary32;
import rrlog.core.machine.riscv.fpu.Bits32;
import rrlog.core.machine.riscv.fpu.Bits64;
import rrlog.core.machine.riscv.isa.Decoded;
import rrlog.core.machine.riscv.isa.Encoding;
import rrlog.core.machine.riscv.isa.InstructionSet;

/**
 * How a comparison or conversion makes mstatus.FS dirty in QEMU 11.1: when it raises a flag that
 * was clear, among them flags that a guest cannot read. Those are raised by a signalling NaN, by
 * subnormal operands of a comparison, and by a conversion of what does not fit (measured in 11.1.3,
 * samples/riscv/zfa).
 *
 * <p>QEMU keeps the hidden ones, too, until fflags or fcsr is written; here each counts as clear
 * before. That differs for a guest that cleans FS, writes neither, and raises the same one again.
 */
final class HiddenFlags {
  private static final int SUBNORMAL = 1 << 2 | 1 << 5;
  private static final int SIGNALING = 1 << 8;
  private static final int QUIET = 1 << 9;

  private HiddenFlags() {}

  /** Executes while FS is not dirty. */
  static void execute(HartState s, long w) {
    int before = s.flags.bits;
    int classes = classes(s, w);
    s.flags.bits = 0;
    try {
      FloatOperations.compute(s, w);
      if ((s.flags.bits & ~before) != 0 || raisesHidden(w, classes, s.flags.bits)) {
        s.markFloatDirty();
      }
    } finally {
      s.flags.bits |= before;
    }
  }

  private static boolean raisesHidden(long w, int classes, int flags) {
    return switch (InstructionSet.encoding(Decoded.op(w)).format()) {
      case FLOAT_COMPARE ->
          (classes & SIGNALING) != 0 || ((classes & QUIET) == 0 && (classes & SUBNORMAL) != 0);
      case FLOAT_TO_INTEGER_ROUNDED -> (flags & NV) != 0 && (classes & QUIET) == 0;
      default -> false;
    };
  }

  /** What the operands of an instruction are that writes an integer register; as fclass. */
  private static int classes(HartState s, long w) {
    Encoding encoding = InstructionSet.encoding(Decoded.op(w));
    long a = s.f[Decoded.rs1(w)];
    long b = s.f[Decoded.rs2(w)];
    boolean single = encoding.mnemonic().endsWith(".s");
    int first = single ? Bits32.classify(Binary32.unbox(a)) : Bits64.classify(a);
    return switch (encoding.format()) {
      case FLOAT_COMPARE ->
          first | (single ? Bits32.classify(Binary32.unbox(b)) : Bits64.classify(b));
      case FLOAT_TO_INTEGER_ROUNDED -> first;
      default -> 0;
    };
  }
}
