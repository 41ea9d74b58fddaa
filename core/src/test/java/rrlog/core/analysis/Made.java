package rrlog.core.analysis;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import rrlog.core.event.Checkpoint;
import rrlog.core.event.Event;
import rrlog.core.event.ShutdownCause;
import rrlog.core.log.Dialect;
import rrlog.core.log.Dialects;
import rrlog.core.log.InexpressibleEventException;
import rrlog.core.log.LogHeader;
import rrlog.core.log.LogReader;
import rrlog.core.log.LogWriter;
import rrlog.core.log.MappedSource;

/** Logs of a few events, as bytes and open. */
final class Made {
  static final Dialect QEMU_7_2 = Dialects.named("e0200c-b").orElseThrow();
  static final Event INIT = new Event.CheckpointReached(Checkpoint.INIT);
  static final Event RESET = new Event.CheckpointReached(Checkpoint.RESET);
  static final Event SIGNAL = new Event.Shutdown(Optional.of(ShutdownCause.HOST_SIGNAL));
  static final Event END = Event.End.REACHED;

  private Made() {}

  /** What every log begins with, then some events. */
  static byte[] started(Event... events) throws IOException {
    return log(QEMU_7_2, Stream.concat(Stream.of(INIT, RESET), Arrays.stream(events)));
  }

  static byte[] log(Dialect dialect, Stream<Event> events) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    LogWriter writer = new LogWriter(bytes, dialect);
    writer.header(LogHeader.finished(dialect));
    for (Event event : events.toList()) {
      try {
        writer.event(event);
      } catch (InexpressibleEventException wrong) {
        throw new IllegalArgumentException(wrong);
      }
    }
    writer.flush();
    return bytes.toByteArray();
  }

  static byte[] with(byte[] log, int at, int value) {
    byte[] changed = log.clone();
    changed[at] = (byte) value;
    return changed;
  }

  static byte[] and(byte[] log, int... more) {
    byte[] longer = Arrays.copyOf(log, log.length + more.length);
    for (int i = 0; i < more.length; i++) {
      longer[log.length + i] = (byte) more[i];
    }
    return longer;
  }

  static LogReader open(byte[] log) throws IOException {
    return open(log, QEMU_7_2);
  }

  static LogReader open(byte[] log, Dialect dialect) throws IOException {
    return LogReader.open(MappedSource.of(MemorySegment.ofArray(log)), Optional.of(dialect));
  }
}
