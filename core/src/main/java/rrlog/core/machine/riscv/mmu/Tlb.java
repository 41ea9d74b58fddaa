package rrlog.core.machine.riscv.mmu;

import java.util.Arrays;

/**
 * Translations of data accesses for one privilege mode: virtual to physical pages, and where memory
 * may be touched directly, to addresses of {@link HostMemory}.
 *
 * <p>One array is public because loads and stores read it without a call. Its entry for virtual
 * pages with {@code (address >>> 12) % SIZE == e} begins at {@code 4 * e}, which is {@code (int)
 * (address >>> 10) & MASK}: {@link #READ} and {@link #WRITE} tag of a page that may be touched
 * directly, that is the page's address, or -1; {@link #ADDEND}, what to add to a virtual address.
 * The low bits of an address in a comparison with a tag leave misaligned accesses out. A page with
 * decoded instructions, ROM or a device has a translation, but must not be written (or read)
 * directly.
 */
public final class Tlb {
  /** Number of entries, a power of two. */
  public static final int SIZE = 512;

  /** Numbers of an entry; one is not used. */
  private static final int STRIDE = 4;

  /** For the index of an entry's first number. */
  public static final int MASK = (SIZE - 1) * STRIDE;

  /** Where in an entry the tag for loads is. */
  public static final int READ = 0;

  /** Where in an entry the tag for stores is. */
  public static final int WRITE = 1;

  /** Where in an entry the distance to the host's address is. */
  public static final int ADDEND = 2;

  /** No address of the host's. */
  static final long NOT_DIRECT = 0;

  /** The entries. */
  public final long[] entries = new long[SIZE * STRIDE];

  private final long[] loadable = new long[SIZE];
  private final long[] storable = new long[SIZE];
  private final long[] physicalPages = new long[SIZE];
  private final int[] entered = new int[SIZE / 4]; // since the last flush
  private int enteredCount = entered.length;

  Tlb() {
    flush();
  }

  /** Forgets all pages. Guests do it often, and have few pages to forget each time. */
  void flush() {
    if (enteredCount == entered.length) { // or more
      Arrays.fill(entries, -1);
      Arrays.fill(loadable, -1);
      Arrays.fill(storable, -1);
    } else {
      for (int i = 0; i < enteredCount; i++) {
        forget(entered[i]);
      }
    }
    enteredCount = 0;
  }

  /** Forgets one page. */
  void flush(long address) {
    forget(index(address));
  }

  private void forget(int entry) {
    tag(entry, -1, -1);
    loadable[entry] = -1;
    storable[entry] = -1;
  }

  /**
   * Makes all stores take the slow way once, because one of the pages holds decoded instructions
   * now.
   */
  void forgetDirectWrites() {
    for (int at = WRITE; at < entries.length; at += STRIDE) {
      entries[at] = -1;
    }
  }

  /** Makes all accesses take the slow way once. */
  void forgetDirect() {
    Arrays.fill(entries, -1);
  }

  /** Whether the translation of {@code address} is known and allows a load or store. */
  boolean holds(long address, Access access) {
    long[] tags = access == Access.STORE ? storable : loadable;
    return tags[index(address)] == (address & -4096);
  }

  /** The physical address of an {@code address} that it {@linkplain #holds holds}. */
  long physical(long address) {
    return physicalPages[index(address)] | (address & 4095);
  }

  /** Enters the translation of a page, in place of another one. */
  void enter(long address, long physical, int permissions) {
    int entry = index(address);
    long page = address & -4096;
    physicalPages[entry] = physical & -4096;
    loadable[entry] = (permissions & Pmp.READ) != 0 ? page : -1;
    storable[entry] = (permissions & Pmp.WRITE) != 0 ? page : -1;
    tag(entry, -1, -1);
    if (enteredCount < entered.length) {
      entered[enteredCount++] = entry;
    }
  }

  /**
   * Lets the page of {@code address}, whose translation it holds, be touched directly as far as
   * that allows.
   */
  void allowDirect(long address, long hostPage, boolean writable) {
    int entry = index(address);
    tag(entry, loadable[entry], writable ? storable[entry] : -1);
    entries[entry * STRIDE + ADDEND] = hostPage - (address & -4096);
  }

  private void tag(int entry, long read, long write) {
    entries[entry * STRIDE + READ] = read;
    entries[entry * STRIDE + WRITE] = write;
  }

  /**
   * Where an aligned access may touch memory directly, else {@link #NOT_DIRECT}.
   *
   * @param tag {@link #READ} or {@link #WRITE}
   */
  long host(long address, int size, int tag) {
    int entry = (int) (address >>> 10) & MASK;
    boolean direct = entries[entry + tag] == (address & (-4096 | size - 1));
    return direct ? address + entries[entry + ADDEND] : NOT_DIRECT;
  }

  private static int index(long address) {
    return (int) (address >>> 12) & SIZE - 1;
  }
}
