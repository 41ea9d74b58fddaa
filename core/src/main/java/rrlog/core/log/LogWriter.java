package rrlog.core.log;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import rrlog.core.event.Event;

/**
 * Writes a log: a header, events of one dialect, and bytes taken over as they are.
 *
 * <p>The counterpart of reading: the events and the end of a log that was read give, written with
 * its dialect and header, the same bytes. Confined to one thread.
 */
public final class LogWriter implements Closeable {
  private static final int BUFFER = 1 << 18;

  private final OutputStream output;
  private final EventEncoder encoder;
  private final byte[] buffer = new byte[BUFFER];
  private int filled;
  private long written;

  /**
   * A writer for a dialect; nothing is written yet.
   *
   * @param output where bytes go; {@link #close()} closes it
   */
  public LogWriter(OutputStream output, Dialect dialect) {
    this.output = output;
    this.encoder = new EventEncoder(dialect);
  }

  /** Writes the header, which has to come first. */
  public void header(LogHeader header) throws IOException {
    put(header.toByteArray(), 0, LogHeader.SIZE);
  }

  /**
   * Writes an event.
   *
   * @throws InexpressibleEventException where the dialect cannot say it; nothing is written then
   */
  public void event(Event event) throws IOException, InexpressibleEventException {
    ByteBuffer bytes = encoder.encode(event);
    put(bytes.array(), 0, bytes.limit());
  }

  /** Writes bytes as they are: whole events of the same dialect, or what could not be decoded. */
  public void raw(MemorySegment bytes) throws IOException {
    long size = bytes.byteSize();
    for (long from = 0; from < size; ) {
      if (filled == BUFFER) {
        drain();
      }
      int part = (int) Math.min(BUFFER - filled, size - from);
      MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, from, buffer, filled, part);
      filled += part;
      from += part;
    }
    written += size;
  }

  /**
   * Writes all bytes of an open log as they are, its header first. The log's cursor walks over its
   * events, so that one knows afterwards how many they are and how it ends.
   *
   * @param log a log of the same dialect of which nothing has been read yet
   */
  public void copy(LogReader log) throws IOException {
    header(log.header());
    EventCursor cursor = log.cursor();
    while (cursor.next()) {
      raw(cursor.bytes());
    }
    log.copyRest((bytes, offset) -> raw(bytes));
  }

  /** Bytes written so far: the offset in the log of what comes next. */
  public long written() {
    return written;
  }

  private void put(byte[] bytes, int from, int length) throws IOException {
    if (length > BUFFER - filled) {
      drain();
      if (length > BUFFER) {
        output.write(bytes, from, length);
        written += length;
        return;
      }
    }
    System.arraycopy(bytes, from, buffer, filled, length);
    filled += length;
    written += length;
  }

  private void drain() throws IOException {
    output.write(buffer, 0, filled);
    filled = 0;
  }

  /** Hands everything to the stream below and flushes it. */
  public void flush() throws IOException {
    drain();
    output.flush();
  }

  @Override
  public void close() throws IOException {
    try (output) {
      flush();
    }
  }
}
