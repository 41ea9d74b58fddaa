import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Makes the AOT cache of the laid-out program, and notes which JDK it was made with, so that the
 * launcher takes the same one: a cache fits exactly one JDK. The cache is about speed alone, so
 * whatever goes wrong here leaves a message and no cache, and the build goes on.
 *
 * <p>Usage: {@code java TrainAotCache.java PROGRAM-FOLDER SAMPLES-FOLDER}
 */
final class TrainAotCache {
  private static final long PATIENCE_SECONDS = 90;

  public static void main(String[] args) {
    Path program = Path.of(args[0]).toAbsolutePath();
    Path cache = program.resolve("rrlog.aot");
    try {
      Path jdk = Path.of(System.getProperty("java.home"));
      Path madeWith = program.resolve("jdk");
      rewrite(program.resolve("lib"), "picocli-*.jar", new OldClasses());
      rewrite(program.resolve("lib"), "rrlog-*.jar", new PatternSwitches());
      noteCommit(program.resolve("commit"), Path.of(args[1]));
      boolean current =
          isCurrent(cache, program.resolve("lib"))
              && Files.exists(madeWith)
              && Files.readString(madeWith).strip().equals(jdk.toString());
      if (!current) {
        Files.deleteIfExists(cache);
        if (!train(jdk, program.resolve("lib/rrlog-cli.jar"), cache, Path.of(args[1]))) {
          Files.deleteIfExists(cache);
        }
      }
      // Last, and in any case: its time is the time of the build.
      Files.writeString(madeWith, jdk + "\n");
    } catch (IOException | InterruptedException | RuntimeException e) {
      System.out.println("no AOT cache: " + e);
    }
  }

  /** What {@code rrlog --version} says beside the version; nothing where git does not know. */
  private static void noteCommit(Path file, Path folder) throws IOException, InterruptedException {
    Files.deleteIfExists(file);
    try {
      Process git =
          new ProcessBuilder("git", "describe", "--always", "--dirty=+", "--abbrev=12")
              .directory(folder.toAbsolutePath().toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String commit = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (git.waitFor() == 0) {
        Files.writeString(file, commit);
      }
    } catch (IOException noGit) {
      System.out.println("no commit in --version: " + noGit.getMessage());
    }
  }

  private static void rewrite(Path libraries, String names, Jars.Change change) throws IOException {
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(libraries, names)) {
      for (Path jar : jars) {
        Jars.rewrite(jar, change);
      }
    }
  }

  /** A cache knows the times of the jars it was made from, and refuses later ones. */
  private static boolean isCurrent(Path cache, Path libraries) throws IOException {
    if (!Files.exists(cache)) {
      return false;
    }
    FileTime made = Files.getLastModifiedTime(cache);
    try (Stream<Path> jars = Files.list(libraries)) {
      for (Path jar : jars.toList()) {
        if (Files.getLastModifiedTime(jar).compareTo(made) > 0) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean train(Path jdk, Path jar, Path cache, Path samples)
      throws IOException, InterruptedException {
    Path log = cache.resolveSibling("aot-training.log");
    Process process =
        new ProcessBuilder(
                List.of(
                    jdk.resolve("bin/java").toString(),
                    "-XX:AOTCacheOutput=" + cache,
                    "-XX:+UseSerialGC",
                    // No profiles: the launcher does not use them, and reading is not free.
                    "-XX:+UnlockDiagnosticVMOptions",
                    "-XX:-AOTRecordTraining",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-cp",
                    jar.toString(),
                    "rrlog.cli.StartupTraining",
                    samples.toString()))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    if (process.waitFor() == 0 && Files.exists(cache)) {
      return true;
    }
    System.out.println("no AOT cache (starting rrlog will be slower); see " + log);
    return false;
  }
}
