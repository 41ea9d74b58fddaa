package rrlog.formats.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import rrlog.core.analysis.SliceHeader;
import rrlog.core.log.EventCursor;
import rrlog.core.log.LogReader;
import rrlog.core.log.LogWriter;
import rrlog.formats.LogFormat;

/** A part of a log that remembers where it begins in the original ({@code docs/slice.md}). */
final class SliceFormat implements LogFormat {
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
  public Content open(InputStream file) throws IOException {
    SliceHeader header = SliceHeader.read(file);
    return new Content(file, Optional.of(header.dialect()), Optional.of(header.origin()));
  }

  @Override
  public void write(LogReader log, OutputStream file) throws IOException {
    new SliceHeader(log.origin().orElse(SliceHeader.START), log.dialect()).write(file);
    LogWriter writer = new LogWriter(file, log.dialect());
    writer.header(log.header());
    EventCursor cursor = log.cursor();
    while (cursor.next()) {
      writer.raw(cursor.bytes());
    }
    log.copyRest((bytes, offset) -> writer.raw(bytes));
    writer.flush();
  }
}
