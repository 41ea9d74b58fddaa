package rrlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rrlog.core.testing.Qemu;

/** {@code replay --engine qemu}: what a stock QEMU makes of a log, and that none is left behind. */
@Tag("qemu")
final class ReplayByQemuTest {
  private static final Path TIMER = MachineVerb.sample("g03_timer");

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void qemu() {
    Qemu.require(Qemu.RISCV);
  }

  private static Run replay(String shift, String... options) {
    return Run.of(
        words(
            List.of(options),
            List.of(
                "--chdir",
                TIMER.toString(),
                TIMER.resolve("s3-on.bin").toString(),
                "--",
                Qemu.RISCV,
                "-M",
                "virt",
                "-bios",
                "none",
                "-kernel",
                "guest.elf",
                "-serial",
                "stdio",
                "-icount",
                shift)));
  }

  private static String[] words(List<String> options, List<String> rest) {
    return Stream.of(List.of("replay", "--engine", "qemu"), options, rest)
        .flatMap(List::stream)
        .toArray(String[]::new);
  }

  @Test
  void an_intact_log_is_replayed_to_its_end_with_its_console() throws IOException {
    Path console = folder.resolve("console");
    Run run = replay("shift=3,sleep=on", "--console", console.toString());
    assertThat(run.out()).contains("replayed      to the end");
    assertThat(run.status()).isZero();
    assertThat(console).hasSameBinaryContentAs(TIMER.resolve("s3-on.console"));
  }

  @Test
  void a_standstill_is_found_with_the_event_that_was_due() {
    Run run = replay("shift=0,sleep=on");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out())
        .contains("executes no instruction any more")
        .contains("event 26, icount 12583")
        .contains("=>     26      0xe6       12583  checkpoint/clock-virtual")
        .contains("likely cause  with shift=3 QEMU gets past this place")
        .contains("the log has checkpoint/clock-virtual here")
        .contains("mstatus");
  }

  @Test
  void it_stops_where_it_is_asked_to() throws IOException {
    Path registers = folder.resolve("registers");
    Run run =
        replay(
            "shift=3,sleep=on",
            "--until",
            "icount:100000",
            "--json",
            "--state",
            registers.toString());
    assertThat(run.out()).contains("\"ended\" : \"until\"").contains("\"icount\" : 100000");
    assertThat(Files.readString(registers)).contains("pc       00000000800002cc");
    assertThat(run.status()).isZero();
  }

  @Test
  void options_that_qemu_refuses_are_told_in_its_words() {
    Run run = replay("shift=nonsense");
    assertThat(run.out()).contains("did not begin to replay").contains("QEMU said");
    assertThat(run.status()).isEqualTo(2);
  }

  @Test
  void an_archive_is_unpacked_for_it_and_knows_the_program() {
    String archive = folder.resolve("run.rra").toString();
    String line =
        Qemu.RISCV + " -M virt -bios none -kernel guest.elf -icount shift=3 -serial stdio";
    String log = TIMER.resolve("s3-on.bin").toString();
    Run.of("convert", "--to", "archive", "-o", archive, "--attach-command", line, log);
    Run run = Run.of("replay", "--engine", "qemu", "--chdir", TIMER.toString(), archive);
    assertThat(run.out()).contains("replayed      to the end");
    assertThat(run.status()).isZero();
  }

  @Test
  void an_option_that_only_the_reference_machine_has_is_refused() {
    String log = TIMER.resolve("s3-on.bin").toString();
    for (String option : List.of("--trace", "--trace=..9", "--coverage=c", "--translate=off")) {
      Run run = Run.of("replay", "--engine", "qemu=q", option, log, "--", "-icount", "shift=3");
      assertThat(run.status()).isEqualTo(2);
      assertThat(run.error()).contains("--engine qemu knows no " + option.replaceAll("=.*", ""));
    }
  }

  @Test
  void a_program_that_is_missing_or_not_named_is_an_error_in_a_line() {
    String log = TIMER.resolve("s3-on.bin").toString();
    Run missing =
        Run.of("replay", "--engine", "qemu=no-such-qemu", log, "--", "-icount", "shift=3");
    assertThat(missing.status()).isEqualTo(2);
    assertThat(missing.out()).contains("no-such-qemu");
    Run unnamed = Run.of("replay", "--engine", "qemu", log, "--", "-icount", "shift=3");
    assertThat(unnamed.status()).isEqualTo(2);
    assertThat(unnamed.error()).contains("which QEMU?");
  }

  private static Run validate(String shift, String... options) {
    List<String> machine = List.of("-M", "virt", "-bios", "none", "-kernel", "guest.elf");
    return Run.of(
        Stream.of(
                List.of("validate", "--engine", "qemu"),
                List.of(options),
                List.of("--chdir", TIMER.toString(), TIMER.resolve("s3-on.bin").toString()),
                List.of("--", Qemu.RISCV),
                machine,
                List.of("-icount", shift))
            .flatMap(List::stream)
            .toArray(String[]::new));
  }

  @Test
  void validate_says_in_a_word_that_qemu_replays_it() {
    Run run = validate("shift=3,sleep=on");
    assertThat(run.out()).contains("s3-on.bin: replayed as e0200c").contains("by QEMU 7.2");
    assertThat(run.status()).isZero();
  }

  @Test
  void validate_says_where_and_why_qemu_does_not_replay_it() {
    Run run = validate("shift=auto");
    assertThat(run.out())
        .contains("s3-on.bin: not replayed as e0200c")
        .contains("recorded with a fixed shift, and the command line says shift=auto");
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void validate_cannot_tell_where_qemu_does_not_begin() {
    Run run = validate("shift=nonsense");
    assertThat(run.error()).contains("s3-on.bin: QEMU did not begin to replay: ");
    assertThat(run.status()).isEqualTo(2);
  }

  @Test
  void the_program_is_found_by_the_kernel_and_memory_is_hashed_where_it_stops() throws IOException {
    Path state = folder.resolve("state");
    String log = TIMER.resolve("s3-on.bin").toString();
    List<String> machine = List.of("-M", "virt", "-bios", "none", "-kernel", "guest.elf");
    Run run =
        Run.of(
            Stream.of(
                    List.of("replay", "--engine", "qemu", "--until", "icount:100000"),
                    List.of("--state", state.toString(), "--hash-memory", "0x80000000,0x10000"),
                    List.of("--chdir", TIMER.toString(), log, "--"),
                    machine,
                    List.of("-icount", "shift=3"))
                .flatMap(List::stream)
                .toArray(String[]::new));
    assertThat(run.status()).as(run.error()).isZero();
    assertThat(Files.readString(state))
        .containsPattern("memory 0x80000000,0x10000 sha256 [0-9a-f]{64}");
  }

  @Test
  void a_qemu_that_does_not_read_the_log_is_told_which_does() {
    Run run =
        Run.of(
            "replay",
            "--engine",
            "qemu",
            Run.sample("11.1/arm-virt.bin").toString(),
            "--",
            Qemu.RISCV,
            "-M",
            "virt",
            "-icount",
            "shift=5");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out())
        .contains("likely cause  this is QEMU 7.2.22, and the log is one of QEMU 11.1");
  }
}
