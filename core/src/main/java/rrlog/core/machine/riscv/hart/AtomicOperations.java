package rrlog.core.machine.riscv.hart;

import rrlog.core.machine.riscv.isa.Decoded;
import rrlog.core.machine.riscv.isa.Op;
import rrlog.core.machine.riscv.mmu.Access;
import rrlog.core.machine.riscv.mmu.Trap;

/**
 * A, the way QEMU executes it for a single hart that counts instructions (semantics page, section
 * 4): an AMO is a load and then a store and faults as these do, SC compares memory with what LR
 * loaded.
 */
final class AtomicOperations {
  private AtomicOperations() {}

  static void execute(HartState s, long w) {
    int op = Decoded.op(w);
    int size = op < Op.LR_D ? 4 : 8;
    long address = s.x[Decoded.rs1(w)];
    switch (op) {
      case Op.LR_W, Op.LR_D -> {
        long value = load(s, address, size);
        s.reservation = address;
        s.reservedValue = value;
        s.x[Decoded.rd(w)] = value;
      }
      case Op.SC_W, Op.SC_D ->
          s.x[Decoded.rd(w)] = storeConditional(s, address, size, s.x[Decoded.rs2(w)]) ? 0 : 1;
      default -> {
        long operand = s.x[Decoded.rs2(w)];
        long old = loadForStore(s, address, size);
        s.mmu.store(address, size, combine(op, old, size == 4 ? (int) operand : operand));
        s.x[Decoded.rd(w)] = old;
      }
    }
  }

  /** Sign-extended. A misaligned address is a load's fault, whatever the instruction. */
  private static long load(HartState s, long address, int size) {
    if ((address & size - 1) != 0) {
      throw s.trap.uncounted(Access.LOAD.misaligned(), address);
    }
    long value = s.mmu.load(address, size);
    return size == 4 ? (int) value : value;
  }

  /** The load of an instruction that also stores. */
  private static long loadForStore(HartState s, long address, int size) {
    if ((address & size - 1) != 0 && s.amoMisalignedIsStore) {
      throw s.trap.uncounted(Access.STORE.misaligned(), address);
    }
    if (!s.amoFaultsAsStore) {
      return load(s, address, size);
    }
    try {
      return load(s, address, size);
    } catch (Trap refused) {
      int cause = refused.cause();
      if (cause == Access.LOAD.accessFault()) {
        cause = Access.STORE.accessFault();
      } else if (cause == Access.LOAD.pageFault()) {
        cause = Access.STORE.pageFault();
      }
      throw s.trap.uncounted(cause, refused.value());
    }
  }

  private static boolean storeConditional(HartState s, long address, int size, long value) {
    boolean success = false;
    if (address == s.reservation) {
      long old = loadForStore(s, address, size);
      // On a mismatch QEMU stores the old value again, which may fault, too.
      boolean same = size == 4 ? (int) old == (int) s.reservedValue : old == s.reservedValue;
      s.mmu.store(address, size, same ? value : old);
      success = old == s.reservedValue;
    } else if (s.failedScProbes) {
      if ((address & size - 1) != 0) {
        throw s.trap.uncounted(Access.STORE.misaligned(), address);
      }
      s.mmu.probeStore(address, size);
    }
    s.reservation = -1;
    return success;
  }

  /** Both operands sign-extended from the size of the access. */
  private static long combine(int op, long old, long operand) {
    return switch (op) {
      case Op.AMOSWAP_W, Op.AMOSWAP_D -> operand;
      case Op.AMOADD_W, Op.AMOADD_D -> old + operand;
      case Op.AMOXOR_W, Op.AMOXOR_D -> old ^ operand;
      case Op.AMOAND_W, Op.AMOAND_D -> old & operand;
      case Op.AMOOR_W, Op.AMOOR_D -> old | operand;
      case Op.AMOMIN_W, Op.AMOMIN_D -> Math.min(old, operand);
      case Op.AMOMAX_W, Op.AMOMAX_D -> Math.max(old, operand);
      // Sign extension keeps the unsigned order of words.
      case Op.AMOMINU_W, Op.AMOMINU_D -> Long.compareUnsigned(old, operand) < 0 ? old : operand;
      case Op.AMOMAXU_W, Op.AMOMAXU_D -> Long.compareUnsigned(old, operand) > 0 ? old : operand;
      default -> throw new IllegalStateException("not an AMO: " + op);
    };
  }
}
