package rrlog.core.log;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;

/** A log that arrives as a stream: a pipe, or a compressed file. Memory does not grow with it. */
public final class StreamSource implements LogSource {
  /** Most bytes that one event may take in a stream where nothing else is said. */
  public static final long MAX_WINDOW = 256L << 20;

  private static final int CHUNK = 64 << 10;
  private static final long FIRST_CAPACITY = 1L << 20;

  private final InputStream input;
  private final long mostEvent;
  private final byte[] chunk = new byte[CHUNK];
  private final SlidingWindow window = new SlidingWindow(0, FIRST_CAPACITY);
  private boolean closed;

  /** A log from a stream, which {@link #close()} closes. */
  public StreamSource(InputStream input) {
    this(input, MAX_WINDOW);
  }

  /**
   * A log from a stream, which {@link #close()} closes.
   *
   * @param mostEvent most bytes that one event may take; in a file there is no such limit
   */
  public StreamSource(InputStream input, long mostEvent) {
    this.input = input;
    this.mostEvent = mostEvent;
  }

  @Override
  public boolean require(long from, long wanted) throws IOException {
    if (windowEnd() - from >= wanted) {
      return true;
    }
    window.slideTo(from);
    long held = window.bytes().byteSize();
    boolean ended = false;
    // At least what is wanted, and a whole buffer while more is at hand, so that the work of
    // sliding is done once for many events. The buffer grows only as bytes really arrive: what is
    // wanted may come from a length in a damaged log.
    long enough = Math.min(wanted, mostEvent);
    while (!ended && (held < enough || (window.room() > 0 && input.available() > 0))) {
      int want = (int) Math.min(CHUNK, window.room() == 0 ? CHUNK : window.room());
      int got = input.read(chunk, 0, want);
      ended = got < 0;
      if (!ended) {
        window.append(chunk, 0, got);
        held += got;
      }
    }
    if (!ended && held < wanted) {
      throw new IOException(
          "an event of "
              + wanted
              + " bytes is too large to be read from a stream (limit \"event\"); uncompress it into"
              + " a file");
    }
    return held >= wanted;
  }

  @Override
  public MemorySegment window() {
    return window.bytes();
  }

  @Override
  public long windowStart() {
    return window.start();
  }

  @Override
  public long windowEnd() {
    return window.end();
  }

  @Override
  public long maxEventSize() {
    return mostEvent;
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      window.close();
      input.close();
    }
  }
}
