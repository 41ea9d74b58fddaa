package rrlog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rrlog.core.testing.Qemu;

/**
 * However {@code replay --engine qemu} is ended, and when, no QEMU is left, no socket and no
 * temporary file. {@code -Drrlog.signals=100} ends a hundred of each, {@code -Drrlog.seed=N} at
 * other moments.
 */
@Tag("qemu")
final class QemuIsLeftNowhereTest {
  private static final int RUNS = Integer.getInteger("rrlog.signals", 1);
  private static final long SEED = Long.getLong("rrlog.seed", 1);
  private static final Path TIMER = MachineVerb.sample("g03_timer");

  /** In which the JVM starts, QEMU stands still, and is run again, ms. */
  private static final int LONGEST = 8000;

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void qemu() {
    Qemu.require(Qemu.RISCV);
    assumeTrue(Files.isExecutable(Path.of("/bin/kill")), "no kill here");
  }

  /** A replay of a compressed log, which is unpacked first, that stands still. */
  private Process replay(String mark, Path log) throws IOException {
    List<String> command =
        new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java", "-XX:+UseSerialGC"));
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of("--sun-misc-unsafe-memory-access=allow"));
    command.add("-Djava.io.tmpdir=" + folder);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "rrlog.cli.Main"));
    command.addAll(List.of("replay", "--engine", "qemu", "--chdir", TIMER.toString()));
    command.addAll(List.of(log.toString(), "--", Qemu.RISCV, "-M", "virt", "-bios", "none"));
    command.addAll(List.of("-kernel", "guest.elf", "-icount", "shift=0", "-name", mark));
    return new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static boolean isThere(String mark) {
    return ProcessHandle.allProcesses()
        .anyMatch(process -> process.info().commandLine().orElse("").contains(mark));
  }

  private boolean isEmpty() throws IOException {
    try (Stream<Path> left = Files.list(folder)) {
      return left.noneMatch(file -> !file.toString().endsWith(".rra"));
    }
  }

  @Test
  void nothing_is_left_where_nobody_can_clear_up() throws Exception {
    leavesNothing("KILL");
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void nothing_is_left(String signal) throws Exception {
    leavesNothing(signal);
  }

  private void leavesNothing(String signal) throws Exception {
    Path log = folder.resolve("run.rra");
    Run.of(
        "convert", "--to", "archive", "-o", log.toString(), TIMER.resolve("s3-on.bin").toString());
    Random random = new Random(SEED + signal.hashCode());
    for (int run = 0; run < RUNS; run++) {
      String mark = "rrlog-" + ProcessHandle.current().pid() + "-" + signal + "-" + run;
      int delay = 500 + random.nextInt(LONGEST);
      String what = signal + " after " + delay + " ms (seed " + SEED + ")";
      Process process = replay(mark, log);
      Thread.sleep(delay);
      new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(what).isTrue();
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while ((isThere(mark) || !isEmpty()) && System.nanoTime() < deadline) {
        Thread.sleep(50);
      }
      assertThat(isThere(mark)).as(what + ": a QEMU is left").isFalse();
      assertThat(isEmpty()).as(what + ": a file is left").isTrue();
    }
  }
}
