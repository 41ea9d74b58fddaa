package rrlog.core.analysis;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import rrlog.core.event.Event;
import rrlog.core.log.Dialect;
import rrlog.core.log.InexpressibleEventException;
import rrlog.core.log.LogHeader;
import rrlog.core.log.LogReader;
import rrlog.core.log.LogWriter;

/**
 * A slice of a log, decided on but not written.
 *
 * @param dialect the log's
 * @param header the log header that the slice gets
 * @param start its first event
 * @param end the first event behind it
 * @param rest whether everything behind {@code end} follows as it is: what cannot be decoded
 * @param closing what is put behind the events kept
 * @param moved why {@code end} is not where it was wanted
 */
public record SlicePlan(
    Dialect dialect,
    LogHeader header,
    SliceCut start,
    SliceCut end,
    boolean rest,
    SliceClosing closing,
    Optional<SliceMove> moved) {
  /** Bytes of an instruction event in every dialect. */
  private static final int INSTRUCTION_SIZE = 5;

  /** Whether it begins later than the original, so that QEMU cannot replay it. */
  public boolean beginsLater() {
    return !start.position().equals(LogHeader.FIRST_EVENT);
  }

  /** Number of events, the closing ones included. */
  public long events() {
    return end.event().event()
        - start.event().event()
        + (end.splits() ? 1 : 0)
        + closing.events(dialect).size();
  }

  /**
   * Writes the slice's log: a header and its events. Where it {@link #beginsLater} that is no log
   * by itself, but what a slice file has behind its own header.
   *
   * @param log the log, opened anew, before its first event
   * @param out where it goes; flushed, not closed
   */
  public void write(LogReader log, OutputStream out) throws IOException {
    LogWriter writer = new LogWriter(out, dialect);
    writer.header(header);
    try {
      events(log, writer);
      for (Event event : closing.events(dialect)) {
        writer.event(event);
      }
    } catch (InexpressibleEventException impossible) {
      // Instructions, a shutdown that the dialect was asked for, and an end can always be said.
      throw new IllegalStateException(impossible);
    }
    writer.flush();
  }

  private void events(LogReader log, LogWriter writer)
      throws IOException, InexpressibleEventException {
    long from = start.event().offset();
    if (start.splits()) {
      boolean endsInside = end.splits() && end.event().offset() == from;
      long last = endsInside ? end.instructions() : start.of();
      writer.event(new Event.Instruction(last - start.instructions()));
      if (endsInside) {
        return;
      }
      from += INSTRUCTION_SIZE;
    }
    log.copy(
        from, rest ? Long.MAX_VALUE : end.event().offset(), (bytes, offset) -> writer.raw(bytes));
    if (end.splits()) {
      writer.event(new Event.Instruction(end.instructions()));
    }
  }

  /** A log's header with the version word of a dialect. */
  static LogHeader finished(LogHeader header, Dialect dialect) {
    byte[] bytes = header.toByteArray();
    ByteBuffer.wrap(bytes).putInt(dialect.version());
    return LogHeader.of(bytes);
  }
}
