package rrlog.formats;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import rrlog.core.event.Position;
import rrlog.core.log.Dialect;
import rrlog.core.log.LogReader;

/**
 * A file format that holds a replay log so that its exact bytes come back.
 *
 * <p>Reading gives the bytes of the log as QEMU would have written them, whatever the file looks
 * like: so every verb reads every format, and one decoder serves them all.
 */
public interface LogFormat {
  /** So many bytes of a file are looked at to recognise its format. */
  int HEAD_SIZE = 256;

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
   * The bytes of the log in a file.
   *
   * @param log the bytes
   * @param dialect the dialect, where the file names it
   * @param origin where it is a later part of a log: the position in it of the first event
   */
  record Content(InputStream log, Optional<Dialect> dialect, Optional<Position> origin) {
    /** The content of a file that holds a log from its start. */
    public Content(InputStream log, Optional<Dialect> dialect) {
      this(log, dialect, Optional.empty());
    }
  }

  /**
   * Opens a file of this format.
   *
   * @param file the file's bytes; closed with the result
   * @throws IOException where the beginning is not of this format
   */
  Content open(InputStream file) throws IOException;

  /**
   * Writes a log.
   *
   * @param log an open log before its first event
   * @param file where it goes; not closed
   * @throws IOException where reading or writing fails
   */
  void write(LogReader log, OutputStream file) throws IOException;
}
