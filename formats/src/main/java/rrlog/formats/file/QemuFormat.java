package rrlog.formats.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.util.Optional;
import rrlog.core.log.LogReader;
import rrlog.core.log.LogWriter;
import rrlog.core.log.MappedSource;
import rrlog.core.log.StreamSource;
import rrlog.formats.FileLimits;
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

  /** There is no magic, and a dialect that is stated lets any version word pass. */
  @Override
  public boolean recognises(byte[] head) {
    return false;
  }

  /** Mapped, and so independent of the channel. */
  @Override
  public Content open(FileChannel file, FileLimits limits) throws IOException {
    MappedSource log = MappedSource.of(file);
    file.close();
    return Content.of(log, Optional.empty());
  }

  @Override
  public Content open(InputStream file, FileLimits limits) {
    return Content.of(new StreamSource(file, limits.event()), Optional.empty());
  }

  @Override
  public void write(LogReader log, OutputStream file) throws IOException {
    LogWriter writer = new LogWriter(file, log.dialect());
    writer.copy(log);
    writer.flush();
  }
}
