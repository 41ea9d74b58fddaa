package rrlog.core.machine.riscv.mmu;

import java.util.function.BooleanSupplier;
import rrlog.core.machine.platform.bus.Bus;
import rrlog.core.machine.platform.bus.BusFault;
import rrlog.core.machine.platform.bus.Ram;

/**
 * The walk through Sv39, Sv48 and Sv57 page tables (RISC-V Privileged 1.12, sections 4.3.2, 4.4 to
 * 4.6).
 *
 * <p>As in QEMU it sets A, and D for stores, itself (semantics page, section 4.3). What the upper
 * bits of an entry may be is told by a {@link PageFormat}.
 */
final class PageTableWalker {
  /** {@link #walk} result: page fault. */
  static final int PAGE_FAULT = 1;

  /** {@link #walk} result: access fault. */
  static final int ACCESS_FAULT = 2;

  /** {@link #walk} result: see {@link #physical()} and {@link #permissions()}. */
  static final int OK = 0;

  private static final long VALID = 1;
  private static final long READ = 1 << 1;
  private static final long WRITE = 1 << 2;
  private static final long EXECUTE = 1 << 3;
  private static final long USER = 1 << 4;
  private static final long ACCESSED = 1 << 6;
  private static final long DIRTY = 1 << 7;
  private static final long UPPER = 0xffc0_0000_0000_0000L;
  private static final long PPN_MASK = 0x003f_ffff_ffff_fc00L;
  private static final long NOT_IN_BRANCH =
      DIRTY | ACCESSED | USER | PageFormat.CONTIGUOUS | PageFormat.TYPE;
  private static final long CONTIGUOUS_PAGES = 0xf;
  private static final long CONTIGUOUS_64_KIB = 8;
  private static final int USER_MODE = 0;
  private static final int SUPERVISOR_MODE = 1;

  private final Bus bus;
  private final Pmp pmp;
  private long physical;
  private int permissions;
  private boolean probing;
  private int errorFault = PAGE_FAULT;
  private BooleanSupplier hardwareUpdates = () -> true;
  private PageFormat format = PageFormat.PLAIN;

  PageTableWalker(Bus bus, Pmp pmp) {
    this.bus = bus;
    this.pmp = pmp;
  }

  /** See {@link Mmu#hardwareUpdates}. */
  void hardwareUpdates(BooleanSupplier on) {
    hardwareUpdates = on;
  }

  /** See {@link Mmu#pageFormat}. */
  void pageFormat(PageFormat told) {
    format = told;
  }

  /** See {@link Mmu#walkErrorsAreAccessFaults}. */
  void errorsAreAccessFaults(boolean on) {
    errorFault = on ? ACCESS_FAULT : PAGE_FAULT;
  }

  /** Whether walks leave the page table as it is, for debugging. */
  void probe(boolean on) {
    probing = on;
  }

  /** The physical address that the last walk found. */
  long physical() {
    return physical;
  }

  /**
   * What the last walk's page allows now; no write while D is clear, so that the first store walks
   * again.
   */
  int permissions() {
    return permissions;
  }

  /**
   * Translates.
   *
   * @param satp its value, mode 8, 9 or 10
   * @param mode 0 or 1
   * @param sum mstatus.SUM
   * @param mxr mstatus.MXR
   */
  int walk(long address, Access access, long satp, int mode, boolean sum, boolean mxr) {
    int levels = (int) (satp >>> 60) - 5; // 8: Sv39, three levels
    int bits = 12 + 9 * levels;
    long upper = address >> (bits - 1);
    if (upper != 0 && upper != -1) {
      return PAGE_FAULT;
    }
    long table = (satp & 0xfff_ffff_ffffL) << 12;
    for (int level = levels - 1; level >= 0; level--) {
      int shift = 9 * level;
      long at = table + (address >>> (12 + shift) & 0x1ff) * 8;
      if ((pmp.permissions(at, 8, SUPERVISOR_MODE) & Pmp.READ) == 0) {
        return ACCESS_FAULT;
      }
      long entry;
      try {
        entry = load(at);
      } catch (BusFault e) {
        return errorFault;
      }
      if ((entry & VALID) == 0 || ((entry & UPPER) != 0 && !format.allows(entry))) {
        return PAGE_FAULT;
      }
      if ((entry & (READ | WRITE | EXECUTE)) == 0) {
        if ((entry & NOT_IN_BRANCH) != 0) {
          return PAGE_FAULT;
        }
        table = (entry & PPN_MASK) << 2;
        continue;
      }
      return leaf(entry, at, shift, address, access, mode, sum, mxr);
    }
    return PAGE_FAULT;
  }

  /** Reads an entry: nearly always memory, and so often that it is worth the shortest way. */
  private long load(long at) {
    if (!bus.isMemory(at)) {
      return bus.load(at, 8);
    }
    Ram ram = bus.memoryAt(at);
    return HostMemory.load8(ram.hostAddress(at - ram.base()));
  }

  private int leaf(
      long entry,
      long at,
      int shift,
      long address,
      Access access,
      int mode,
      boolean sum,
      boolean mxr) {
    long kind = entry & (READ | WRITE | EXECUTE);
    boolean user = (entry & USER) != 0;
    if (kind == WRITE || kind == (WRITE | EXECUTE)) {
      return PAGE_FAULT;
    }
    if (user ? mode != USER_MODE && (!sum || access == Access.FETCH) : mode != SUPERVISOR_MODE) {
      return PAGE_FAULT;
    }
    long ppn = (entry & PPN_MASK) >>> 10;
    long offsetMask = (1L << shift) - 1;
    if ((ppn & offsetMask) != 0) {
      return PAGE_FAULT;
    }
    if (format.contiguous() && (entry & PageFormat.CONTIGUOUS) != 0) {
      if (shift != 0 || (ppn & CONTIGUOUS_PAGES) != CONTIGUOUS_64_KIB) {
        return PAGE_FAULT;
      }
      offsetMask = CONTIGUOUS_PAGES;
      ppn &= ~CONTIGUOUS_PAGES;
    }
    boolean readable = (entry & READ) != 0 || ((entry & EXECUTE) != 0 && mxr);
    boolean allowed =
        switch (access) {
          case FETCH -> (entry & EXECUTE) != 0;
          case LOAD -> readable;
          case STORE -> (entry & WRITE) != 0;
        };
    if (!allowed) {
      return PAGE_FAULT;
    }
    long updated = entry | ACCESSED | (access == Access.STORE ? DIRTY : 0);
    if (updated != entry && (!hardwareUpdates.getAsBoolean() || !update(at, updated))) {
      return PAGE_FAULT;
    }
    physical = (ppn | (address >>> 12 & offsetMask)) << 12 | (address & 0xfff);
    permissions =
        (readable ? Pmp.READ : 0)
            | ((entry & EXECUTE) != 0 ? Pmp.EXECUTE : 0)
            | ((entry & WRITE) != 0 && (updated & DIRTY) != 0 ? Pmp.WRITE : 0);
    return OK;
  }

  private boolean update(long at, long entry) {
    if (probing) {
      return true;
    }
    if (!bus.isMemory(at) || bus.memoryAt(at).readOnly()) {
      return false; // page tables in ROM or in a device cannot take A and D
    }
    bus.store(at, 8, entry);
    return true;
  }
}
