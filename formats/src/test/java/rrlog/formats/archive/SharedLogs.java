package rrlog.formats.archive;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The real recordings beside the repository; tests that want them are skipped without. */
final class SharedLogs {
  private SharedLogs() {}

  private static Path folder() {
    String stated = System.getProperty("rrlog.shared", "");
    if (!stated.isEmpty()) {
      return Path.of(stated, "logs");
    }
    Path at = Path.of("").toAbsolutePath();
    while (at.getParent() != null && !isRepository(at)) {
      at = at.getParent();
    }
    return at.resolveSibling("shared").resolve("logs");
  }

  private static boolean isRepository(Path at) {
    return Files.isRegularFile(at.resolve("pom.xml")) && Files.isDirectory(at.resolve("core"));
  }

  /** All logs; skips the test where there are none. */
  static List<Path> all() throws IOException {
    Path folder = folder();
    assumeTrue(Files.isDirectory(folder), () -> "no recordings in " + folder);
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().matches(".*\\.bin(\\.zst)?")).sorted().toList();
    }
  }

  static byte[] read(Path log) throws IOException {
    if (!log.toString().endsWith(".zst")) {
      return Files.readAllBytes(log);
    }
    try (InputStream in = new ZstdInputStream(Files.newInputStream(log))) {
      return in.readAllBytes();
    }
  }
}
