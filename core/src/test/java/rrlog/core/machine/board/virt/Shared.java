package rrlog.core.machine.board.virt;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The folder with recordings beside the repository; tests that need it are skipped without. */
final class Shared {
  private Shared() {}

  static Optional<Path> find(String relative) {
    return folder().map(shared -> shared.resolve(relative)).filter(Files::exists);
  }

  static Path require(String relative) {
    Optional<Path> found = find(relative);
    assumeTrue(found.isPresent(), "no shared/" + relative + " beside the repository");
    return found.orElseThrow();
  }

  private static Optional<Path> folder() {
    String stated = System.getProperty("rrlog.shared");
    if (stated != null) {
      return Optional.of(Path.of(stated));
    }
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.exists(at.resolve("pom.xml")) && Files.isDirectory(at.resolve("core"))) {
        return Optional.ofNullable(at.getParent()).map(parent -> parent.resolve("shared"));
      }
    }
    return Optional.empty();
  }
}
