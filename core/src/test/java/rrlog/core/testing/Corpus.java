package rrlog.core.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The inputs of a fuzz test: files in a folder of resources beside the test, called as the test
 * with {@code Inputs} behind. They are seeds, and what once went wrong. A build runs over them and
 * over some seeded mutations of them. With {@code -Drrlog.fuzz=MINUTES} Jazzer looks for new ones,
 * led by what they reach, in a process of its own: its agent would slow down every other test, and
 * inside JUnit it instruments nothing but hooks unless it fuzzes ({@code docs/reliability.md}).
 */
public final class Corpus {
  private static final int[] WORDS = {
    0, 1, 2, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x10000, 0x7fff_ffff, 0x8000_0000, -1, -2
  };

  private Corpus() {}

  /** What is done with an input. */
  @FunctionalInterface
  public interface Target {
    /** Throws where it does what it must not. */
    void accept(byte[] input) throws Exception;
  }

  /**
   * Runs over all inputs of a test, and so many mutations of them.
   *
   * @param test a public class with a public static method {@code fuzzerTestOneInput(byte[])},
   *     which is what Jazzer calls
   */
  public static void each(Class<?> test, int mutations, Target target) {
    int minutes = Integer.getInteger("rrlog.fuzz", 0);
    if (minutes > 0) {
      fuzz(test, minutes);
      return;
    }
    List<Path> files = files(test);
    for (Path file : files) {
      try {
        target.accept(Files.readAllBytes(file));
      } catch (Exception | Error failure) {
        throw new AssertionError(file + ": " + failure, failure);
      }
    }
    List<byte[]> inputs = files.stream().map(Corpus::read).toList();
    Rolls.each(mutations, rolls -> target.accept(mutated(inputs, rolls.random())));
  }

  /** Keeps what it finds in {@code target/fuzz}, and starts from there the next time. */
  private static void fuzz(Class<?> test, int minutes) {
    Path folder = Path.of("target", "fuzz", test.getSimpleName()).toAbsolutePath();
    try {
      Path corpus = Files.createDirectories(folder.resolve("corpus"));
      List<String> command =
          List.of(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-Xmx700m",
              "-XX:+EnableDynamicAgentLoading",
              "--enable-native-access=ALL-UNNAMED",
              "--sun-misc-unsafe-memory-access=allow",
              "-cp",
              System.getProperty("java.class.path"),
              "com.code_intelligence.jazzer.Jazzer",
              "--target_class=" + test.getName(),
              "--instrumentation_includes=rrlog.**",
              // What a file name leads to is looked at elsewhere.
              "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.FilePathTraversal",
              "--keep_going=10",
              "-max_total_time=" + 60 * minutes,
              "-max_len=16384",
              "-timeout=60",
              corpus.toString(),
              folder(test).toString());
      long start = System.nanoTime();
      int status =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("log.txt").toFile())
              .start()
              .waitFor();
      if (status != 0) {
        throw new AssertionError("Jazzer found something, or failed: see " + folder);
      }
      // It ends with 0 when it is interrupted, too.
      if (System.nanoTime() - start < TimeUnit.MINUTES.toNanos(minutes)) {
        throw new AssertionError("Jazzer did not take its time: see " + folder);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<Path> files(Class<?> test) {
    try (Stream<Path> files = Files.list(folder(test))) {
      return files.sorted().toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Path folder(Class<?> test) {
    URL folder = test.getResource(test.getSimpleName() + "Inputs");
    if (folder == null) {
      throw new IllegalStateException("no inputs for " + test);
    }
    try {
      return Path.of(folder.toURI());
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** A file in the folder for temporary files, for what can only be read from one. */
  public static Path temporaryFile(String end) {
    try {
      Path file = Files.createTempFile("fuzzed", end);
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static byte[] mutated(List<byte[]> inputs, Random random) {
    byte[] input = inputs.get(random.nextInt(inputs.size())).clone();
    int changes = 1 + random.nextInt(6);
    for (int change = 0; change < changes; change++) {
      input = changed(input, inputs, random);
    }
    return input;
  }

  private static byte[] changed(byte[] input, List<byte[]> inputs, Random random) {
    if (input.length == 0) {
      return new byte[] {(byte) random.nextInt(256)};
    }
    int at = random.nextInt(input.length);
    return switch (random.nextInt(8)) {
      case 0 -> {
        input[at] ^= (byte) (1 << random.nextInt(8));
        yield input;
      }
      case 1 -> {
        input[at] = (byte) random.nextInt(256);
        yield input;
      }
      case 2, 3 -> word(input, at, WORDS[random.nextInt(WORDS.length)], random.nextInt(2) == 0);
      case 4 -> Arrays.copyOf(input, at);
      case 5 -> spliced(input, at, 0, input, at + random.nextInt(input.length - at));
      case 6 ->
          spliced(input, at, random.nextInt(input.length - at), new byte[random.nextInt(9)], 0);
      default -> {
        byte[] other = inputs.get(random.nextInt(inputs.size()));
        yield spliced(input, at, 0, other, other.length == 0 ? 0 : random.nextInt(other.length));
      }
    };
  }

  private static byte[] word(byte[] input, int at, int value, boolean highFirst) {
    for (int i = 0; i < Integer.BYTES && at + i < input.length; i++) {
      input[at + i] = (byte) (value >>> Byte.SIZE * (highFirst ? 3 - i : i));
    }
    return input;
  }

  /** The input up to a place, then another's end from a place on, then the input behind a gap. */
  private static byte[] spliced(byte[] input, int at, int gap, byte[] other, int from) {
    int middle = Math.min(64, other.length - from);
    byte[] result = new byte[input.length - gap + middle];
    System.arraycopy(input, 0, result, 0, at);
    System.arraycopy(other, from, result, at, middle);
    System.arraycopy(input, at + gap, result, at + middle, input.length - at - gap);
    return result;
  }
}
