package rrlog.formats.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.util.Optional;
import rrlog.core.log.Dialects;
import rrlog.core.log.LogReader;
import rrlog.formats.FileLimits;
import rrlog.formats.LogFormat;
import rrlog.formats.archive.api.Archive;
import rrlog.formats.archive.api.Recording;

/** The archive among the formats: read here as a stream; {@link ArchiveReader} reads anywhere. */
public final class ArchiveLogFormat implements LogFormat {
  private final Recording recording;
  private final String rrlogVersion;

  /** The format as it is recognised and read. */
  public ArchiveLogFormat() {
    this(Recording.UNKNOWN);
  }

  /** The format for writing with what is known beside the log. */
  private ArchiveLogFormat(Recording recording) {
    this.recording = recording;
    String version = ArchiveLogFormat.class.getPackage().getImplementationVersion();
    this.rrlogVersion = version == null ? "not packaged" : version;
  }

  @Override
  public String name() {
    return "archive";
  }

  @Override
  public String extension() {
    return ".rra";
  }

  @Override
  public boolean recognises(byte[] head) {
    return ArchiveReader.isArchive(head);
  }

  @Override
  public Content open(FileChannel file, FileLimits limits) throws IOException {
    Archive archive = ArchiveReader.open(file, limits);
    return new Content(
        archive.source(),
        Optional.of(archive.dialect()),
        Optional.empty(),
        Optional.empty(),
        archive.metadata().recording(),
        Optional.of(archive));
  }

  @Override
  public Content open(InputStream file, FileLimits limits) throws IOException {
    ArchiveStream archive = ArchiveStream.open(file, limits);
    return new Content(
        archive.source(),
        Dialects.named(archive.metadata().dialect()),
        Optional.empty(),
        Optional.empty(),
        archive.metadata().recording(),
        Optional.empty());
  }

  @Override
  public Optional<LogFormat> keeping(Recording known) {
    return Optional.of(new ArchiveLogFormat(known));
  }

  @Override
  public void write(LogReader log, OutputStream file) throws IOException {
    ArchiveWriter.write(log, file, rrlogVersion, recording);
  }
}
