package rrlog.core.log;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import rrlog.core.event.Entry;
import rrlog.core.event.Position;
import rrlog.core.log.MalformedLogException.Reason;

/**
 * An open log: its header, its dialect, and its events, once from start to end.
 *
 * <p>{@link #cursor()} is the fast way, the iterator of immutable records the convenient one; use
 * one of them, they share the place in the log. What could not be decoded is told after the last
 * event by {@link #ending()} and copied by {@link #copyRest}. Confined to one thread.
 */
public final class LogReader implements Iterable<Entry>, Closeable {
  private static final long CHUNK = 1 << 16;
  private static final Position FILE_START = new Position(0, 0, 0);

  private final LogSource bytes;
  private final LogSource source;
  private final LogHeader header;
  private final Detection detection;
  private final EventCursor cursor;
  private final Optional<Position> origin;

  private LogReader(
      LogSource bytes,
      LogSource source,
      LogHeader header,
      Detection detection,
      EventCursor cursor,
      Optional<Position> origin) {
    this.bytes = bytes;
    this.source = source;
    this.origin = origin;
    this.header = header;
    this.detection = detection;
    this.cursor = cursor;
  }

  /**
   * Opens a file, mapped, and finds its dialect.
   *
   * @throws MalformedLogException where it is not a replay log
   * @throws IOException where it cannot be read
   */
  public static LogReader open(Path file) throws IOException {
    return open(MappedSource.of(file), Optional.empty());
  }

  /**
   * Opens a log.
   *
   * @param source its bytes; closed with the reader, and where opening fails
   * @param stated its dialect where it is known, else it is found out
   * @throws MalformedLogException where it is not a replay log
   * @throws IOException where it cannot be read
   */
  public static LogReader open(LogSource source, Optional<Dialect> stated) throws IOException {
    return open(source, stated, Optional.empty());
  }

  /**
   * Opens a log that may be a later part of another one.
   *
   * @param source the bytes: a header, then events; closed with the reader, and where opening fails
   * @param stated its dialect where it is known, else it is found out
   * @param origin the position in the original log of the first event that is there; all positions
   *     are then the original's
   * @throws MalformedLogException where it is not a replay log
   * @throws IOException where it cannot be read
   */
  public static LogReader open(
      LogSource source, Optional<Dialect> stated, Optional<Position> origin) throws IOException {
    try {
      LogHeader header = readHeader(source);
      Detection detection =
          stated.isPresent() ? Detection.stated(stated.get()) : detect(source, header);
      if (origin.isEmpty()) {
        EventCursor cursor = new EventCursor(source, detection.dialect());
        return new LogReader(source, source, header, detection, cursor, origin);
      }
      LogSource part = new ShiftedSource(source, origin.get().offset() - LogHeader.SIZE);
      EventCursor cursor = EventCursor.startingAt(part, detection.dialect(), origin.get());
      return new LogReader(source, part, header, detection, cursor, origin);
    } catch (IOException | RuntimeException failure) {
      source.close();
      throw failure;
    } catch (InternalError fault) {
      // What the JVM makes of a mapped page that is gone.
      source.close();
      throw new IOException("became shorter, or unreadable, while it was read", fault);
    }
  }

  private static LogHeader readHeader(LogSource source) throws IOException {
    if (!source.require(0, 1)) {
      throw malformed(
          "the file is empty: QEMU was killed before it wrote anything, or it is not a"
              + " replay log");
    }
    if (!source.require(0, LogHeader.SIZE)) {
      throw malformed(
          "not a replay log: " + source.windowEnd() + " bytes, but the header alone has 12");
    }
    return LogHeader.of(source.window());
  }

  private static Detection detect(LogSource source, LogHeader header) throws IOException {
    boolean whole = !source.require(0, DialectDetector.LOOKED_AT + 1L);
    long shown = Math.min(source.windowEnd(), DialectDetector.LOOKED_AT);
    MemorySegment start = source.window().asSlice(0, shown);
    Optional<Detection> found = DialectDetector.detect(start, whole);
    if (found.isPresent()) {
      return found.get();
    }
    if (header.version() == 0) {
      throw malformed(
          "not a replay log: the version word is 0 as in an unfinished recording, but no dialect"
              + " makes sense of the events");
    }
    throw new MalformedLogException(
        isNewer(header.version())
            ? "the version word "
                + header.versionText()
                + " is that of a newer QEMU than this rrlog knows (up to "
                + Dialects.newest().id()
                + ")"
            : "not a replay log: unknown version word " + header.versionText(),
        FILE_START,
        Reason.UNKNOWN_VERSION);
  }

  /** QEMU counts its version word up from 0xe02002, by one or a few at a time. */
  private static boolean isNewer(int version) {
    int newest = Dialects.newest().version();
    return version > newest && version >>> 8 == newest >>> 8;
  }

  private static MalformedLogException malformed(String message) {
    return new MalformedLogException(message, FILE_START);
  }

  /** The 12 bytes before the first event. */
  public LogHeader header() {
    return header;
  }

  /** The dialect that the log is read with. */
  public Dialect dialect() {
    return detection.dialect();
  }

  /** The dialect, and how it was found. */
  public Detection detection() {
    return detection;
  }

  /**
   * The position in the original of the first event, where this is a later part of another log;
   * such a part can be re-executed only from a state.
   */
  public Optional<Position> origin() {
    return origin;
  }

  /** The place in the log; before the first event after opening. */
  public EventCursor cursor() {
    return cursor;
  }

  /**
   * All bytes of a log that lies in memory as a whole, as a mapped file does; empty for a stream.
   */
  public Optional<MemorySegment> inMemory() {
    return source.whole();
  }

  /**
   * What this log was opened from, where that lies in memory as a whole: {@link #inMemory()}, but
   * also a later part of another log, its header first.
   */
  public Optional<MemorySegment> bytesInMemory() {
    return bytes.whole();
  }

  /**
   * A further cursor that starts before an event, for a log whose {@link #bytesInMemory()}.
   *
   * @throws IOException where the first bytes cannot be read
   */
  public EventCursor cursorAt(Position start) throws IOException {
    return EventCursor.startingAt(source, dialect(), start);
  }

  /** How the log ends, once all events have been read. */
  public Ending ending() {
    return cursor.ending();
  }

  /**
   * The events from the present place on, as records. Reading errors come as {@link
   * UncheckedIOException}.
   */
  @Override
  public Iterator<Entry> iterator() {
    return new Iterator<>() {
      private boolean moved;
      private boolean there;

      @Override
      public boolean hasNext() {
        if (!moved) {
          try {
            there = cursor.next();
          } catch (IOException failure) {
            throw new UncheckedIOException(failure);
          }
          moved = true;
        }
        return there;
      }

      @Override
      public Entry next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        moved = false;
        return new Entry(cursor.position(), cursor.event());
      }
    };
  }

  /** Takes bytes that are no events. */
  @FunctionalInterface
  public interface Rest {
    /**
     * Takes the next part.
     *
     * @param bytes a view that is valid during the call only
     * @param offset offset of its first byte in the log
     */
    void accept(MemorySegment bytes, long offset) throws IOException;
  }

  /** Hands out what follows the last event, in parts of at most 64 KiB, to the end of the log. */
  public void copyRest(Rest rest) throws IOException {
    copy(cursor.endOffset(), Long.MAX_VALUE, rest);
  }

  /**
   * Hands out bytes as they are, in parts of at most 64 KiB, without looking at events. To be
   * called instead of reading events.
   *
   * @param from offset in the log of the first byte, at or after the place in the log
   * @param to offset one past the last byte; less is handed out where the log ends before
   */
  public void copy(long from, long to, Rest rest) throws IOException {
    skipTo(from);
    long offset = from;
    while (offset < to && source.require(offset, 1)) {
      long start = offset - source.windowStart();
      long part = Math.min(Math.min(CHUNK, to - offset), source.window().byteSize() - start);
      rest.accept(source.window().asSlice(start, part), offset);
      offset += part;
    }
  }

  /** A source moves forward only from within its window. */
  private void skipTo(long offset) throws IOException {
    while (source.windowEnd() < offset && source.require(source.windowEnd(), 1)) {
      continue;
    }
  }

  /**
   * Reads what follows the last event, to the end of the log.
   *
   * @return size of the log in bytes
   */
  public long drain() throws IOException {
    long offset = cursor.endOffset();
    while (source.require(offset, 1)) {
      offset = source.windowEnd();
    }
    return offset;
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
