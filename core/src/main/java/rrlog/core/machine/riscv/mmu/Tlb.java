package rrlog.core.machine.riscv.mmu;

import java.util.Arrays;

/**
 * Translations of data accesses for one privilege mode: virtual to physical pages, and where memory
 * may be touched directly, to places in Java arrays.
 *
 * <p>Some arrays are public because the interpreter's loads and stores read them without a call.
 * Entry {@code e} is for virtual pages with {@code (address >>> 12) & MASK == e}. A tag is the
 * page's address, or -1; memory lies at {@code hosts[e][(int) address + deltas[e]]}. A page with
 * decoded instructions, ROM or a device has a translation, but must not be written (or read)
 * directly.
 */
public final class Tlb {
  /** Number of entries, a power of two. */
  public static final int SIZE = 512;

  /** {@code SIZE - 1}. */
  public static final int MASK = SIZE - 1;

  /** Tags of pages that may be read directly. */
  public final long[] readTags = new long[SIZE];

  /** Tags of pages that may be written directly. */
  public final long[] writeTags = new long[SIZE];

  /** Arrays that hold the pages. */
  public final byte[][] hosts = new byte[SIZE][];

  /** What to add to the low 32 bits of a virtual address. */
  public final int[] deltas = new int[SIZE];

  private final long[] loadable = new long[SIZE];
  private final long[] storable = new long[SIZE];
  private final long[] physicalPages = new long[SIZE];
  private boolean empty;

  Tlb() {
    Arrays.fill(hosts, new byte[0]);
    flush();
  }

  void flush() {
    if (!empty) {
      Arrays.fill(readTags, -1);
      Arrays.fill(writeTags, -1);
      Arrays.fill(loadable, -1);
      Arrays.fill(storable, -1);
      empty = true;
    }
  }

  /** Forgets one page. */
  void flush(long address) {
    int entry = (int) (address >>> 12) & MASK;
    readTags[entry] = -1;
    writeTags[entry] = -1;
    loadable[entry] = -1;
    storable[entry] = -1;
  }

  /**
   * Makes all stores take the slow way once, because one of the pages holds decoded instructions
   * now.
   */
  void forgetDirectWrites() {
    Arrays.fill(writeTags, -1);
  }

  /** Makes all accesses take the slow way once. */
  void forgetDirect() {
    Arrays.fill(readTags, -1);
    Arrays.fill(writeTags, -1);
  }

  /** Whether the translation of {@code address} is known and allows a load or store. */
  boolean holds(long address, Access access) {
    long[] tags = access == Access.STORE ? storable : loadable;
    return tags[(int) (address >>> 12) & MASK] == (address & -4096);
  }

  /** The physical address of an {@code address} that it {@linkplain #holds holds}. */
  long physical(long address) {
    return physicalPages[(int) (address >>> 12) & MASK] | (address & 4095);
  }

  /** Enters the translation of a page, in place of another one. */
  void enter(long address, long physical, int permissions) {
    int entry = (int) (address >>> 12) & MASK;
    long page = address & -4096;
    physicalPages[entry] = physical & -4096;
    loadable[entry] = (permissions & Pmp.READ) != 0 ? page : -1;
    storable[entry] = (permissions & Pmp.WRITE) != 0 ? page : -1;
    readTags[entry] = -1;
    writeTags[entry] = -1;
    empty = false;
  }

  /**
   * Lets the page of {@code address}, whose translation it holds, be touched directly as far as
   * that allows.
   */
  void allowDirect(long address, byte[] host, int hostOffset, boolean writable) {
    int entry = (int) (address >>> 12) & MASK;
    hosts[entry] = host;
    deltas[entry] = hostOffset - (int) (address & -4096);
    readTags[entry] = loadable[entry];
    writeTags[entry] = writable ? storable[entry] : -1;
  }
}
