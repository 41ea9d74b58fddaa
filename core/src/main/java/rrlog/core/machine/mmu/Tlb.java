package rrlog.core.machine.mmu;

import java.util.Arrays;

/**
 * Translations of data accesses for one privilege mode: virtual page to a place in a Java array.
 *
 * <p>The arrays are public because the interpreter's loads and stores read them without a call.
 * Entry {@code e} is for virtual pages with {@code (address >>> 12) & MASK == e}. A tag is the
 * page's address, or -1; memory lies at {@code hosts[e][(int) address + deltas[e]]}.
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

  private boolean empty;

  Tlb() {
    Arrays.fill(hosts, new byte[0]);
    flush();
  }

  void flush() {
    if (!empty) {
      Arrays.fill(readTags, -1);
      Arrays.fill(writeTags, -1);
      empty = true;
    }
  }

  /** Forgets which pages may be written, because one of them holds decoded instructions now. */
  void flushWrites() {
    Arrays.fill(writeTags, -1);
  }

  void fill(long address, byte[] host, int hostOffset, boolean read, boolean write) {
    int entry = (int) (address >>> 12) & MASK;
    long page = address & -4096;
    hosts[entry] = host;
    deltas[entry] = hostOffset - (int) page;
    readTags[entry] = read ? page : -1;
    writeTags[entry] = write ? page : -1;
    empty = false;
  }
}
