package rrlog.core.log;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import rrlog.core.event.Entry;
import rrlog.core.event.Event;
import rrlog.core.event.Position;

/**
 * All that reading a small log gives.
 *
 * @param entries the whole events
 * @param end the position after the last of them
 * @param rest the bytes from there on
 */
record Decoding(
    LogHeader header,
    Detection detection,
    List<Entry> entries,
    Ending ending,
    String problem,
    Position end,
    byte[] rest) {

  static Decoding of(LogSource source, Optional<Dialect> stated) throws IOException {
    try (LogReader reader = LogReader.open(source, stated)) {
      List<Entry> entries = new ArrayList<>();
      reader.forEach(entries::add);
      EventCursor cursor = reader.cursor();
      ByteArrayOutputStream rest = new ByteArrayOutputStream();
      reader.copyRest((bytes, _) -> rest.writeBytes(bytes.toArray(ValueLayout.JAVA_BYTE)));
      return new Decoding(
          reader.header(),
          reader.detection(),
          List.copyOf(entries),
          reader.ending(),
          cursor.problem(),
          cursor.position(),
          rest.toByteArray());
    }
  }

  static Decoding of(byte[] log, Through way, Dialect dialect) throws IOException {
    return of(way.open(log), Optional.of(dialect));
  }

  static Decoding of(byte[] log, Dialect dialect) throws IOException {
    return of(log, Through.MAPPED, dialect);
  }

  /** Reads a log whose dialect has to be found. */
  static Decoding found(byte[] log, Through way) throws IOException {
    return of(way.open(log), Optional.empty());
  }

  Dialect dialect() {
    return detection.dialect();
  }

  List<Event> events() {
    return entries.stream().map(Entry::event).toList();
  }

  /** Ordinal of the first event that is not whole before an offset. */
  int eventsBefore(long offset) {
    int count = 0;
    while (count < entries.size() && endOf(count) <= offset) {
      count++;
    }
    return count;
  }

  private long endOf(int event) {
    return (event + 1 < entries.size() ? entries.get(event + 1).position() : end).offset();
  }

  /** The log written again from header, records and rest. */
  byte[] encoded() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (LogWriter writer = new LogWriter(bytes, dialect())) {
      writer.header(header);
      for (Entry entry : entries) {
        writer.event(entry.event());
      }
      writer.raw(MemorySegment.ofArray(rest));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InexpressibleEventException failure) {
      throw new AssertionError("an event of the dialect cannot be written in it", failure);
    }
    return bytes.toByteArray();
  }

  /** A finished header and events as the bytes of a dialect. */
  static byte[] encode(Dialect dialect, Iterable<? extends Event> events) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (LogWriter writer = new LogWriter(bytes, dialect)) {
      writer.header(LogHeader.finished(dialect));
      for (Event event : events) {
        writer.event(event);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InexpressibleEventException failure) {
      throw new AssertionError("an event of the dialect cannot be written in it", failure);
    }
    return bytes.toByteArray();
  }
}
