package rrlog.core.machine.platform.bus;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;
import rrlog.core.state.PagedMemory;
import rrlog.core.state.StateVisitor;
import rrlog.core.state.Stateful;

/**
 * Random access memory, or ROM, at a physical address. Little-endian. Confined to the machine's
 * thread.
 *
 * <p>Each page is an array of its own, made when first touched: a machine with 2 GiB starts at
 * once.
 */
public final class Ram implements PagedMemory, Stateful {
  /** Bytes in a page, the unit of {@link CodeWatcher} and of a saved state. */
  public static final int PAGE_SIZE = PagedMemory.PAGE_SIZE;

  /** Numbers of eight bytes in a page. */
  static final int WORDS = PAGE_SIZE / Long.BYTES;

  /** Stands for every page that nobody has touched yet; never written. */
  private static final long[] UNTOUCHED = new long[WORDS];

  private static final byte[] ZEROES = new byte[PAGE_SIZE];

  private static final VarHandle BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Is told before bytes change in a page that was marked as holding decoded instructions. */
  public interface CodeWatcher {
    /**
     * Bytes are about to change; they still have their old values.
     *
     * @param ram the memory
     * @param offset of the first changed byte from the start of {@code ram}
     * @param length number of bytes, within one page
     */
    void codeChanges(Ram ram, long offset, int length);
  }

  private final long base;
  private final long length;
  private final boolean readOnly;
  private final long[][] pages;
  private final boolean[] codePages;
  private CodeWatcher watcher = (ram, offset, changed) -> {};

  private Ram(long base, long length, boolean readOnly) {
    if (length <= 0 || (length & (PAGE_SIZE - 1)) != 0 || (base & (PAGE_SIZE - 1)) != 0) {
      throw new IllegalArgumentException(
          "RAM must be whole pages: base 0x%x, length 0x%x".formatted(base, length));
    }
    this.base = base;
    this.length = length;
    this.readOnly = readOnly;
    this.pages = new long[Math.toIntExact(length / PAGE_SIZE)][];
    Arrays.fill(pages, UNTOUCHED);
    this.codePages = new boolean[Math.toIntExact(length / PAGE_SIZE)];
  }

  /**
   * Memory full of zeroes.
   *
   * @param base physical address, a multiple of 4096
   * @param length in bytes, a multiple of 4096, up to some TiB
   */
  public static Ram ram(long base, long length) {
    return new Ram(base, length, false);
  }

  /** Memory that ignores what the guest stores; the board fills it with {@link #write}. */
  public static Ram rom(long base, long length) {
    return new Ram(base, length, true);
  }

  /** Physical address of the first byte. */
  public long base() {
    return base;
  }

  /** Length in bytes. */
  public long length() {
    return length;
  }

  /** Whether guest stores are ignored. */
  public boolean readOnly() {
    return readOnly;
  }

  /** Whether the bytes {@code address .. address + size} all lie in this memory. */
  public boolean contains(long address, long size) {
    long offset = address - base;
    return offset >= 0 && size >= 0 && offset <= length - size;
  }

  /** Takes the one watcher of code pages. */
  public void watchCode(CodeWatcher codeWatcher) {
    this.watcher = codeWatcher;
  }

  /**
   * Marks the page at {@code offset}: from now on every change to it is reported to the watcher.
   */
  public void markCode(long offset) {
    codePages[(int) (offset / PAGE_SIZE)] = true;
  }

  /** Takes the mark away: changes to the page at {@code offset} are no longer reported. */
  public void forgetCode(long offset) {
    codePages[(int) (offset / PAGE_SIZE)] = false;
  }

  /** Whether the page at {@code offset} is marked. */
  public boolean holdsCode(long offset) {
    return codePages[(int) (offset / PAGE_SIZE)];
  }

  /**
   * The page of {@code offset}, for {@link Words}; it stays the same for ever.
   */
  public long[] page(long offset) {
    int index = (int) (offset / PAGE_SIZE);
    long[] page = pages[index];
    if (page == UNTOUCHED) {
      page = new long[WORDS];
      pages[index] = page;
    }
    return page;
  }

  /**
   * Reads a value of 1, 2, 4 or 8 bytes that does not cross a page.
   *
   * @return the value, zero-extended
   */
  public long load(long offset, int size) {
    long[] page = touched(offset);
    if ((offset & size - 1) != 0) {
      return misaligned(page, offset, size);
    }
    return switch (size) {
      case 1 -> Words.load1(page, offset);
      case 2 -> Words.load2(page, offset);
      case 4 -> Words.load4(page, offset);
      case 8 -> Words.load8(page, offset);
      default -> throw new IllegalArgumentException("size " + size);
    };
  }

  private static long misaligned(long[] page, long offset, int size) {
    long value = 0;
    for (int i = 0; i < size; i++) {
      value |= Words.load1(page, offset + i) << 8 * i;
    }
    return value;
  }

  /** Writes a value of 1, 2, 4 or 8 bytes that does not cross a page, even to ROM. */
  public void store(long offset, int size, long value) {
    if (holdsCode(offset)) {
      watcher.codeChanges(this, offset, size);
    }
    long[] page = page(offset);
    if ((offset & size - 1) != 0) {
      for (int i = 0; i < size; i++) {
        Words.store1(page, offset + i, value >>> 8 * i);
      }
      return;
    }
    switch (size) {
      case 1 -> Words.store1(page, offset, value);
      case 2 -> Words.store2(page, offset, value);
      case 4 -> Words.store4(page, offset, value);
      case 8 -> Words.store8(page, offset, value);
      default -> throw new IllegalArgumentException("size " + size);
    }
  }

  /**
   * Copies {@code bytes} to physical address {@code address}, even to ROM.
   *
   * @throws IndexOutOfBoundsException if they do not fit
   */
  public void write(long address, byte[] bytes) {
    write(address, bytes, 0, bytes.length);
  }

  /** As {@link #write(long, byte[])}, a part of an array. */
  public void write(long address, byte[] bytes, int from, int count) {
    Objects.checkFromIndexSize(from, count, bytes.length);
    long offset = Objects.checkFromIndexSize(address - base, (long) count, length);
    int done = 0;
    while (done < count) {
      int part = (int) Math.min(count - done, PAGE_SIZE - (offset & (PAGE_SIZE - 1)));
      if (holdsCode(offset)) {
        watcher.codeChanges(this, offset, part);
      }
      put(page(offset), offset, bytes, from + done, part);
      offset += part;
      done += part;
    }
  }

  /**
   * Copies from physical address {@code address} into {@code bytes}.
   *
   * @throws IndexOutOfBoundsException if the range is not all in this memory
   */
  public void read(long address, byte[] bytes, int from, int count) {
    Objects.checkFromIndexSize(from, count, bytes.length);
    long offset = Objects.checkFromIndexSize(address - base, (long) count, length);
    int done = 0;
    while (done < count) {
      int part = (int) Math.min(count - done, PAGE_SIZE - (offset & (PAGE_SIZE - 1)));
      get(touched(offset), offset, bytes, from + done, part);
      offset += part;
      done += part;
    }
  }

  /** Sets {@code count} bytes at physical address {@code address} to zero. */
  public void clear(long address, long count) {
    long offset = Objects.checkFromIndexSize(address - base, count, length);
    long end = offset + count;
    while (offset < end) {
      int part = (int) Math.min(end - offset, PAGE_SIZE - (offset & (PAGE_SIZE - 1)));
      if (touched(offset) != UNTOUCHED) {
        if (holdsCode(offset)) {
          watcher.codeChanges(this, offset, part);
        }
        put(page(offset), offset, ZEROES, 0, part);
      }
      offset += part;
    }
  }

  /** SHA-256 of the whole memory. */
  public byte[] sha256() {
    return sha256(base, length);
  }

  /**
   * SHA-256 of {@code count} bytes from physical address {@code address}.
   *
   * @throws IndexOutOfBoundsException if the range is not all in this memory
   */
  public byte[] sha256(long address, long count) {
    long offset = Objects.checkFromIndexSize(address - base, count, length);
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
    byte[] bytes = new byte[PAGE_SIZE];
    long end = offset + count;
    while (offset < end) {
      int part = (int) Math.min(end - offset, PAGE_SIZE - (offset & (PAGE_SIZE - 1)));
      long[] page = touched(offset);
      if (page == UNTOUCHED) {
        digest.update(ZEROES, 0, part);
      } else {
        get(page, offset, bytes, 0, part);
        digest.update(bytes, 0, part);
      }
      offset += part;
    }
    return digest.digest();
  }

  @Override
  public int pages() {
    return codePages.length;
  }

  @Override
  public boolean untouched(int page) {
    return pages[page] == UNTOUCHED;
  }

  @Override
  public void readPage(int page, byte[] into, int at) {
    read(base + (long) page * PAGE_SIZE, into, at, PAGE_SIZE);
  }

  @Override
  public boolean holds(int page, byte[] content) {
    long[] words = pages[page];
    for (int i = 0; i < WORDS; i++) {
      if (words[i] != (long) BYTES.get(content, i * Long.BYTES)) {
        return false;
      }
    }
    return true;
  }

  /** The pages that hold other bytes than those of memory that has as many. */
  public BitSet differentPages(Ram other) {
    BitSet different = new BitSet();
    for (int page = 0; page < pages(); page++) {
      if (!Arrays.equals(pages[page], other.pages[page])) {
        different.set(page);
      }
    }
    return different;
  }

  @Override
  public void writePage(int page, byte[] from, int at) {
    write(base + (long) page * PAGE_SIZE, from, at, PAGE_SIZE);
  }

  @Override
  public void clearPage(int page) {
    clear(base + (long) page * PAGE_SIZE, PAGE_SIZE);
  }

  @Override
  public void visitState(StateVisitor visitor) {
    visitor.memory("content", this);
  }

  private long[] touched(long offset) {
    return pages[(int) (offset / PAGE_SIZE)];
  }

  /** Copies bytes into a page. */
  private static void put(long[] page, long offset, byte[] bytes, int from, int count) {
    int done = 0;
    while (done < count) {
      if ((offset + done & Long.BYTES - 1) == 0 && count - done >= Long.BYTES) {
        Words.store8(page, offset + done, (long) BYTES.get(bytes, from + done));
        done += Long.BYTES;
      } else {
        Words.store1(page, offset + done, bytes[from + done]);
        done++;
      }
    }
  }

  /** Copies bytes out of a page. */
  private static void get(long[] page, long offset, byte[] bytes, int from, int count) {
    int done = 0;
    while (done < count) {
      if ((offset + done & Long.BYTES - 1) == 0 && count - done >= Long.BYTES) {
        BYTES.set(bytes, from + done, Words.load8(page, offset + done));
        done += Long.BYTES;
      } else {
        bytes[from + done] = (byte) Words.load1(page, offset + done);
        done++;
      }
    }
  }
}
