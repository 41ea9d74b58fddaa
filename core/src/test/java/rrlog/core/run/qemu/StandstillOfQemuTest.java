package rrlog.core.run.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rrlog.core.run.Logs;
import rrlog.core.testing.Qemu;
import rrlog.core.testing.Samples;

/** A QEMU that stands still is told from one that is slow, in time. */
@Tag("qemu")
final class StandstillOfQemuTest {
  private static final Path TIMER = Samples.guest("g03_timer");

  /**
   * A long loop without an event, and the machine's end:
   *
   * <pre>
   *    lui t0, 0x18000
   * 1: addi t0, t0, -1; bnez t0, 1b
   *    lui t1, 0x100; lui t2, 0x5; addi t2, t2, 0x555; sw t2, (t1); j .
   * </pre>
   */
  private static final int[] LOOP = {
    0x180002b7, 0xfff28293, 0xfe029ee3, 0x00100337, 0x000053b7, 0x55538393, 0x00732023, 0x0000006f
  };

  private static final long TEN_SECONDS = TimeUnit.SECONDS.toNanos(10);

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void qemu() {
    Qemu.require(Qemu.RISCV);
  }

  /** A replay, and what was seen of it from outside. */
  private record Watched(QemuOutcome outcome, long standing) {}

  private Watched watched(List<String> options, Path log, Runnable meanwhile) throws Exception {
    List<String> words = new ArrayList<>(options);
    Path other = folder.resolve("other");
    Files.deleteIfExists(other);
    words.addAll(List.of("-qmp", "unix:" + other + ",server=on,wait=off"));
    ReplayCommand command = new ReplayCommand(List.of(Qemu.RISCV), words, folder);
    AtomicLong moved = new AtomicLong(System.nanoTime());
    Thread watcher = Thread.ofVirtual().start(() -> watch(other, moved));
    try (KeptFolder kept = KeptFolder.make();
        Logs.Opened ahead = Logs.of(log).open();
        QemuRun qemu =
            QemuRun.start(
                command,
                kept,
                log,
                ahead.reader().cursor(),
                OutputStream.nullOutputStream(),
                () -> false)) {
      Thread disturbed = Thread.ofVirtual().start(meanwhile);
      QemuOutcome outcome = qemu.to(OptionalLong.empty(), count -> {});
      long standing = System.nanoTime() - moved.get();
      disturbed.join();
      return new Watched(outcome, standing);
    } finally {
      watcher.interrupt();
      watcher.join();
    }
  }

  /** Asks for the count over a connection of its own. */
  private static void watch(Path socket, AtomicLong moved) {
    try {
      while (!Files.exists(socket)) {
        Thread.sleep(10);
      }
      try (Qmp qmp = Qmp.connect(socket)) {
        qmp.execute("qmp_capabilities", Map.of(), 1000);
        for (Object before = ""; ; Thread.sleep(50)) {
          Object now = qmp.execute("query-replay", Map.of(), 1000).orElse(before);
          if (!now.equals(before)) {
            moved.set(System.nanoTime());
          }
          before = now;
        }
      }
    } catch (IOException | InterruptedException ended) {
      // The replay has ended.
    }
  }

  @Test
  void a_replay_that_stands_still_is_recognised_within_ten_seconds() throws Exception {
    List<String> options = new ArrayList<>(List.of("-M", "virt", "-bios", "none", "-kernel"));
    options.add(TIMER.resolve("guest.elf").toString());
    options.addAll(List.of("-icount", "shift=0"));
    long shortest = Long.MAX_VALUE;
    // Where others load the machine, one may take longer.
    for (int attempt = 0; attempt < 3 && shortest > TEN_SECONDS; attempt++) {
      Watched watched = watched(options, TIMER.resolve("s3-on.bin"), () -> {});
      assertThat(watched.outcome().ended()).isEqualTo(QemuOutcome.Ended.STANDSTILL);
      shortest = Math.min(shortest, watched.standing());
    }
    assertThat(shortest).isLessThan(TEN_SECONDS);
  }

  @Tag("slow")
  @Test
  void one_that_loops_and_is_stopped_from_outside_for_a_while_is_not() throws Exception {
    ByteBuffer code = ByteBuffer.allocate(4 * LOOP.length).order(ByteOrder.LITTLE_ENDIAN);
    code.asIntBuffer().put(LOOP);
    Path loop = folder.resolve("loop.bin");
    Files.write(loop, code.array());
    Path log = folder.resolve("loop.log");
    List<String> options = List.of("-M", "virt", "-bios", loop.toString(), "-net", "none");
    List<String> recording = new ArrayList<>(options);
    recording.addAll(List.of("-icount", "shift=3,rr=record,rrfile=" + log));
    assertThat(Qemu.run(folder, recording)).isZero();
    List<String> replaying = new ArrayList<>(options);
    replaying.addAll(List.of("-icount", "shift=3"));
    Watched watched = watched(replaying, log, () -> stopped(loop.toString()));
    assertThat(watched.outcome().ended()).isEqualTo(QemuOutcome.Ended.SHUTDOWN);
  }

  /** Stops the QEMU whose command line has a mark twice for seven seconds. */
  private static void stopped(String mark) {
    try {
      for (int time = 0; time < 2; time++) {
        TimeUnit.SECONDS.sleep(1);
        signal("STOP", mark);
        TimeUnit.SECONDS.sleep(7);
        signal("CONT", mark);
      }
    } catch (IOException | InterruptedException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static void signal(String name, String mark) throws IOException, InterruptedException {
    List<ProcessHandle> processes =
        ProcessHandle.current()
            .descendants()
            .filter(process -> process.info().command().orElse("").contains("qemu-system"))
            .filter(process -> process.info().commandLine().orElse("").contains(mark))
            .toList();
    for (ProcessHandle process : processes) {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    }
  }
}
