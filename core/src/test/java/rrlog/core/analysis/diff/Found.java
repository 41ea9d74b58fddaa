package rrlog.core.analysis.diff;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import rrlog.core.event.Event;
import rrlog.core.log.Dialect;
import rrlog.core.log.InexpressibleEventException;
import rrlog.core.log.LogHeader;
import rrlog.core.log.LogReader;
import rrlog.core.log.LogWriter;
import rrlog.core.log.MappedSource;
import rrlog.core.log.StreamSource;

/** What a comparison finds. */
record Found(Optional<Divergence> first, List<Hunk> hunks, DiffSummary summary) {

  static Found in(LogDiff diff) throws IOException {
    List<Divergence> first = new ArrayList<>();
    List<Hunk> hunks = new ArrayList<>();
    DiffSummary summary =
        diff.run(
            new LogDiff.Listener() {
              @Override
              public void first(Divergence divergence) {
                first.add(divergence);
              }

              @Override
              public void hunk(Hunk hunk) {
                hunks.add(hunk);
              }
            });
    return new Found(first.stream().findFirst(), hunks, summary);
  }

  static Found between(LogReader a, LogReader b, DiffOptions options) throws IOException {
    return in(new LogDiff(a, b, options));
  }

  static byte[] log(Dialect dialect, List<Event> events) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (LogWriter writer = new LogWriter(bytes, dialect)) {
      writer.header(LogHeader.finished(dialect));
      for (Event event : events) {
        writer.event(event);
      }
    } catch (IOException | InexpressibleEventException impossible) {
      throw new AssertionError(impossible);
    }
    return bytes.toByteArray();
  }

  static LogReader inMemory(byte[] log, Dialect dialect) throws IOException {
    return LogReader.open(MappedSource.of(log), Optional.of(dialect));
  }

  static LogReader asStream(byte[] log, Dialect dialect) throws IOException {
    return LogReader.open(new StreamSource(new ByteArrayInputStream(log)), Optional.of(dialect));
  }
}
