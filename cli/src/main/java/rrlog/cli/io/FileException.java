package rrlog.cli.io;

import java.io.IOException;

/** A file cannot be read or written; the message is one line that names it. */
public final class FileException extends IOException {
  private static final long serialVersionUID = 1L;

  public FileException(String file, IOException cause) {
    super(file + ": " + Failures.describe(cause), cause);
  }

  public FileException(String file, String what) {
    super(file + ": " + what);
  }
}
