package rrlog.formats.archive.api;

import java.io.Closeable;
import java.io.IOException;
import rrlog.core.event.Position;
import rrlog.core.log.Dialect;
import rrlog.core.log.EventCursor;
import rrlog.core.log.LogSource;

/** An archived log from the first event of a block on. Confined to one thread. */
public final class ArchiveSection implements Closeable {
  private final LogSource source;
  private final EventCursor cursor;

  public ArchiveSection(LogSource source, Dialect dialect, Position start) throws IOException {
    this.source = source;
    try {
      this.cursor = EventCursor.startingAt(source, dialect, start);
    } catch (IOException | RuntimeException failure) {
      source.close();
      throw failure;
    }
  }

  /**
   * The place in the log: before the first event of the block after opening. {@link
   * EventCursor#next()} throws {@link DamagedBlockException} where it comes to a damaged block.
   */
  public EventCursor cursor() {
    return cursor;
  }

  /** The bytes below the cursor. */
  public LogSource source() {
    return source;
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
