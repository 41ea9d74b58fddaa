package rrlog.cli.io;

import java.nio.file.Path;
import java.util.Optional;

/** Where a user finds the pages of the documentation. */
public final class Pages {
  /** The folder that the program was installed to; the launcher says it. */
  private static final String HOME = "rrlog.home";

  private Pages() {}

  /** Where a page is: its path where that is known, else its name in rrlog's sources. */
  public static String at(String page) {
    return Optional.ofNullable(System.getProperty(HOME))
        .map(home -> Path.of(home, "docs", page).toString())
        .orElse("docs/" + page);
  }
}
