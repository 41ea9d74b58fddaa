package rrlog.formats.file;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.function.LongConsumer;
import rrlog.core.log.LogSource;

/** A source that tells how far reading has come. */
final class ObservedSource implements LogSource {
  private final LogSource source;
  private final LongConsumer progress;

  ObservedSource(LogSource source, LongConsumer progress) {
    this.source = source;
    this.progress = progress;
  }

  @Override
  public boolean require(long from, long wanted) throws IOException {
    progress.accept(from);
    return source.require(from, wanted);
  }

  @Override
  public MemorySegment window() {
    return source.window();
  }

  @Override
  public long windowStart() {
    return source.windowStart();
  }

  @Override
  public Optional<MemorySegment> whole() {
    return source.whole();
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
