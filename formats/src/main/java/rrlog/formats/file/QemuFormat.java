package rrlog.formats.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import rrlog.core.log.EventCursor;
import rrlog.core.log.LogReader;
import rrlog.core.log.LogWriter;
import rrlog.formats.LogFormat;

/** The log as QEMU writes it. */
final class QemuFormat implements LogFormat {
  @Override
  public String name() {
    return "qemu";
  }

  @Override
  public String extension() {
    return ".bin";
  }

  /** Anything that no other format recognises is tried as a log. */
  @Override
  public boolean recognises(byte[] head) {
    return true;
  }

  @Override
  public Content open(InputStream file) {
    return new Content(file, Optional.empty());
  }

  @Override
  public void write(LogReader log, OutputStream file) throws IOException {
    LogWriter writer = new LogWriter(file, log.dialect());
    writer.header(log.header());
    EventCursor cursor = log.cursor();
    while (cursor.next()) {
      MemorySegment bytes = cursor.bytes();
      writer.raw(bytes);
    }
    log.copyRest((bytes, offset) -> writer.raw(bytes));
    writer.flush();
  }
}
