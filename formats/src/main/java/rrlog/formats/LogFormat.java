package rrlog.formats;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.Optional;
import rrlog.core.event.Position;
import rrlog.core.log.Dialect;
import rrlog.core.log.LogReader;
import rrlog.core.log.LogSource;
import rrlog.formats.archive.api.Archive;
import rrlog.formats.archive.api.Recording;

/**
 * A file format that holds a replay log so that its exact bytes come back.
 *
 * <p>Reading gives the bytes of the log as QEMU would have written them, whatever the file looks
 * like: so every verb reads every format, and one decoder serves them all. A format knows best how
 * its files are opened: mapped, as a stream, or read anywhere.
 */
public interface LogFormat {
  /** So many bytes of a file are looked at to recognise its format. */
  int HEAD_SIZE = 1024;

  /** The name that users give, such as {@code jsonl}. */
  String name();

  /** The usual ending of file names, with its dot. */
  String extension();

  /**
   * Whether a file that starts with these bytes is of this format.
   *
   * @param head the first bytes of the file, as many as there are up to {@link #HEAD_SIZE}
   */
  boolean recognises(byte[] head);

  /**
   * An open file of a format.
   *
   * @param log the bytes of the log; whoever opened the file closes it
   * @param dialect the dialect, where the file names it
   * @param origin where it is a later part of a log: the position in it of the first event
   * @param state where such a part carries the machine's state: what it is of
   * @param recording what the file tells beside the log
   * @param archive the file as an archive, where it can be read anywhere; closed after the log
   */
  record Content(
      LogSource log,
      Optional<Dialect> dialect,
      Optional<Position> origin,
      Optional<CarriedState> state,
      Recording recording,
      Optional<Archive> archive) {
    /** The content of a file that holds a log from its start, to be read from there. */
    public static Content of(LogSource log, Optional<Dialect> dialect) {
      return new Content(
          log, dialect, Optional.empty(), Optional.empty(), Recording.UNKNOWN, Optional.empty());
    }
  }

  /**
   * Opens a file of this format.
   *
   * @param file a readable regular file at its first byte; closed with the result, and where
   *     opening fails
   * @param limits what it may cost
   * @throws IOException where it cannot be read, or its beginning is not of this format
   */
  default Content open(FileChannel file, FileLimits limits) throws IOException {
    return open(new BufferedInputStream(Channels.newInputStream(file), 1 << 16), limits);
  }

  /**
   * Opens a stream of this format.
   *
   * @param file the file's bytes, buffered; closed with the result, and where opening fails
   * @param limits what it may cost
   * @throws IOException where it cannot be read, or its beginning is not of this format
   */
  Content open(InputStream file, FileLimits limits) throws IOException;

  /**
   * This format for writing with what is known beside the log; empty where it has no room for that.
   */
  default Optional<LogFormat> keeping(Recording recording) {
    return Optional.empty();
  }

  /**
   * Writes a log.
   *
   * @param log an open log before its first event
   * @param file where it goes; not closed
   * @throws IOException where reading or writing fails
   */
  void write(LogReader log, OutputStream file) throws IOException;
}
