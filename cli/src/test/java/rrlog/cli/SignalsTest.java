package rrlog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Signals at random moments of what writes files: what was recorded is kept, the final name never
 * holds a part, and nothing is left over. {@code -Drrlog.signals=100} sends a hundred of each to
 * each verb, {@code -Drrlog.seed=N} at other moments.
 */
@Tag("slow")
final class SignalsTest {
  private static final int RUNS = Integer.getInteger("rrlog.signals", 3);
  private static final long SEED = Long.getLong("rrlog.seed", 1);

  /** Instructions of the log that convert, slice and repair work on: a second or two of work. */
  private static final int LENGTH = Integer.getInteger("rrlog.signals.length", 4_000_000);

  /** How long a recording is looked at, ms. */
  private static final int RECORDING = Integer.getInteger("rrlog.signals.recording", 3000);

  @TempDir private static Path folder = Path.of("");
  private static Path guest = Path.of("");
  private static Path whole = Path.of("");
  private static Path killed = Path.of("");

  /** lui t0,0x10000; li t1,'x'; sb t1,0(t0); j -4: prints for ever, so that the log grows. */
  @BeforeAll
  static void recordALog() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/bin/kill")), "no kill here");
    int[] words = {0x100002b7, 0x07800313, 0x00628023, 0xffdff06f};
    ByteBuffer code = ByteBuffer.allocate(4 * words.length).order(ByteOrder.LITTLE_ENDIAN);
    code.asIntBuffer().put(words);
    guest = Files.write(folder.resolve("guest"), code.array());
    whole = folder.resolve("whole.bin");
    List<String> record = new ArrayList<>(List.of("record", "--until", "icount:" + LENGTH));
    record.addAll(List.of("--clock", "fixed", "-o", whole.toString()));
    record.addAll(machine());
    assertThat(MachineVerb.run(record).status()).isZero();
    byte[] log = Files.readAllBytes(whole);
    Arrays.fill(log, 0, 12, (byte) 0);
    killed = Files.write(folder.resolve("killed.bin"), Arrays.copyOf(log, log.length - 3));
  }

  private static List<String> machine() {
    return List.of("--", "-M", "virt", "-bios", guest.toString(), "-icount", "shift=0,sleep=off");
  }

  private static List<String> words(String verb, Path out) {
    List<String> words = new ArrayList<>(List.of(verb, "-o", out.toString()));
    switch (verb) {
      case "record" -> {
        words.addAll(List.of("--clock", "fixed"));
        words.addAll(machine());
      }
      case "convert" -> words.addAll(List.of("--to", "jsonl", whole.toString()));
      case "slice" -> words.addAll(List.of("--to", "icount:" + LENGTH * 9L / 10, whole.toString()));
      case "repair" -> words.add(killed.toString());
      default -> throw new IllegalArgumentException(verb);
    }
    return words;
  }

  private static Process start(List<String> words) throws IOException {
    List<String> command =
        new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java", "-XX:+UseSerialGC"));
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of("--sun-misc-unsafe-memory-access=allow", "-cp"));
    command.addAll(List.of(System.getProperty("java.class.path"), "rrlog.cli.Main"));
    command.addAll(words);
    return new ProcessBuilder(command)
        .redirectOutput(console().toFile())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** A recording starts slowly and has no end: what is of interest begins with its output. */
  private static void awaitOutput(Process process) throws Exception {
    while (process.isAlive() && Files.size(console()) == 0) {
      Thread.sleep(20);
    }
  }

  private static Path console() {
    return folder.resolve("console");
  }

  /** How long a run takes that nobody disturbs, ms; of a recording, as long as is looked at. */
  private static long usual(String verb, Path out) throws Exception {
    if (verb.equals("record")) {
      return RECORDING;
    }
    Files.deleteIfExists(out);
    long start = System.nanoTime();
    assertThat(start(words(verb, out)).waitFor()).isZero();
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }

  @ParameterizedTest
  @CsvSource({
    "record, INT", "record, TERM", "record, HUP", "record, KILL",
    "convert, INT", "convert, TERM", "convert, HUP", "convert, KILL",
    "slice, INT", "slice, TERM", "slice, HUP", "slice, KILL",
    "repair, INT", "repair, TERM", "repair, HUP", "repair, KILL"
  })
  void a_signal_leaves_all_or_nothing(String verb, String signal) throws Exception {
    Random random = new Random(SEED + verb.hashCode() + signal.hashCode());
    Path complete = folder.resolve(verb + ".complete");
    long usual = usual(verb, complete);
    Path place = Files.createDirectories(folder.resolve(verb + signal));
    Map<String, Integer> counts = new TreeMap<>();
    for (int run = 0; run < RUNS; run++) {
      long delay = random.nextLong(usual + usual / 4);
      String what = verb + " " + signal + " after " + delay + " ms (seed " + SEED + "): ";
      Path out = place.resolve("out");
      Process process = start(words(verb, out));
      if (verb.equals("record")) {
        awaitOutput(process);
      }
      Thread.sleep(delay);
      new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
      boolean ended = process.waitFor(60, TimeUnit.SECONDS);
      process.destroyForcibly().waitFor(); // it would print into the next run's console
      assertThat(ended).as(what + "ends (or the signal was ignored before the test)").isTrue();
      boolean there = Files.exists(out);
      assertThat(there || process.exitValue() != 0).as(what + "status 0 without a file").isTrue();
      if (there) {
        assertWhole(what, verb, out, complete);
        Files.delete(out);
      }
      if (signal.equals("KILL")) {
        // Any run that writes into the folder clears away what the killed one left.
        Path small = place.resolve("small");
        String sample = Run.sample("5.2.0/pc-net.bin").toString();
        assertThat(Run.of("convert", "--to", "qemu", "-o", small.toString(), sample).status())
            .isZero();
        Files.delete(small);
      }
      try (Stream<Path> left = Files.list(place)) {
        assertThat(left).as(what + "left over").isEmpty();
      }
      counts.merge(
          (there ? "kept" : "nothing") + ", status " + process.exitValue(), 1, Integer::sum);
    }
    System.out.println(verb + " SIG" + signal + " " + counts);
  }

  private static void assertWhole(String what, String verb, Path out, Path complete)
      throws IOException {
    if (verb.equals("record")) {
      assertThat(Run.of("validate", out.toString()).status()).as(what + "a valid log").isZero();
    } else {
      assertThat(Files.mismatch(out, complete)).as(what + "a whole file").isEqualTo(-1);
    }
  }
}
