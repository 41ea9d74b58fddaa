package rrlog.core.machine.riscv.mmu;

import java.util.Arrays;

/**
 * Translations of data accesses for one privilege mode: virtual to physical pages, and where memory
 * may be touched directly, to pages of {@link rrlog.core.machine.platform.bus.Words}.
 *
 * <p>Two arrays are public because loads and stores read them without a call. The entry for virtual
 * pages with {@code (address >>> 12) % SIZE == e} is {@code e}. A tag is the address of a page that
 * may be touched directly, or -1; tags for loads begin at {@link #READ}, for stores at {@link
 * #WRITE}. The low bits of an address in a comparison with a tag leave misaligned accesses out. A
 * page with decoded instructions, ROM or a device has a translation, but must not be written (or
 * read) directly.
 */
public final class Tlb {
  /** Number of entries, a power of two. */
  public static final int SIZE = 512;

  /** {@code SIZE - 1}. */
  public static final int MASK = SIZE - 1;

  /** Where the tags for loads begin. */
  public static final int READ = 0;

  /** Where the tags for stores begin. */
  public static final int WRITE = SIZE;

  /** The tags. */
  public final long[] tags = new long[2 * SIZE];

  /** The memory. */
  public final long[][] pages = new long[SIZE][];

  private final long[] loadable = new long[SIZE];
  private final long[] storable = new long[SIZE];
  private final long[] physicalPages = new long[SIZE];
  private boolean empty;

  Tlb() {
    Arrays.fill(pages, new long[0]);
    flush();
  }

  void flush() {
    if (!empty) {
      Arrays.fill(tags, -1);
      Arrays.fill(loadable, -1);
      Arrays.fill(storable, -1);
      empty = true;
    }
  }

  /** Forgets one page. */
  void flush(long address) {
    int entry = index(address);
    tag(entry, -1, -1);
    loadable[entry] = -1;
    storable[entry] = -1;
  }

  /**
   * Makes all stores take the slow way once, because one of the pages holds decoded instructions
   * now.
   */
  void forgetDirectWrites() {
    Arrays.fill(tags, WRITE, tags.length, -1);
  }

  /** Makes all accesses take the slow way once. */
  void forgetDirect() {
    Arrays.fill(tags, -1);
  }

  /** Whether the translation of {@code address} is known and allows a load or store. */
  boolean holds(long address, Access access) {
    long[] known = access == Access.STORE ? storable : loadable;
    return known[index(address)] == (address & -4096);
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
    empty = false;
  }

  /**
   * Lets the page of {@code address}, whose translation it holds, be touched directly as far as
   * that allows.
   */
  void allowDirect(long address, long[] page, boolean writable) {
    int entry = index(address);
    tag(entry, loadable[entry], writable ? storable[entry] : -1);
    pages[entry] = page;
  }

  private void tag(int entry, long read, long write) {
    tags[READ + entry] = read;
    tags[WRITE + entry] = write;
  }

  private static int index(long address) {
    return (int) (address >>> 12) & MASK;
  }
}
