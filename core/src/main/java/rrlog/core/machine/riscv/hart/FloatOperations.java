package rrlog.core.machine.riscv.hart;

import rrlog.core.machine.riscv.fpu.Binary32;
import rrlog.core.machine.riscv.fpu.Rounding;
import rrlog.core.machine.riscv.isa.Decoded;
import rrlog.core.machine.riscv.isa.Op;

/**
 * What F, D and Zfa have in common: mstatus.FS, rounding modes, loads and stores.
 *
 * <p>QEMU makes FS dirty when an instruction writes a floating-point register; when it only accrues
 * exceptions, from 11.1 on ({@link HiddenFlags}).
 */
final class FloatOperations {
  private static final int DYNAMIC = 7;

  private FloatOperations() {}

  static void execute(HartState s, long w) {
    if (s.floatingPointOff()) {
      throw s.trap.counted(Cause.ILLEGAL_INSTRUCTION, s.instructionAtPc() & 0xffff_ffffL);
    }
    if (s.flagsMakeDirty && (s.mstatus & Status.FS) != Status.FS) {
      HiddenFlags.execute(s, w);
    } else {
      compute(s, w);
    }
  }

  /** Executes, with mstatus.FS on. */
  static void compute(HartState s, long w) {
    int op = Decoded.op(w);
    if (op <= Op.FSD) {
      transfer(s, w, op);
    } else if (op < Op.FMADD_D) {
      SingleOperations.execute(s, w);
    } else if (op < Op.FLI_S) {
      DoubleOperations.execute(s, w);
    } else {
      AdditionalFloatOperations.execute(s, w);
    }
  }

  /**
   * The rounding mode of an instruction with an rm field.
   *
   * @throws rrlog.core.machine.riscv.mmu.Trap if it is not one; QEMU finds that out too late to
   *     count the instruction
   */
  static int rounding(HartState s, long w) {
    int mode = Decoded.roundingMode(w);
    if (mode == DYNAMIC) {
      mode = s.roundingMode;
    }
    if (!Rounding.isMode(mode)) {
      throw s.trap.uncounted(Cause.ILLEGAL_INSTRUCTION, s.instructionAtPc() & 0xffff_ffffL);
    }
    return mode;
  }

  static void set(HartState s, long w, long value) {
    s.f[Decoded.rd(w)] = value;
    s.markFloatDirty();
  }

  private static void transfer(HartState s, long w, int op) {
    long address = s.x[Decoded.rs1(w)] + Decoded.immediate(w);
    switch (op) {
      case Op.FLW -> set(s, w, Binary32.box((int) s.mmu.load(address, 4)));
      case Op.FLD -> set(s, w, s.mmu.load(address, 8));
      case Op.FSW -> s.mmu.store(address, 4, s.f[Decoded.rs2(w)]);
      case Op.FSD -> s.mmu.store(address, 8, s.f[Decoded.rs2(w)]);
      default -> throw new IllegalStateException("not a transfer: " + op);
    }
  }
}
