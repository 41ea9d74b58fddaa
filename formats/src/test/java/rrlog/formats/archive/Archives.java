package rrlog.formats.archive;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import rrlog.core.event.Position;
import rrlog.core.log.Dialect;
import rrlog.core.log.EventCursor;
import rrlog.core.log.LogReader;
import rrlog.core.log.LogSource;
import rrlog.core.log.MappedSource;
import rrlog.formats.FileLimits;
import rrlog.formats.archive.api.ArchiveMetadata;
import rrlog.formats.archive.api.ArchiveSettings;
import rrlog.formats.archive.api.Recording;

/** Makes archives of logs in memory, and reads them back. */
final class Archives {
  static final ArchiveSettings SMALL_BLOCKS = new ArchiveSettings(512, 3);

  private Archives() {}

  static byte[] of(byte[] log, Optional<Dialect> dialect, ArchiveSettings settings)
      throws IOException {
    return of(log, dialect, settings, Recording.UNKNOWN);
  }

  static byte[] of(
      byte[] log, Optional<Dialect> dialect, ArchiveSettings settings, Recording recording)
      throws IOException {
    ByteArrayOutputStream archive = new ByteArrayOutputStream();
    try (LogReader reader = LogReader.open(MappedSource.of(log), dialect)) {
      ArchiveMetadata metadata =
          new ArchiveMetadata(
              reader.header(),
              reader.dialect().id(),
              reader.detection().certainty(),
              "test",
              recording);
      try (ArchiveWriter writer = new ArchiveWriter(archive, metadata, settings)) {
        EventCursor cursor = reader.cursor();
        while (cursor.next()) {
          writer.event(cursor);
        }
        reader.copyRest((bytes, _) -> writer.rest(bytes));
        writer.finish();
      }
    }
    return archive.toByteArray();
  }

  /** A file that is gone once it is closed. */
  static FileChannel channel(byte[] archive) throws IOException {
    Path file = Files.createTempFile("archive", ".rra");
    Files.write(file, archive);
    return FileChannel.open(
        file,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE,
        StandardOpenOption.DELETE_ON_CLOSE);
  }

  static ArchiveReader open(byte[] archive) throws IOException {
    return ArchiveReader.open(channel(archive), FileLimits.DEFAULT);
  }

  static byte[] restored(ArchiveReader reader) throws IOException {
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    reader.copyTo(log);
    return log.toByteArray();
  }

  static byte[] restored(byte[] archive) throws IOException {
    try (ArchiveReader reader = open(archive)) {
      return restored(reader);
    }
  }

  /** What a stream of the archive gives. */
  static byte[] streamed(byte[] archive) throws IOException {
    try (ArchiveStream stream =
            ArchiveStream.open(new ByteArrayInputStream(archive), FileLimits.DEFAULT);
        LogSource source = stream.source()) {
      ByteArrayOutputStream log = new ByteArrayOutputStream();
      while (source.require(log.size(), 1)) {
        long from = log.size() - source.windowStart();
        log.write(source.window().asSlice(from).toArray(ValueLayout.JAVA_BYTE));
      }
      return log.toByteArray();
    }
  }

  /** The positions of all events from where a cursor stands. */
  static List<Position> positions(EventCursor cursor) throws IOException {
    List<Position> positions = new ArrayList<>();
    while (cursor.next()) {
      positions.add(cursor.position());
    }
    return positions;
  }
}
