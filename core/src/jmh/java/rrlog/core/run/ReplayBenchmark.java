package rrlog.core.run;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import rrlog.core.log.LogReader;
import rrlog.core.machine.board.virt.MachineConfig;
import rrlog.core.machine.board.virt.options.QemuOptions;
import rrlog.core.qemu.Release;
import rrlog.core.replay.StopAt;

/**
 * Re-execution from the first instruction to the last. Read the lines {@code :instructions}: guest
 * instructions a second. {@code g12_cpu} is arithmetic and memory in M-mode, what the interpreter
 * is there for; {@code g07_sv39} is address translation, traps and system calls; {@code g02_exc} is
 * so short that the building of the machine is most of it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 5)
@Measurement(iterations = 3, time = 5)
@Fork(1)
public class ReplayBenchmark {
  /** The guest, and its recording with {@code shift=0,sleep=on}. */
  @Param({"g12_cpu", "g07_sv39", "g02_exc"})
  public String guest = "";

  /** Makes the results read as instructions a second. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Counted {
    /** Instructions executed. */
    public long instructions;
  }

  /** A whole log on a new machine. */
  @Benchmark
  public boolean replay(Counted counted) throws Exception {
    Path folder = Path.of("samples/riscv", guest).toAbsolutePath();
    MachineConfig config =
        QemuOptions.parse(
            List.of(
                "-M",
                "virt",
                "-bios",
                "none",
                "-kernel",
                "guest.elf",
                "-icount",
                "shift=0,sleep=on"),
            folder,
            Release.of("7.2.22"));
    try (LogReader log = LogReader.open(folder.resolve("s0-on.bin"))) {
      Outcome outcome = ReExecution.of(log, config, new ByteArrayOutputStream()).play(StopAt.END);
      if (outcome.divergence().isPresent()) {
        throw new IOException("diverged: " + outcome.divergence());
      }
      counted.instructions += outcome.result().icount();
      return outcome.result().complete();
    }
  }
}
