package rrlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rrlog.core.testing.Qemu;

/** {@code diff --engine qemu}: two machines of a stock QEMU, to the instruction. */
@Tag("qemu")
final class DiffByQemuTest {
  private static final Path ECHO = MachineVerb.sample("g04_echo");
  private static final Path LOG = ECHO.resolve("s3-on.bin");

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void qemu() {
    Qemu.require(Qemu.RISCV);
  }

  private static Run diff(Path other, String... options) {
    return Run.of(
        Stream.of(
                List.of("diff", "--engine", "qemu"),
                List.of(options),
                List.of("--chdir", ECHO.toString(), LOG.toString(), other.toString(), "--"),
                List.of(Qemu.RISCV, "-M", "virt", "-bios", "none", "-kernel", "guest.elf"),
                List.of("-serial", "stdio", "-icount", "shift=3"))
            .flatMap(List::stream)
            .toArray(String[]::new));
  }

  /** The same recording in which an i was typed, not an h, and a character later is missing. */
  private Path otherInput() throws IOException {
    Path lines = folder.resolve("lines.jsonl");
    Run.of("convert", "--to", "jsonl", "-o", lines.toString(), LOG.toString());
    List<String> events = new ArrayList<>(Files.readAllLines(lines));
    int typed = next(events, 0, "async-char-read");
    events.set(typed, events.get(typed).replace("\"aA==\"", "\"aQ==\""));
    int written = typed;
    for (int i = 0; i < 4; i++) {
      written = next(events, written + 1, "char-write");
    }
    events.remove(written);
    Files.write(lines, events);
    Path other = folder.resolve("other.bin");
    Run.of("convert", "--to", "qemu", "-o", other.toString(), lines.toString());
    return other;
  }

  private static int next(List<String> events, int from, String name) {
    return IntStream.range(from, events.size())
        .filter(at -> events.get(at).contains("\"name\":\"" + name + "\""))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void it_goes_to_the_instruction_that_reads_what_was_typed() throws IOException {
    Run run = diff(otherInput(), "--ignore-values", "async-char-read");
    assertThat(run.out())
        .containsPattern("first instruction that differs\n  at icount 9468\n.*lbu +a5,0\\(a4\\)")
        .containsPattern("A .* x15/a5   0000000000000068\n  B .* x15/a5   0000000000000069");
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void where_the_logs_part_first_the_machines_are_the_same() throws IOException {
    Run run = diff(otherInput());
    assertThat(run.out())
        .contains("run A at icount 9346")
        .contains("up to there the registers are the same: what differs comes from outside");
    assertThat(run.status()).isEqualTo(1);
  }
}
