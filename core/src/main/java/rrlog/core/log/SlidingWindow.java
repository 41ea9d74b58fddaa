package rrlog.core.log;

import java.io.Closeable;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The window of a source whose bytes arrive one part after the other: what was given up makes room
 * for what comes. It grows only as bytes are put into it. Confined to one thread.
 */
public final class SlidingWindow implements Closeable {
  @SuppressWarnings("MustBeClosedChecker") // close() does
  private Arena arena = Arena.ofShared();

  private MemorySegment buffer;
  private MemorySegment held;
  private long start;

  /**
   * An empty window.
   *
   * @param start offset in the log of the first byte to come
   * @param capacity bytes that it takes before it grows, at least 1
   */
  public SlidingWindow(long start, long capacity) {
    this.start = start;
    this.buffer = arena.allocate(capacity);
    this.held = buffer.asSlice(0, 0);
  }

  /** The bytes that are held; the next call of another method may make it invalid. */
  public MemorySegment bytes() {
    return held;
  }

  /** Offset in the log of the first byte held. */
  public long start() {
    return start;
  }

  /** Offset in the log one past the last byte held. */
  public long end() {
    return start + held.byteSize();
  }

  /** Bytes that fit without growing. */
  public long room() {
    return buffer.byteSize() - held.byteSize();
  }

  /** Gives up what lies before an offset, and moves the rest to the front. */
  public void slideTo(long from) {
    long given = Math.min(from, end()) - start;
    MemorySegment kept = held.asSlice(given);
    buffer.asSlice(0, kept.byteSize()).copyFrom(kept);
    held = buffer.asSlice(0, kept.byteSize());
    start += given;
  }

  /** Adds bytes behind those that are held. */
  public void append(byte[] bytes, int from, int length) {
    while (room() < length) {
      grow();
    }
    long size = held.byteSize();
    MemorySegment.copy(bytes, from, buffer, ValueLayout.JAVA_BYTE, size, length);
    held = buffer.asSlice(0, size + length);
  }

  @SuppressWarnings("MustBeClosedChecker") // close() does
  private void grow() {
    Arena larger = Arena.ofShared();
    long size = held.byteSize();
    MemorySegment bigger = larger.allocate(2 * buffer.byteSize());
    bigger.asSlice(0, size).copyFrom(held);
    arena.close();
    arena = larger;
    buffer = bigger;
    held = bigger.asSlice(0, size);
  }

  /** Frees the memory; may be called again. */
  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
