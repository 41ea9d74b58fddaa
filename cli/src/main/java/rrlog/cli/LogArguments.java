package rrlog.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import rrlog.core.log.Dialect;
import rrlog.core.log.Dialects;

/** What file arguments and the names of dialects on the command line mean. */
final class LogArguments {
  /** Standard input. */
  static final String STDIN = "-";

  private LogArguments() {}

  /** A path from the command line. */
  static Path path(String file) throws FileException {
    try {
      return Path.of(file);
    } catch (InvalidPathException invalid) {
      throw new FileException(file, "not a file name: " + invalid.getReason());
    }
  }

  /** The name of a file in messages. */
  static String shown(String file) {
    return file.equals(STDIN) ? "standard input" : file;
  }

  /** The dialect that a user names; empty where the option was not given. */
  static Optional<Dialect> dialect(Optional<String> name) {
    return name.map(
        given ->
            Dialects.named(given)
                .orElseThrow(
                    () ->
                        new UsageException(
                            "no dialect is called '" + given + "'; see rrlog dialects")));
  }
}
