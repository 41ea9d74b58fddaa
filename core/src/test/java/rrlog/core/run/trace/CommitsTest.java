package rrlog.core.run.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rrlog.core.log.LogReader;
import rrlog.core.machine.board.virt.MachineConfig;
import rrlog.core.machine.board.virt.VirtMachine;
import rrlog.core.machine.board.virt.options.QemuOptions;
import rrlog.core.machine.riscv.hart.Hart;
import rrlog.core.machine.riscv.hart.Marks;
import rrlog.core.qemu.Release;
import rrlog.core.replay.StopAt;
import rrlog.core.run.ReExecution;
import rrlog.core.testing.Samples;

/** What is told of instructions is all that they did to registers and memory. */
final class CommitsTest {
  private static final int REGISTERS = 32;
  private static final long INSTRUCTIONS = 150_000;

  private static ReExecution run(String guest) throws Exception {
    Path folder = Samples.guest(guest);
    LogReader log = LogReader.open(folder.resolve("s0-on.bin"));
    MachineConfig config =
        QemuOptions.parse(
            List.of(
                "-M virt -bios none -kernel guest.elf -icount shift=0,sleep=on -serial stdio"
                    .split(" ")),
            folder,
            Release.of("7.2.22"));
    return ReExecution.of(log, config, OutputStream.nullOutputStream());
  }

  private static void tell(ReExecution run, java.util.function.Consumer<Commit> consumer)
      throws Exception {
    Commits commits = new Commits(run.machine(), consumer);
    run.machine().hart().watch(Marks.NONE, commits.traps());
    run.trace(0, Long.MAX_VALUE, commits::before, commits::after);
    run.play(StopAt.icount(INSTRUCTIONS));
  }

  /** Integer, compressed, exceptions, Sv39, floating point, atomics. */
  @ParameterizedTest
  @ValueSource(strings = {"g01_hello", "g02_exc", "g03_timer", "g07_sv39", "g08_fp", "g12_cpu"})
  void registers_are_what_the_writes_make_of_them(String guest) throws Exception {
    ReExecution run = run(guest);
    Hart hart = run.machine().hart();
    long[] x = new long[REGISTERS];
    long[] f = new long[REGISTERS];
    AtomicLong seen = new AtomicLong();
    tell(
        run,
        commit -> {
          switch (commit.register()) {
            case NONE -> {}
            case INTEGER -> x[commit.number()] = commit.value();
            case FLOAT -> f[commit.number()] = commit.value();
          }
          for (int i = 0; i < REGISTERS; i++) {
            if (x[i] != hart.x(i) || f[i] != hart.f(i)) {
              throw new AssertionError("register %d at %x".formatted(i, commit.pc()));
            }
          }
          seen.incrementAndGet();
        });
    assertThat(seen.get()).isPositive().isLessThanOrEqualTo(run.machine().icount());
  }

  @ParameterizedTest
  @ValueSource(strings = {"g03_timer", "g08_fp", "g12_cpu"})
  void memory_is_what_the_stores_make_of_it(String guest) throws Exception {
    ReExecution run = run(guest);
    VirtMachine machine = run.machine();
    Map<Long, Byte> bytes = new HashMap<>();
    tell(
        run,
        commit -> {
          for (int i = 0; i < commit.stored(); i++) {
            bytes.put(commit.address() + i, (byte) (commit.storedValue() >>> 8 * i));
          }
        });
    List<Long> wrong = new ArrayList<>();
    bytes.forEach(
        (address, value) -> {
          if (machine.peekMemory(address, 1).map(there -> there[0] != value).orElse(false)) {
            wrong.add(address);
          }
        });
    assertThat(bytes).hasSizeGreaterThan(50);
    assertThat(wrong).isEmpty();
  }

  @Test
  void an_instruction_that_traps_is_left_out() throws Exception {
    ReExecution run = run("g02_exc");
    List<Integer> words = new ArrayList<>();
    tell(run, commit -> words.add(commit.word()));
    int ecall = 0x73;
    assertThat(words).isNotEmpty().doesNotContain(ecall);
  }
}
