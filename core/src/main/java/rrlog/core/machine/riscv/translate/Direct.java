package rrlog.core.machine.riscv.translate;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import rrlog.core.machine.platform.bus.Ram;
import rrlog.core.machine.riscv.mmu.Tlb;

/**
 * Loads and stores of translated code: what the TLB lets it touch directly, else by way of the
 * {@link Context}. Loads are zero-extended.
 *
 * <p>Some 60 bytes of bytecode each, so that C1 inlines them with {@code -XX:C1MaxInlineSize=90}.
 */
final class Direct {
  private static final VarHandle SHORT = view(short[].class);
  private static final VarHandle INT = view(int[].class);
  private static final VarHandle LONG = view(long[].class);
  private static final int PAGE = Ram.PAGE_SIZE;

  private Direct() {}

  static long load1(Context context, Tlb tlb, long address, long count, long site) {
    int entry = (int) (address >>> 12) & Tlb.MASK;
    if (tlb.readTags[entry] == (address & -PAGE)) {
      return tlb.hosts[entry][(int) address + tlb.deltas[entry]] & 0xff;
    }
    return context.load(address, count, site);
  }

  static long load2(Context context, Tlb tlb, long address, long count, long site) {
    int entry = (int) (address >>> 12) & Tlb.MASK;
    if (tlb.readTags[entry] == (address & (-PAGE | 1))) {
      return (short) SHORT.get(tlb.hosts[entry], (int) address + tlb.deltas[entry]) & 0xffff;
    }
    return context.load(address, count, site);
  }

  static long load4(Context context, Tlb tlb, long address, long count, long site) {
    int entry = (int) (address >>> 12) & Tlb.MASK;
    if (tlb.readTags[entry] == (address & (-PAGE | 3))) {
      return (int) INT.get(tlb.hosts[entry], (int) address + tlb.deltas[entry]) & 0xffff_ffffL;
    }
    return context.load(address, count, site);
  }

  static long load8(Context context, Tlb tlb, long address, long count, long site) {
    int entry = (int) (address >>> 12) & Tlb.MASK;
    if (tlb.readTags[entry] == (address & (-PAGE | 7))) {
      return (long) LONG.get(tlb.hosts[entry], (int) address + tlb.deltas[entry]);
    }
    return context.load(address, count, site);
  }

  static void store1(Context context, Tlb tlb, long address, long value, long count, long site) {
    int entry = (int) (address >>> 12) & Tlb.MASK;
    if (tlb.writeTags[entry] == (address & -PAGE)) {
      tlb.hosts[entry][(int) address + tlb.deltas[entry]] = (byte) value;
    } else {
      context.store(address, value, count, site);
    }
  }

  static void store2(Context context, Tlb tlb, long address, long value, long count, long site) {
    int entry = (int) (address >>> 12) & Tlb.MASK;
    if (tlb.writeTags[entry] == (address & (-PAGE | 1))) {
      SHORT.set(tlb.hosts[entry], (int) address + tlb.deltas[entry], (short) value);
    } else {
      context.store(address, value, count, site);
    }
  }

  static void store4(Context context, Tlb tlb, long address, long value, long count, long site) {
    int entry = (int) (address >>> 12) & Tlb.MASK;
    if (tlb.writeTags[entry] == (address & (-PAGE | 3))) {
      INT.set(tlb.hosts[entry], (int) address + tlb.deltas[entry], (int) value);
    } else {
      context.store(address, value, count, site);
    }
  }

  static void store8(Context context, Tlb tlb, long address, long value, long count, long site) {
    int entry = (int) (address >>> 12) & Tlb.MASK;
    if (tlb.writeTags[entry] == (address & (-PAGE | 7))) {
      LONG.set(tlb.hosts[entry], (int) address + tlb.deltas[entry], value);
    } else {
      context.store(address, value, count, site);
    }
  }

  private static VarHandle view(Class<?> array) {
    return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
  }
}
