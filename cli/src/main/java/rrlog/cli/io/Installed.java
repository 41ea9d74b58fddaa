package rrlog.cli.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** What lies beside the installed program: its pages, and what it was built from. */
public final class Installed {
  /** The folder that the program was installed to; the launcher says it. */
  private static final String HOME = "rrlog.home";

  private Installed() {}

  /** The commit that the program was built from; the build writes it. */
  public static Optional<String> commit() {
    return Optional.ofNullable(System.getProperty(HOME))
        .flatMap(home -> firstLine(Path.of(home, "cli", "target", "rrlog", "commit")));
  }

  private static Optional<String> firstLine(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.findFirst();
    } catch (IOException | UncheckedIOException none) {
      return Optional.empty();
    }
  }

  /** Where a page is: its path where that is known, else its name in rrlog's sources. */
  public static String page(String page) {
    return Optional.ofNullable(System.getProperty(HOME))
        .map(home -> Path.of(home, "docs", page).toString())
        .orElse("docs/" + page);
  }
}
