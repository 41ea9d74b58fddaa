package rrlog.core.machine.platform.bus;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
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
 * <p>The content lies outside the Java heap in chunks of 256 KiB that are allocated when first
 * touched: a machine with 2 GiB starts at once, and the garbage collector never moves it. The JVM
 * frees it when nothing refers to this object any more, and allows as much in all as it allows the
 * heap ({@code -Xmx}, {@code -XX:MaxDirectMemorySize}).
 *
 * <p>More than 400 lines in one file: all ways to the content have to note what they change.
 */
public final class Ram implements PagedMemory, Stateful {
  /** Bytes in a page, the unit of {@link CodeWatcher} and of a saved state. */
  public static final int PAGE_SIZE = PagedMemory.PAGE_SIZE;

  static final int CHUNK_BITS = 18;
  static final int CHUNK_SIZE = 1 << CHUNK_BITS;

  private static final byte[] ZEROES = new byte[1 << 16];

  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

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
  private final Arena arena = Arena.ofAuto();
  private final @Nullable MemorySegment[] chunks;
  private final long[] addresses; // of the chunks, 0 where there is none yet
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
    this.chunks = new MemorySegment[Math.toIntExact((length + CHUNK_SIZE - 1) >>> CHUNK_BITS)];
    this.addresses = new long[chunks.length];
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
   * Where in the memory of this process the byte at {@code offset} lies, for who reads it without
   * being checked: it stays there as long as this object is referred to, with all of its page
   * behind and before it.
   */
  public long hostAddress(long offset) {
    int index = (int) (offset >>> CHUNK_BITS);
    if (addresses[index] == 0) {
      addresses[index] = chunk(offset).address();
    }
    return addresses[index] + at(offset);
  }

  private MemorySegment chunk(long offset) {
    int index = (int) (offset >>> CHUNK_BITS);
    MemorySegment chunk = chunks[index];
    if (chunk == null) {
      chunk = arena.allocate(CHUNK_SIZE, Long.BYTES);
      chunks[index] = chunk;
    }
    return chunk;
  }

  private static int at(long offset) {
    return (int) offset & (CHUNK_SIZE - 1);
  }

  /**
   * Reads a value of 1, 2, 4 or 8 bytes that does not cross a page.
   *
   * @return the value, zero-extended
   */
  public long load(long offset, int size) {
    MemorySegment chunk = chunk(offset);
    int at = at(offset);
    return switch (size) {
      case 1 -> chunk.get(ValueLayout.JAVA_BYTE, at) & 0xffL;
      case 2 -> chunk.get(SHORT, at) & 0xffffL;
      case 4 -> chunk.get(INT, at) & 0xffff_ffffL;
      case 8 -> chunk.get(LONG, at);
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
    MemorySegment chunk = chunk(offset);
    int at = at(offset);
    switch (size) {
      case 1 -> chunk.set(ValueLayout.JAVA_BYTE, at, (byte) value);
      case 2 -> chunk.set(SHORT, at, (short) value);
      case 4 -> chunk.set(INT, at, (int) value);
      case 8 -> chunk.set(LONG, at, value);
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
    // Not copied as an array: the JDK would switch over its type, which a start pays dearly.
    MemorySegment source = MemorySegment.ofArray(bytes);
    int done = 0;
    while (done < count) {
      int part = (int) Math.min(count - done, PAGE_SIZE - (offset & (PAGE_SIZE - 1)));
      int page = (int) (offset / PAGE_SIZE);
      changed[page] = true;
      if (codePages[page]) {
        watcher.codeChanges(this, offset, part);
      }
      MemorySegment.copy(source, from + done, chunk(offset), at(offset), part);
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
      int part = Math.min(count - done, CHUNK_SIZE - at(offset));
      MemorySegment chunk = touched(offset);
      if (chunk == null) {
        Arrays.fill(bytes, from + done, from + done + part, (byte) 0);
      } else {
        MemorySegment.copy(chunk, ValueLayout.JAVA_BYTE, at(offset), bytes, from + done, part);
      }
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
      MemorySegment chunk = touched(offset);
      if (chunk != null) {
        int page = (int) (offset / PAGE_SIZE);
        changed[page] = true;
        if (codePages[page]) {
          watcher.codeChanges(this, offset, part);
        }
        chunk.asSlice(at(offset), part).fill((byte) 0);
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
      int part = (int) Math.min(end - offset, CHUNK_SIZE - at(offset));
      MemorySegment chunk = touched(offset);
      if (chunk == null) {
        part = Math.min(part, ZEROES.length);
        digest.update(ZEROES, 0, part);
      } else {
        digest.update(chunk.asSlice(at(offset), part).asByteBuffer());
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
    return touched((long) page * PAGE_SIZE) == null;
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
    MemorySegment there = page((long) page * PAGE_SIZE);
    MemorySegment wanted = MemorySegment.ofArray(content);
    return MemorySegment.mismatch(there, 0, PAGE_SIZE, wanted, 0, PAGE_SIZE) < 0;
  }

  /** The pages that hold other bytes than those of memory that has as many. */
  public BitSet differentPages(Ram other) {
    BitSet different = new BitSet();
    for (int page = 0; page < pages(); page++) {
      long offset = (long) page * PAGE_SIZE;
      boolean zeroes = touched(offset) == null && other.touched(offset) == null;
      if (!zeroes && page(offset).mismatch(other.page(offset)) >= 0) {
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

  private @Nullable MemorySegment touched(long offset) {
    return chunks[(int) (offset >>> CHUNK_BITS)];
  }

  /** The bytes of a page, to be read only. */
  private MemorySegment page(long offset) {
    MemorySegment chunk = touched(offset);
    return chunk == null
        ? MemorySegment.ofArray(ZEROES).asSlice(0, PAGE_SIZE)
        : chunk.asSlice(at(offset), PAGE_SIZE);
  }
}
