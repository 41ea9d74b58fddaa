package rrlog.cli.io;

import java.io.IOException;
import rrlog.core.machine.platform.disk.BadDiskException;

/** A file cannot be read or written; the message is one line that names it. */
public final class FileException extends IOException {
  private static final long serialVersionUID = 1L;

  public FileException(String file, IOException cause) {
    super(file + ": " + Failures.describe(cause), cause);
  }

  /** What a disk, whose message names it, turned out to be while something else was read. */
  FileException(BadDiskException disk) {
    super(disk.getMessage(), disk);
  }

  public FileException(String file, String what) {
    super(file + ": " + what);
  }
}
