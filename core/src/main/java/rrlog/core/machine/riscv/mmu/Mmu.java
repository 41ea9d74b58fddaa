package rrlog.core.machine.riscv.mmu;

import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import rrlog.core.machine.platform.bus.Bus;
import rrlog.core.machine.platform.bus.BusFault;
import rrlog.core.machine.platform.bus.Ram;

/**
 * One hart's loads, stores and fetches by virtual address: translation, protection, and the way to
 * memory or device.
 *
 * <p>What the {@link Tlb} of the current mode does not hold comes here. Like QEMU it caches
 * translations per mode until somebody calls {@link #flush()}.
 *
 * <p>More than 400 lines in one file: loads, stores and fetches differ in what they check on one
 * and the same way.
 */
public final class Mmu {
  /** No physical address. */
  public static final long NOWHERE = -1;

  private static final int PAGE_MASK = 4095;
  private static final int MACHINE = 3;
  private static final long STATUS_MPRV = 1 << 17;
  private static final long STATUS_SUM = 1 << 18;
  private static final long STATUS_MXR = 1 << 19;
  private static final int STATUS_MPP_SHIFT = 11;

  private final Bus bus;
  private final Pmp pmp = new Pmp();
  private final PageTableWalker walker;
  private final Trap trap;
  private final Ram.DirectWriter directWriter = this::forgetDirectWrites;
  private final Tlb[] tlbs = {new Tlb(), new Tlb(), new Tlb(), new Tlb()};

  private int mode = MACHINE;
  private long status;
  private long satp;
  private int permissions; // of the last translation, for its whole page if uniform
  private boolean uniform;
  private AccessWatcher watcher = AccessWatcher.NONE;
  private boolean watching;
  private AccessWatcher guard = AccessWatcher.NONE;
  private boolean guarded;
  private boolean touchedDevice;
  private boolean accessFaults;
  private boolean refetchForDevices;
  private boolean splitsDevices;

  /**
   * An MMU with translation off.
   *
   * @param trap what faults are thrown as
   */
  public Mmu(Bus bus, Trap trap) {
    this.bus = bus;
    this.trap = trap;
    this.walker = new PageTableWalker(bus, pmp);
  }

  /** Sets what translation depends on; does not flush. */
  public void setContext(int privilege, long mstatus, long newSatp) {
    mode = privilege;
    status = mstatus;
    satp = newSatp;
  }

  /** Sets whether a misaligned access to a device is done in aligned pieces, as from 8.1 on. */
  public void splitDeviceAccesses(boolean on) {
    splitsDevices = on;
  }

  /** What page table entries may be; initially none of their upper bits may be set. */
  public void pageFormat(PageFormat format) {
    walker.pageFormat(format);
  }

  /** Says when hardware sets A and D of pages; else they fault. Before that it always does. */
  public void hardwareUpdates(BooleanSupplier on) {
    walker.hardwareUpdates(on);
  }

  /**
   * Sets whether a page table where nothing answers is an access fault, as the manual says, or as
   * in releases before a page fault.
   */
  public void walkErrorsAreAccessFaults(boolean on) {
    walker.errorsAreAccessFaults(on);
  }

  /** The protection registers; whoever writes them calls {@link #flush()}. */
  public Pmp pmp() {
    return pmp;
  }

  /** The data translations of a privilege mode. */
  public Tlb tlb(int privilege) {
    return tlbs[privilege];
  }

  /** Forgets all translations of data accesses. */
  public void flush() {
    for (Tlb tlb : tlbs) {
      tlb.flush();
    }
  }

  /**
   * Stores nothing, but faults where a store would be refused for its address.
   *
   * @throws Trap if refused
   */
  public void probeStore(long address, int size) {
    translate(address, Access.STORE, size);
    if (guarded) {
      guard.accessing(true, address, size, 0);
    }
  }

  /**
   * Accesses nothing, but faults as a store where neither a load nor a store would be allowed.
   *
   * @throws Trap if refused
   */
  public void probeLoadOrStore(long address, int size) {
    try {
      translate(address, Access.LOAD, size);
    } catch (Trap unreadable) {
      translate(address, Access.STORE, size);
    }
  }

  /**
   * Whether an access to what is not memory is to be refused so that its instruction is fetched
   * anew: QEMU leaves a block for it unless the instruction is the block's last.
   */
  public void refetchForDevices(boolean on) {
    refetchForDevices = on;
  }

  /** Whether a device was accessed since {@link #forgetDevice}. */
  public boolean touchedDevice() {
    return touchedDevice;
  }

  /** Forgets that a device was accessed. */
  public void forgetDevice() {
    touchedDevice = false;
  }

  /** To be called when a page is marked as holding decoded instructions. */
  public void codeMarked() {
    forgetDirectWrites();
  }

  /** Makes all stores take the slow way once. */
  private void forgetDirectWrites() {
    for (Tlb tlb : tlbs) {
      tlb.forgetDirectWrites();
    }
  }

  /** Takes the one watcher of data accesses; {@link AccessWatcher#NONE} for none. */
  public void watch(AccessWatcher newWatcher) {
    watcher = newWatcher;
    watching = newWatcher != AccessWatcher.NONE;
    for (Tlb tlb : tlbs) {
      tlb.forgetDirect();
    }
  }

  /**
   * Takes who may refuse accesses, by a {@link Trap}; {@link AccessWatcher#NONE} for nobody. It is
   * asked before the access, of which nothing is done then, as QEMU asks for its watchpoints: of a
   * misaligned one 7.2 also takes bytes that are not accessed.
   */
  public void guard(AccessWatcher newGuard) {
    guard = newGuard;
    guarded = newGuard != AccessWatcher.NONE;
  }

  /** Forgets the translations of one page. */
  public void flush(long address) {
    for (Tlb tlb : tlbs) {
      tlb.flush(address);
    }
  }

  /**
   * Loads 1, 2, 4 or 8 bytes from any address.
   *
   * @return zero-extended
   * @throws Trap if refused
   */
  public long load(long address, int size) {
    long host = tlbs[mode].host(address, size, Tlb.READ);
    return host != Tlb.NOT_DIRECT ? HostMemory.load(host, size) : loadBySteps(address, size);
  }

  private long loadBySteps(long address, int size) {
    long physical = translate(address, Access.LOAD, inFirstPage(address, size));
    if (guarded && askGuard(address, size)) {
      return loadMisaligned(address, size, physical);
    }
    if (watching) {
      watcher.accessing(false, address, size, 0);
    }
    boolean memory = bus.isMemory(physical);
    if ((address & (size - 1)) != 0 && ((address & PAGE_MASK) + size > Ram.PAGE_SIZE || !memory)) {
      return loadMisaligned(address, size, physical);
    }
    allowDirect(address, physical, memory, false);
    try {
      return bus.load(physical, size);
    } catch (BusFault e) {
      throw trap.uncounted(Access.LOAD.accessFault(), address);
    }
  }

  /**
   * Stores 1, 2, 4 or 8 bytes at any address.
   *
   * @throws Trap if refused; then nothing is stored, unless a device refused a part
   */
  public void store(long address, int size, long value) {
    long host = tlbs[mode].host(address, size, Tlb.WRITE);
    if (host != Tlb.NOT_DIRECT) {
      HostMemory.store(host, size, value);
    } else {
      storeBySteps(address, size, value);
    }
  }

  private void storeBySteps(long address, int size, long value) {
    long physical = translate(address, Access.STORE, inFirstPage(address, size));
    if (guarded) {
      askGuardOfStore(address, size);
    }
    if (watching) {
      watcher.accessing(true, address, size, value);
    }
    boolean memory = bus.isMemory(physical);
    if ((address & (size - 1)) != 0) {
      boolean crosses = (address & PAGE_MASK) + size > Ram.PAGE_SIZE;
      if (crosses || !memory) {
        if (splitsDevices && !memory) {
          storeSplit(address, size, value);
          return;
        }
        accessFaults = !memory && !bus.answers(physical + size - 1, 1);
        try {
          storeMisaligned(address, size, value, crosses);
        } finally {
          accessFaults = false;
        }
        return;
      }
    }
    allowDirect(address, physical, memory, true);
    try {
      bus.store(physical, size, value);
    } catch (BusFault e) {
      throw trap.uncounted(Access.STORE.accessFault(), address);
    }
  }

  /**
   * Translates the address of an instruction. Of protection, that of its first byte counts.
   *
   * @return the physical address
   * @throws Trap if refused
   */
  public long fetch(long address) {
    return walk(address, Access.FETCH, 1, mode);
  }

  /** Whether what the last {@link #fetch} found holds for all of its page. */
  public boolean fetchCoversPage() {
    return uniform;
  }

  /**
   * Where the address of an instruction leads, without side effects and whether or not protection
   * lets it be fetched.
   *
   * @return the physical address, {@link #NOWHERE} if the page tables refuse it
   */
  public long peek(long address) {
    if (mode == MACHINE || satp >>> 60 == 0) {
      return address;
    }
    boolean sum = (status & STATUS_SUM) != 0;
    walker.probe(true);
    int result = walker.walk(address, Access.FETCH, satp, mode, sum, false);
    walker.probe(false);
    return result == PageTableWalker.OK ? walker.physical() : NOWHERE;
  }

  /**
   * As {@link #peek}, for a load: its mode may be another than that of instructions.
   *
   * @return the physical address, empty if a load there would fault
   */
  public OptionalLong peekData(long address) {
    walker.probe(true);
    try {
      return OptionalLong.of(walk(address, Access.LOAD, 1, dataMode()));
    } catch (Trap t) {
      return OptionalLong.empty();
    } finally {
      walker.probe(false);
    }
  }

  /** The mode in which loads and stores are done. */
  private int dataMode() {
    boolean redirected = mode == MACHINE && (status & STATUS_MPRV) != 0;
    return redirected ? (int) (status >>> STATUS_MPP_SHIFT) & 3 : mode;
  }

  /** Whether a device is being accessed for an instruction that is going to fault behind that. */
  public boolean accessFaults() {
    return accessFaults;
  }

  /**
   * Asks whether a load is allowed.
   *
   * @return whether it is to be done as two aligned ones instead, of each of which it is asked
   */
  private boolean askGuard(long address, int size) {
    boolean misaligned = (address & (size - 1)) != 0;
    boolean crosses = (address & PAGE_MASK) + size > Ram.PAGE_SIZE;
    if (misaligned && !splitsDevices && (crosses || guard.watchesPage(address))) {
      return true;
    }
    if (crosses) {
      translateNextPage(address, size, Access.LOAD);
    }
    guard.accessing(false, address, size, 0);
    return false;
  }

  private void askGuardOfStore(long address, int size) {
    boolean misaligned = (address & (size - 1)) != 0;
    boolean crosses = (address & PAGE_MASK) + size > Ram.PAGE_SIZE;
    if (crosses) {
      translateNextPage(address, size, Access.STORE);
    }
    boolean fromPage = misaligned && !crosses && !splitsDevices;
    int before = fromPage ? (int) address & PAGE_MASK : 0;
    guard.accessing(true, address - before, size + before, 0);
  }

  /** What is watched is told before what is refused. */
  private void askGuardBeforeFault(Access access, long address, int size) {
    if (guarded && access != Access.FETCH) {
      guard.accessing(access == Access.STORE, address, size, 0);
    }
  }

  /** How much of an access is checked with its first page: from 8.1 on what lies in that. */
  private int inFirstPage(long address, int size) {
    int left = Ram.PAGE_SIZE - ((int) address & PAGE_MASK);
    return splitsDevices ? Math.min(size, left) : size;
  }

  private void translateNextPage(long address, int size, Access access) {
    long nextPage = address + size & -Ram.PAGE_SIZE;
    translate(nextPage, access, (int) (address + size - nextPage));
  }

  /**
   * QEMU 7.2 does such loads as two aligned ones, also on devices. The second half of one that
   * begins in a device may fault when the first one has been done.
   */
  private long loadMisaligned(long address, int size, long physical) {
    if (splitsDevices) {
      if ((address & PAGE_MASK) + size > Ram.PAGE_SIZE) {
        translateNextPage(address, size, Access.LOAD);
      }
      return loadSplit(address, size);
    }
    long low = address & -size;
    int shift = (int) (address - low) * 8;
    accessFaults = !bus.isMemory(physical) && !bus.answers((physical & -size) + size, size);
    long first;
    try {
      first = loadAligned(low, size);
    } finally {
      accessFaults = false;
    }
    long second = loadAligned(low + size, size);
    long value = first >>> shift | second << (size * 8 - shift);
    return size == 8 ? value : value & (1L << (size * 8)) - 1;
  }

  /** Pieces as large as their address is aligned, one after the other. */
  private long loadSplit(long address, int size) {
    long value = 0;
    for (int done = 0; done < size; ) {
      int piece = piece(address + done, size - done);
      value |= loadAligned(address + done, piece) << (done * 8);
      done += piece;
    }
    return value;
  }

  private void storeSplit(long address, int size, long value) {
    for (int done = 0; done < size; ) {
      int piece = piece(address + done, size - done);
      long physical = translate(address + done, Access.STORE, piece);
      noteTouch(bus.isMemory(physical));
      try {
        bus.store(physical, piece, value >>> (done * 8));
      } catch (BusFault e) {
        throw trap.uncounted(Access.STORE.accessFault(), address + done);
      }
      done += piece;
    }
  }

  private static int piece(long address, int left) {
    return 1 << Long.numberOfTrailingZeros(address | left | 8);
  }

  private long loadAligned(long address, int size) {
    long physical = translate(address, Access.LOAD, size);
    if (guarded && !splitsDevices) {
      guard.accessing(false, address, size, 0);
    }
    noteTouch(bus.isMemory(physical));
    try {
      return bus.load(physical, size);
    } catch (BusFault e) {
      throw trap.uncounted(Access.LOAD.accessFault(), address);
    }
  }

  /** QEMU does such stores bytewise after it has made sure of both pages. */
  private void storeMisaligned(long address, int size, long value, boolean crosses) {
    if (crosses) {
      translateNextPage(address, size, Access.STORE);
    }
    for (int i = 0; i < size; i++) {
      long physical = translate(address + i, Access.STORE, 1);
      noteTouch(bus.isMemory(physical));
      try {
        bus.store(physical, 1, value >>> (i * 8));
      } catch (BusFault e) {
        throw trap.uncounted(Access.STORE.accessFault(), address + i);
      }
    }
  }

  /** The physical address of a load or store. */
  private long translate(long address, Access access, int size) {
    Tlb tlb = tlbs[mode];
    if (tlb.holds(address, access)) {
      return tlb.physical(address);
    }
    long physical = walk(address, access, size, dataMode());
    if (uniform) {
      tlb.enter(address, physical, permissions);
    }
    return physical;
  }

  private long walk(long address, Access access, int size, int effective) {
    long physical = address;
    int allowed = Pmp.READ | Pmp.WRITE | Pmp.EXECUTE;
    if (effective != MACHINE && satp >>> 60 != 0) {
      boolean sum = (status & STATUS_SUM) != 0;
      boolean mxr = (status & STATUS_MXR) != 0;
      int result = walker.walk(address, access, satp, effective, sum, mxr);
      if (result != PageTableWalker.OK) {
        boolean page = result == PageTableWalker.PAGE_FAULT;
        askGuardBeforeFault(access, address, size);
        throw trap.uncounted(page ? access.pageFault() : access.accessFault(), address);
      }
      physical = walker.physical();
      allowed = walker.permissions();
    }
    int protection = pmp.permissions(physical, size, effective);
    if ((protection & access.permission()) == 0) {
      askGuardBeforeFault(access, address, size);
      throw trap.uncounted(access.accessFault(), address);
    }
    permissions = allowed & protection;
    uniform = pmp.uniform(physical & -Ram.PAGE_SIZE);
    return physical;
  }

  private void noteTouch(boolean memory) {
    if (!memory && refetchForDevices) {
      throw trap.refetched();
    }
    touchedDevice |= !memory;
  }

  /**
   * Spares the next accesses to this page the way through here, if it is memory. A page that was
   * only read so far is written to through here once, so that it is known to change.
   */
  private void allowDirect(long address, long physical, boolean memory, boolean store) {
    Tlb tlb = tlbs[mode];
    noteTouch(memory);
    if ((watching && watcher.watchesPage(address)) || (guarded && guard.watchesPage(address))) {
      return;
    }
    if (memory && (tlb.holds(address, Access.LOAD) || tlb.holds(address, Access.STORE))) {
      Ram ram = bus.memoryAt(physical);
      long offset = (physical & -Ram.PAGE_SIZE) - ram.base();
      boolean writable =
          !ram.readOnly() && !ram.holdsCode(offset) && (store || ram.changedAt(offset));
      if (writable) {
        ram.writesDirectly(offset, directWriter);
      }
      tlb.allowDirect(address, ram.hostAddress(offset), writable);
    }
  }
}
