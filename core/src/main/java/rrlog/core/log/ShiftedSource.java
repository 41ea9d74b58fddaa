package rrlog.core.log;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** A source whose offsets count from elsewhere: the bytes of a log's part at the log's offsets. */
final class ShiftedSource implements LogSource {
  private final LogSource source;
  private final long shift;

  /**
   * A view of a source.
   *
   * @param shift what is added to the source's offsets, in bytes
   */
  ShiftedSource(LogSource source, long shift) {
    this.source = source;
    this.shift = shift;
  }

  @Override
  public boolean require(long from, long wanted) throws IOException {
    return source.require(from - shift, wanted);
  }

  @Override
  public MemorySegment window() {
    return source.window();
  }

  @Override
  public long windowStart() {
    return source.windowStart() + shift;
  }

  @Override
  public long maxEventSize() {
    return source.maxEventSize();
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
