package rrlog.formats.slice;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import rrlog.core.analysis.SlicePlan;
import rrlog.core.log.LogHeader;
import rrlog.core.log.LogReader;
import rrlog.core.log.LogWriter;
import rrlog.core.log.StreamSource;
import rrlog.formats.FileLimits;
import rrlog.formats.LogFormat;
import rrlog.formats.archive.api.Recording;

/** A part of a log that remembers where it begins in the original ({@code docs/slice.md}). */
public final class SliceFormat implements LogFormat {
  @Override
  public String name() {
    return "slice";
  }

  @Override
  public String extension() {
    return ".rrs";
  }

  @Override
  public boolean recognises(byte[] head) {
    return SliceHeader.recognises(head);
  }

  @Override
  public Content open(InputStream file, FileLimits limits) throws IOException {
    SliceHeader header = SliceHeader.read(file);
    return new Content(
        new StreamSource(file, limits.event()),
        Optional.of(header.dialect()),
        Optional.of(header.origin()),
        Recording.UNKNOWN,
        Optional.empty());
  }

  @Override
  public void write(LogReader log, OutputStream file) throws IOException {
    new SliceHeader(log.origin().orElse(LogHeader.FIRST_EVENT), log.dialect()).write(file);
    LogWriter writer = new LogWriter(file, log.dialect());
    writer.copy(log);
    writer.flush();
  }

  /**
   * Writes what was planned: a log, or where it begins later a slice file.
   *
   * @param log the log, opened anew, before its first event
   * @param file where it goes; flushed, not closed
   */
  public static void write(SlicePlan plan, LogReader log, OutputStream file) throws IOException {
    if (plan.beginsLater()) {
      new SliceHeader(plan.start().position(), plan.dialect()).write(file);
    }
    plan.write(log, file);
  }
}
