package rrlog.core.log;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * The bytes of a log, read from start to end through a window that only moves forward.
 *
 * <p>A file is one window; a stream slides a small one over its bytes. Confined to one thread.
 */
public interface LogSource extends Closeable {

  /**
   * Makes bytes available. What lies before {@code from} may be given up and is then gone.
   *
   * @param from offset in the log, neither before {@link #windowStart()} nor behind {@link
   *     #windowEnd()}
   * @param wanted number of bytes wanted from there, at least 1
   * @return whether the window now holds that many; {@code false} where the log ends before
   * @throws IOException where the bytes cannot be read, or a stream's event is larger than {@link
   *     StreamSource#MAX_WINDOW}
   */
  boolean require(long from, long wanted) throws IOException;

  /** The bytes that are available now; a call of {@link #require} may replace it. */
  MemorySegment window();

  /** Offset in the log of the first byte of the window. */
  long windowStart();

  /** Offset in the log one past the last byte of the window. */
  default long windowEnd() {
    return windowStart() + window().byteSize();
  }

  /**
   * All bytes of the log, where they lie in memory from the first to the last at their own offsets
   * as those of a mapped file do; empty where they come and go.
   */
  default Optional<MemorySegment> whole() {
    return Optional.empty();
  }

  /**
   * Most bytes that one event may take here: the whole log where it is mapped, less for streams.
   */
  long maxEventSize();
}
