package rrlog.cli.io;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** What the names of files on the command line mean. */
public final class FileNames {
  /** Standard input, or standard output where a file is written. */
  public static final String STDIN = "-";

  private FileNames() {}

  /** A path from the command line. */
  public static Path path(String file) throws FileException {
    try {
      return Path.of(file);
    } catch (InvalidPathException invalid) {
      throw new FileException(file, "not a file name: " + invalid.getReason());
    }
  }

  /** The name of a file in messages. */
  public static String shown(String file) {
    return file.equals(STDIN) ? "standard input" : file;
  }
}
