package rrlog.cli;

import java.io.IOException;

/** A file cannot be read or written; the message is one line that names it. */
final class FileException extends IOException {
  private static final long serialVersionUID = 1L;

  FileException(String file, IOException cause) {
    super(file + ": " + Failures.describe(cause), cause);
  }

  FileException(String file, String what) {
    super(file + ": " + what);
  }
}
