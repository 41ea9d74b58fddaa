package rrlog.core.machine.riscv.translate;

import rrlog.core.machine.platform.bus.Ram;
import rrlog.core.machine.riscv.mmu.HostMemory;
import rrlog.core.machine.riscv.mmu.Tlb;

/**
 * Loads and stores of translated code that is not hot enough to have them within itself: what the
 * TLB lets it touch directly, else by way of the {@link Context}. Loads are zero-extended.
 *
 * <p>More than 35 bytes of bytecode each, so that C1 calls them. Within a region each is some
 * twenty functions of the JDK to parse, which takes C1 longer than all else.
 */
final class Direct {
  private static final int PAGE = Ram.PAGE_SIZE;

  private Direct() {}

  static long load1(Context context, long[] tlb, long address, int left, long site) {
    int entry = (int) (address >>> 10) & Tlb.MASK;
    if (tlb[entry + Tlb.READ] == (address & -PAGE)) {
      return HostMemory.load1(address + tlb[entry + Tlb.ADDEND]);
    }
    return context.load(address, left, site);
  }

  static long load2(Context context, long[] tlb, long address, int left, long site) {
    int entry = (int) (address >>> 10) & Tlb.MASK;
    if (tlb[entry + Tlb.READ] == (address & (-PAGE | 1))) {
      return HostMemory.load2(address + tlb[entry + Tlb.ADDEND]);
    }
    return context.load(address, left, site);
  }

  static long load4(Context context, long[] tlb, long address, int left, long site) {
    int entry = (int) (address >>> 10) & Tlb.MASK;
    if (tlb[entry + Tlb.READ] == (address & (-PAGE | 3))) {
      return HostMemory.load4(address + tlb[entry + Tlb.ADDEND]);
    }
    return context.load(address, left, site);
  }

  static long load8(Context context, long[] tlb, long address, int left, long site) {
    int entry = (int) (address >>> 10) & Tlb.MASK;
    if (tlb[entry + Tlb.READ] == (address & (-PAGE | 7))) {
      return HostMemory.load8(address + tlb[entry + Tlb.ADDEND]);
    }
    return context.load(address, left, site);
  }

  static void store1(Context context, long[] tlb, long address, long value, int left, long site) {
    int entry = (int) (address >>> 10) & Tlb.MASK;
    if (tlb[entry + Tlb.WRITE] == (address & -PAGE)) {
      HostMemory.store1(address + tlb[entry + Tlb.ADDEND], value);
    } else {
      context.store(address, value, left, site);
    }
  }

  static void store2(Context context, long[] tlb, long address, long value, int left, long site) {
    int entry = (int) (address >>> 10) & Tlb.MASK;
    if (tlb[entry + Tlb.WRITE] == (address & (-PAGE | 1))) {
      HostMemory.store2(address + tlb[entry + Tlb.ADDEND], value);
    } else {
      context.store(address, value, left, site);
    }
  }

  static void store4(Context context, long[] tlb, long address, long value, int left, long site) {
    int entry = (int) (address >>> 10) & Tlb.MASK;
    if (tlb[entry + Tlb.WRITE] == (address & (-PAGE | 3))) {
      HostMemory.store4(address + tlb[entry + Tlb.ADDEND], value);
    } else {
      context.store(address, value, left, site);
    }
  }

  static void store8(Context context, long[] tlb, long address, long value, int left, long site) {
    int entry = (int) (address >>> 10) & Tlb.MASK;
    if (tlb[entry + Tlb.WRITE] == (address & (-PAGE | 7))) {
      HostMemory.store8(address + tlb[entry + Tlb.ADDEND], value);
    } else {
      context.store(address, value, left, site);
    }
  }
}
