package rrlog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rrlog.cli.io.Terminal;
import tools.jackson.databind.JsonNode;

/** {@code rrlog record}, and that others take what it writes. */
final class RecordVerbTest {
  @TempDir private Path folder = Path.of("");

  private static List<String> machine(Path guest, String icount) {
    return List.of(
        "-M",
        "virt",
        "-bios",
        "none",
        "-kernel",
        guest.toString(),
        "-icount",
        icount,
        "-serial",
        "stdio");
  }

  private static Path guest(String name) {
    return MachineVerb.sample(name).resolve("guest.elf");
  }

  private MachineVerb record(String file, List<String> machine, String... options) {
    List<String> words = new ArrayList<>(List.of("record", "-o", path(file)));
    words.addAll(List.of(options));
    words.add("--");
    words.addAll(machine);
    return MachineVerb.run(words);
  }

  private String path(String file) {
    return folder.resolve(file).toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"shift=0,sleep=off", "shift=3,sleep=on", "shift=auto"})
  void what_it_records_re_executes_to_the_same_console(String icount) {
    List<String> machine = machine(guest("g03_timer"), icount);
    MachineVerb recorded = record("run.bin", machine, "--clock", "fixed");
    assertThat(recorded.status()).as(recorded.error()).isZero();
    MachineVerb replayed = MachineVerb.replay(folder.resolve("run.bin"), machine, "--console", "-");
    assertThat(replayed.status()).as(replayed.error()).isZero();
    assertThat(replayed.out()).isEqualTo(recorded.out()).contains("idle done");
  }

  @Test
  void the_same_clock_and_seed_give_the_same_bytes() throws IOException {
    List<String> machine = machine(guest("g04_echo"), "shift=3,sleep=on");
    Files.writeString(folder.resolve("keys"), "icount:500 hello\\r\nicount:900 q\n");
    String[] fixed = {"--clock", "fixed", "--seed", "1", "--input", path("keys")};
    MachineVerb first = record("a.bin", machine, fixed);
    assertThat(first.status()).as(first.error()).isZero();
    record("b.bin", machine, fixed);
    assertThat(folder.resolve("a.bin")).hasSameBinaryContentAs(folder.resolve("b.bin"));
    assertThat(first.out()).contains("bye");
  }

  @Test
  void another_seed_gives_another_log() throws IOException {
    List<String> machine = machine(guest("g01_hello"), "shift=0,sleep=off");
    record("a.bin", machine, "--clock", "fixed:1000000", "--seed", "1");
    record("b.bin", machine, "--clock", "fixed:1000000", "--seed", "2");
    assertThat(Files.readAllBytes(folder.resolve("a.bin")))
        .isNotEqualTo(Files.readAllBytes(folder.resolve("b.bin")));
  }

  @Test
  void plain_text_is_typed_at_once() throws IOException {
    List<String> machine = machine(guest("g04_echo"), "shift=3,sleep=on");
    Files.writeString(folder.resolve("keys"), "Hi\rq", StandardCharsets.US_ASCII);
    MachineVerb run = record("run.bin", machine, "--input", path("keys"));
    assertThat(run.status()).as(run.error()).isZero();
    assertThat(MachineVerb.replay(folder.resolve("run.bin"), machine).status()).isZero();
  }

  @Test
  void it_ends_where_it_is_told_to() {
    List<String> machine = machine(guest("g03_timer"), "shift=3,sleep=off");
    record("run.bin", machine, "--until", "icount:1000");
    JsonNode json = MachineVerb.replay(folder.resolve("run.bin"), machine, "--json").json();
    assertThat(json.get("ended").asString()).isEqualTo("shutdown");
    assertThat(json.get("icount").asLong()).isEqualTo(1000);
  }

  @Test
  void input_needs_sleep() {
    List<String> machine = machine(guest("g04_echo"), "shift=3,sleep=off");
    MachineVerb run = record("run.bin", machine, "--input", path("none"));
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.error()).contains("sleep=on");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void a_reader_of_the_console_that_has_gone_takes_no_recording_along() {
    List<String> words = new ArrayList<>(List.of("record", "-o", path("run.bin"), "--"));
    words.addAll(machine(guest("g01_hello"), "shift=0,sleep=off"));
    Terminal deaf =
        new Terminal(
            InputStream.nullInputStream(),
            new ClosedPipe(),
            new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
            () -> false);
    assertThat(Main.run(deaf, words.toArray(String[]::new))).isZero();
    assertThat(MachineVerb.run(List.of("validate", path("run.bin"))).status()).isZero();
  }

  @Test
  void a_console_that_cannot_be_written_is_told_and_takes_no_recording_along() {
    List<String> words = new ArrayList<>(List.of("record", "-o", path("run.bin"), "--"));
    words.addAll(machine(guest("g01_hello"), "shift=0,sleep=off"));
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    Terminal terminal =
        new Terminal(
            InputStream.nullInputStream(),
            full,
            new PrintStream(err, true, StandardCharsets.UTF_8),
            () -> false);
    assertThat(Main.run(terminal, words.toArray(String[]::new))).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("standard output: No space left");
    assertThat(MachineVerb.run(List.of("validate", path("run.bin"))).status()).isZero();
  }

  @Test
  void a_log_to_standard_output_is_there_alone() throws IOException {
    List<String> machine = machine(guest("g01_hello"), "shift=0,sleep=off");
    String[] fixed = {"--clock", "fixed", "--seed", "1"};
    MachineVerb file = record("run.bin", machine, fixed);
    List<String> words = new ArrayList<>(List.of("record", "-o", "-"));
    words.addAll(List.of(fixed));
    words.add("--");
    words.addAll(machine);
    MachineVerb run = MachineVerb.run(words);
    assertThat(run.out().getBytes(StandardCharsets.ISO_8859_1))
        .isEqualTo(Files.readAllBytes(folder.resolve("run.bin")));
    assertThat(run.error()).isEqualTo(file.out());
  }

  /** lui t0,0x100; lui t1,0x53; addi t1,t1,0x333; sw t1,0(t0); j . (failure 5 to the finisher). */
  private List<String> failing() throws IOException {
    int[] words = {0x001002b7, 0x00053337, 0x33330313, 0x0062a023, 0x0000006f};
    ByteBuffer code = ByteBuffer.allocate(4 * words.length).order(ByteOrder.LITTLE_ENDIAN);
    code.asIntBuffer().put(words);
    Files.write(folder.resolve("fail.bin"), code.array());
    return List.of("-M", "virt", "-bios", path("fail.bin"), "-icount", "shift=0,sleep=off");
  }

  @Test
  void what_the_guest_reports_is_told() throws IOException {
    MachineVerb run = record("run.bin", failing());
    assertThat(run.status()).isZero();
    assertThat(run.error()).contains("switched the machine off and reported failure 5");
    assertThat(record("a.bin", failing(), "--guest-status").status()).isEqualTo(5);
    assertThat(record("b.bin", failing(), "--json").json().get("guestStatus").asInt()).isEqualTo(5);
    MachineVerb replayed = MachineVerb.replay(folder.resolve("run.bin"), failing());
    assertThat(replayed.status()).as(replayed.error()).isZero();
  }

  @Test
  void a_log_that_exists_is_kept() throws IOException {
    Files.writeString(folder.resolve("run.bin"), "mine");
    MachineVerb run = record("run.bin", machine(guest("g01_hello"), "shift=0,sleep=off"));
    assertThat(run.status()).isEqualTo(2);
    assertThat(folder.resolve("run.bin")).hasContent("mine");
  }

  /** With sleep=off QEMU needs nothing that only its own threads would have written. */
  @ParameterizedTest
  @ValueSource(strings = {"g01_hello", "g02_exc", "g03_timer", "g05_clock", "g07_sv39", "g08_fp"})
  void stock_qemu_replays_what_it_records(String name) throws Exception {
    Path guest = MachineVerb.sample(name).resolve("guest.elf");
    assumeTrue(Files.exists(guest), "no guest " + name + " here");
    assumeTrue(qemuIsThere(), "no qemu-system-riscv64 7.2 here");
    MachineVerb recorded = record("run.bin", machine(guest, "shift=3,sleep=off"));
    assertThat(recorded.status()).as(recorded.error()).isZero();
    List<String> command = new ArrayList<>(List.of("qemu-system-riscv64"));
    command.addAll(machine(guest, "shift=3,sleep=off,rr=replay,rrfile=" + path("run.bin")));
    command.addAll(List.of("-display", "none", "-monitor", "none", "-net", "none"));
    Path console = folder.resolve("console");
    Process qemu = qemu(command, console);
    assertThat(qemu.waitFor(120, TimeUnit.SECONDS)).as("QEMU ends by itself").isTrue();
    assertThat(qemu.exitValue()).isZero();
    assertThat(Files.readString(console, StandardCharsets.ISO_8859_1)).isEqualTo(recorded.out());
  }

  private Process qemu(List<String> command, Path output) throws IOException {
    return new ProcessBuilder(command)
        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
        .redirectError(folder.resolve("qemu.err").toFile())
        .redirectOutput(output.toFile())
        .start();
  }

  private boolean qemuIsThere() throws Exception {
    Path version = folder.resolve("version");
    try {
      qemu(List.of("qemu-system-riscv64", "--version"), version).waitFor();
    } catch (IOException none) {
      return false;
    }
    return Files.readString(version).contains("version 7.2");
  }
}
