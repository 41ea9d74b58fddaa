import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Makes the AOT cache of the laid-out program and notes which JDK it was made with, so that the
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
      Path jar = program.resolve("lib/rrlog-cli.jar");
      if (Files.exists(cache)
          && Files.getLastModifiedTime(cache).compareTo(Files.getLastModifiedTime(jar)) > 0) {
        return;
      }
      Files.deleteIfExists(cache);
      if (!train(jdk, jar, cache, Path.of(args[1]))) {
        Files.deleteIfExists(cache);
      }
      Files.writeString(program.resolve("jdk"), jdk + "\n");
    } catch (IOException | InterruptedException | RuntimeException e) {
      System.out.println("no AOT cache: " + e);
    }
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
    PrintStream out = System.out;
    out.println("no AOT cache (starting rrlog will be slower); see " + log);
    return false;
  }
}
