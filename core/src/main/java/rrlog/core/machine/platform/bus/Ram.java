package rrlog.core.machine.platform.bus;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import rrlog.core.state.PagedMemory;
import rrlog.core.state.StateVisitor;
import rrlog.core.state.Stateful;

/**
 * Random access memory, or ROM, at a physical address. Little-endian. Confined to the machine's
 * thread.
 *
 * <p>The content lies in chunks of 1 MiB that are allocated when first touched: a machine with 2
 * GiB starts at once, and no chunk is larger than a Java array may be.
 */
public final class Ram implements PagedMemory, Stateful {
  /** Bytes in a page, the unit of {@link CodeWatcher} and of a saved state. */
  public static final int PAGE_SIZE = PagedMemory.PAGE_SIZE;

  static final int CHUNK_BITS = 20;
  static final int CHUNK_SIZE = 1 << CHUNK_BITS;

  /** Stands for every chunk that nobody has touched yet; never written. */
  private static final byte[] UNTOUCHED = new byte[CHUNK_SIZE];

  private static final VarHandle SHORT = view(short[].class);
  private static final VarHandle INT = view(int[].class);
  private static final VarHandle LONG = view(long[].class);

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

  /** Writes to pages without asking each time, and can be made to ask again. */
  public interface DirectWriter {
    /** From now on it has to ask once more before it writes to a page. */
    void forgetDirectWrites();
  }

  private final long base;
  private final long length;
  private final boolean readOnly;
  private final byte[][] chunks;
  private final boolean[] codePages;
  private CodeWatcher watcher = (ram, offset, length) -> {};
  private DirectWriter writer = () -> {};

  /** Pages that somebody may have written to since the content was {@link #known}. */
  private final boolean[] changed;

  private @Nullable byte @Nullable [][] known;

  private Ram(long base, long length, boolean readOnly) {
    if (length <= 0 || (length & (PAGE_SIZE - 1)) != 0 || (base & (PAGE_SIZE - 1)) != 0) {
      throw new IllegalArgumentException(
          "RAM must be whole pages: base 0x%x, length 0x%x".formatted(base, length));
    }
    this.base = base;
    this.length = length;
    this.readOnly = readOnly;
    this.chunks = new byte[Math.toIntExact((length + CHUNK_SIZE - 1) >>> CHUNK_BITS)][];
    Arrays.fill(chunks, UNTOUCHED);
    this.codePages = new boolean[Math.toIntExact(length / PAGE_SIZE)];
    this.changed = new boolean[codePages.length];
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
   * The array that holds the byte at {@code offset}, for direct access; it stays the same for ever.
   */
  public byte[] chunk(long offset) {
    int index = (int) (offset >>> CHUNK_BITS);
    byte[] chunk = chunks[index];
    if (chunk == UNTOUCHED) {
      chunk = new byte[CHUNK_SIZE];
      chunks[index] = chunk;
    }
    return chunk;
  }

  /** Where in {@link #chunk(long)} the byte at {@code offset} lies. */
  public static int chunkOffset(long offset) {
    return (int) offset & (CHUNK_SIZE - 1);
  }

  /**
   * Reads a value of 1, 2, 4 or 8 bytes that does not cross a page.
   *
   * @return the value, zero-extended
   */
  public long load(long offset, int size) {
    byte[] chunk = chunk(offset);
    int at = chunkOffset(offset);
    return switch (size) {
      case 1 -> chunk[at] & 0xffL;
      case 2 -> (short) SHORT.get(chunk, at) & 0xffffL;
      case 4 -> (int) INT.get(chunk, at) & 0xffff_ffffL;
      case 8 -> (long) LONG.get(chunk, at);
      default -> throw new IllegalArgumentException("size " + size);
    };
  }

  /**
   * Lets somebody write to the page at {@code offset} until it is told to forget that; the page
   * counts as changed.
   */
  public void writesDirectly(long offset, DirectWriter who) {
    changed[(int) (offset / PAGE_SIZE)] = true;
    writer = who;
  }

  /** Whether the page at {@code offset} counts as changed already. */
  public boolean changedAt(long offset) {
    return changed[(int) (offset / PAGE_SIZE)];
  }

  /** Writes a value of 1, 2, 4 or 8 bytes that does not cross a page, even to ROM. */
  public void store(long offset, int size, long value) {
    int page = (int) (offset / PAGE_SIZE);
    changed[page] = true;
    if (codePages[page]) {
      watcher.codeChanges(this, offset, size);
    }
    byte[] chunk = chunk(offset);
    int at = chunkOffset(offset);
    switch (size) {
      case 1 -> chunk[at] = (byte) value;
      case 2 -> SHORT.set(chunk, at, (short) value);
      case 4 -> INT.set(chunk, at, (int) value);
      case 8 -> LONG.set(chunk, at, value);
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
      int page = (int) (offset / PAGE_SIZE);
      changed[page] = true;
      if (codePages[page]) {
        watcher.codeChanges(this, offset, part);
      }
      System.arraycopy(bytes, from + done, chunk(offset), chunkOffset(offset), part);
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
      int part = Math.min(count - done, CHUNK_SIZE - chunkOffset(offset));
      System.arraycopy(readable(offset), chunkOffset(offset), bytes, from + done, part);
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
      if (readable(offset) != UNTOUCHED) {
        int at = chunkOffset(offset);
        int page = (int) (offset / PAGE_SIZE);
        changed[page] = true;
        if (codePages[page]) {
          watcher.codeChanges(this, offset, part);
        }
        Arrays.fill(chunk(offset), at, at + part, (byte) 0);
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
    long end = offset + count;
    while (offset < end) {
      int part = (int) Math.min(end - offset, CHUNK_SIZE - chunkOffset(offset));
      digest.update(readable(offset), chunkOffset(offset), part);
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
    return readable((long) page * PAGE_SIZE) == UNTOUCHED;
  }

  @Override
  public @Nullable byte @Nullable [][] known() {
    return known;
  }

  @Override
  public boolean changed(int page) {
    return changed[page];
  }

  @Override
  public void known(@Nullable byte[][] pages) {
    writer.forgetDirectWrites();
    Arrays.fill(changed, false);
    known = pages;
  }

  @Override
  public void readPage(int page, byte[] into, int at) {
    read(base + (long) page * PAGE_SIZE, into, at, PAGE_SIZE);
  }

  @Override
  public boolean holds(int page, byte[] content) {
    long offset = (long) page * PAGE_SIZE;
    int at = chunkOffset(offset);
    return Arrays.equals(readable(offset), at, at + PAGE_SIZE, content, 0, PAGE_SIZE);
  }

  /** The pages that hold other bytes than those of memory that has as many. */
  public BitSet differentPages(Ram other) {
    BitSet different = new BitSet();
    for (int page = 0; page < pages(); page++) {
      long offset = (long) page * PAGE_SIZE;
      byte[] one = readable(offset);
      byte[] there = other.readable(offset);
      int at = chunkOffset(offset);
      if (one != there && !Arrays.equals(one, at, at + PAGE_SIZE, there, at, at + PAGE_SIZE)) {
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

  private byte[] readable(long offset) {
    return chunks[(int) (offset >>> CHUNK_BITS)];
  }

  private static VarHandle view(Class<?> array) {
    return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
  }
}
