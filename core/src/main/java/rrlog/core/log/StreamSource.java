package rrlog.core.log;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A log that arrives as a stream: a pipe, or a compressed file. Memory does not grow with it. */
public final class StreamSource implements LogSource {
  /** Most bytes that one event may take in a stream; in a file there is no such limit. */
  public static final long MAX_WINDOW = 256L << 20;

  private static final int CHUNK = 64 << 10;
  private static final long FIRST_CAPACITY = 1L << 20;

  private final InputStream input;
  private final byte[] chunk = new byte[CHUNK];

  @SuppressWarnings("MustBeClosedChecker") // close() does
  private Arena arena = Arena.ofShared();

  private MemorySegment buffer = arena.allocate(FIRST_CAPACITY);
  private MemorySegment window = buffer.asSlice(0, 0);
  private long windowStart;

  /** A log from a stream, which {@link #close()} closes. */
  public StreamSource(InputStream input) {
    this.input = input;
  }

  @Override
  public boolean require(long from, long wanted) throws IOException {
    if (windowEnd() - from >= wanted) {
      return true;
    }
    slideTo(from);
    long held = window.byteSize();
    boolean ended = false;
    // At least what is wanted, and a whole buffer while more is at hand, so that the work of
    // sliding is done once for many events. The buffer grows only as bytes really arrive: what is
    // wanted may come from a length in a damaged log.
    long enough = Math.min(wanted, MAX_WINDOW);
    while (!ended && (held < enough || (held < buffer.byteSize() && input.available() > 0))) {
      if (held == buffer.byteSize()) {
        grow(held);
      }
      int want = (int) Math.min(CHUNK, buffer.byteSize() - held);
      int got = input.read(chunk, 0, want);
      ended = got < 0;
      if (!ended) {
        MemorySegment.copy(chunk, 0, buffer, ValueLayout.JAVA_BYTE, held, got);
        held += got;
      }
    }
    window = buffer.asSlice(0, held);
    if (!ended && held < wanted) {
      throw new IOException(
          "an event of "
              + wanted
              + " bytes is too large to be read from a stream; uncompress it into a file first");
    }
    return held >= wanted;
  }

  /** Moves what is still needed to the front of the buffer. */
  private void slideTo(long from) {
    long given = Math.min(from, windowEnd()) - windowStart;
    MemorySegment kept = window.asSlice(given);
    buffer.asSlice(0, kept.byteSize()).copyFrom(kept);
    window = buffer.asSlice(0, kept.byteSize());
    windowStart += given;
  }

  @SuppressWarnings("MustBeClosedChecker") // close() does
  private void grow(long held) {
    Arena larger = Arena.ofShared();
    MemorySegment bigger = larger.allocate(2 * buffer.byteSize());
    bigger.copyFrom(buffer.asSlice(0, held));
    arena.close();
    arena = larger;
    buffer = bigger;
  }

  @Override
  public MemorySegment window() {
    return window;
  }

  @Override
  public long windowStart() {
    return windowStart;
  }

  @Override
  public long maxEventSize() {
    return MAX_WINDOW;
  }

  @Override
  public void close() throws IOException {
    if (arena.scope().isAlive()) {
      arena.close();
      input.close();
    }
  }
}
