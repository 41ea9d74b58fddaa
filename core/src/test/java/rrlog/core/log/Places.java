package rrlog.core.log;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where the tests find recordings. */
final class Places {
  private Places() {}

  /** The root of the repository, whatever folder the tests are run from. */
  static Path repository() {
    Path folder = Path.of(System.getProperty("user.dir")).toAbsolutePath();
    while (folder != null) {
      if (Files.exists(folder.resolve("pom.xml")) && Files.isDirectory(folder.resolve("core"))) {
        return folder;
      }
      folder = folder.getParent();
    }
    throw new IllegalStateException("no repository above " + System.getProperty("user.dir"));
  }

  /** The recordings that are part of the repository. */
  static Path samples() {
    return repository().resolve("samples");
  }

  /** The recordings beside the repository, where they are there. */
  static Optional<Path> shared() {
    String stated = System.getProperty("rrlog.shared");
    Path folder = stated == null ? repository().resolveSibling("shared") : Path.of(stated);
    return Files.isDirectory(folder) ? Optional.of(folder) : Optional.empty();
  }
}
