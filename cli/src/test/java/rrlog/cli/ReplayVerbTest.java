package rrlog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import rrlog.core.testing.Samples;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code rrlog replay} as users and scripts see it. */
final class ReplayVerbTest {
  /** Reading mideleg in QEMU's monitor sets these bits (semantics page, section 5). */
  private static final long MIDELEG_SET_BY_LOOKING = 0x1444;

  @TempDir private Path folder = Path.of("");

  static List<Path> recordings() throws IOException {
    List<Path> folders = new ArrayList<>();
    for (String guest : List.of("g01_hello", "g02_exc", "g03_timer", "g04_echo")) {
      folders.add(MachineVerb.sample(guest));
    }
    List<Path> logs = new ArrayList<>();
    for (Path guest : folders) {
      try (Stream<Path> files = Files.list(guest)) {
        files.filter(file -> file.toString().endsWith(".bin")).sorted().forEach(logs::add);
      }
    }
    return logs;
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void re_executes_recordings_of_qemu_to_their_end(Path log) throws IOException {
    Path console = folder.resolve("console");
    MachineVerb run =
        MachineVerb.replay(
            log, MachineVerb.options(log), "--json", "--console", console.toString());
    assertThat(run.error()).hasLineCount(1).contains("console: wrote");
    assertThat(run.status()).isZero();
    JsonNode json = run.json();
    assertThat(json.get("ended").asString()).isEqualTo("shutdown");
    assertThat(json.get("icount").asLong())
        .isEqualTo(MachineVerb.truth(log).get("total_icount").asLong());
    assertThat(json.get("divergence").isNull()).isTrue();
    assertThat(Files.readAllBytes(console))
        .isEqualTo(Files.readAllBytes(MachineVerb.sibling(log, ".console")));
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void writes_the_state_that_qemu_has_at_each_point(Path log) throws IOException {
    Path file = folder.resolve("state.json");
    for (JsonNode point : MachineVerb.truth(log).get("points")) {
      MachineVerb run =
          MachineVerb.replay(
              log,
              MachineVerb.options(log),
              "--until",
              "icount:" + point.get("icount").asLong(),
              "--force",
              "--state",
              file.toString());
      assertThat(run.status()).as(run.error()).isZero();
      JsonNode state = JsonMapper.shared().readTree(Files.readString(file));
      assertThat(state.get("ended").asString()).isEqualTo("until");
      for (String field : List.of("icount", "pc", "x", "f", "ram", "console")) {
        assertThat(state.get(field)).as(field).isEqualTo(point.get(field));
      }
      assertThat(csr(state)).isEqualTo(csr(point));
    }
  }

  private static JsonNode csr(JsonNode state) {
    ObjectNode csr = (ObjectNode) state.get("csr");
    long mideleg = Long.parseUnsignedLong(csr.get("mideleg").asString(), 16);
    return csr.put("mideleg", "%016x".formatted(mideleg & ~MIDELEG_SET_BY_LOOKING));
  }

  private static List<String> machine(String guest, String icount) {
    return List.of(
        "-M", "virt", "-bios", "none", "-kernel", guest, "-icount", icount, "-serial", "stdio");
  }

  private static Path timer() {
    return MachineVerb.sample("g03_timer/s0-on.bin");
  }

  @Test
  void takes_the_log_from_the_options_where_none_is_named() {
    Path log = timer();
    List<String> words =
        new ArrayList<>(List.of("replay", "--chdir", String.valueOf(log.getParent()), "--"));
    words.addAll(machine("guest.elf", "shift=0,sleep=on,rr=record,rrfile=" + log.getFileName()));
    MachineVerb run = MachineVerb.run(words);
    assertThat(run.status()).as(run.error()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "-kernel g\0.elf", "-bios \0", "-M virt,dtb=\0", "-drive file=\0,id=d"})
  void a_name_that_is_none_is_one_line(String options) {
    List<String> words = new ArrayList<>(List.of("replay", timer().toString(), "--"));
    words.addAll(List.of(options.split(" ")));
    MachineVerb run = MachineVerb.run(words);
    assertThat(run.status()).as(run.error()).isEqualTo(2);
    assertThat(run.error()).hasLineCount(1);
  }

  @Test
  void names_a_wrong_shift_as_the_likely_cause() throws IOException {
    Path log = MachineVerb.sample("g03_timer/s0-off.bin");
    assumeTrue(Files.exists(log));
    MachineVerb run = MachineVerb.replay(log, machine("guest.elf", "shift=0,sleep=on"), "--json");
    assertThat(run.status()).isEqualTo(1);
    JsonNode json = run.json();
    assertThat(json.get("ended").asString()).isEqualTo("divergence");
    assertThat(json.get("divergence").get("likelyCause").asString())
        .contains("with shift=0,sleep=off instead of shift=0,sleep=on");
  }

  @Test
  void shows_registers_code_events_and_instructions_of_a_divergence() {
    Path hello = MachineVerb.sample("g01_hello/s0-on.bin");
    Path otherGuest = MachineVerb.sample("g03_timer/guest.elf");
    MachineVerb run = MachineVerb.replay(hello, machine(otherGuest.toString(), "shift=0,sleep=on"));
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out())
        .contains("diverged", "expected", "found", "\nregisters\n", "\ncode\n", "  => 0x")
        .contains("\nevents\n", "=>  ", "\nlast instructions\n", "_start");
  }

  @Test
  void a_flipped_bit_in_the_log_is_a_divergence() throws IOException {
    byte[] bytes = Files.readAllBytes(timer());
    for (int at : new int[] {bytes.length / 3, bytes.length / 2, bytes.length - 60}) {
      byte[] changed = bytes.clone();
      changed[at] ^= 1;
      Path log = folder.resolve("changed" + at + ".bin");
      Files.write(log, changed);
      MachineVerb run =
          MachineVerb.replay(
              log, machine(timer().resolveSibling("guest.elf").toString(), "shift=0,sleep=on"));
      assertThat(run.status()).as("bit 0 of byte %d flipped: %s", at, run.out()).isEqualTo(1);
    }
  }

  @Test
  void bytes_that_are_no_event_are_not_passed_over() throws IOException {
    byte[] bytes = Files.readAllBytes(timer());
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 3);
    Path log = folder.resolve("longer.bin");
    Files.write(log, longer);
    MachineVerb run =
        MachineVerb.replay(
            log, machine(timer().resolveSibling("guest.elf").toString(), "shift=0,sleep=on"));
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).contains("cannot be decoded");
  }

  @Test
  void everything_after_the_separator_belongs_to_the_machine() {
    List<String> machine = new ArrayList<>(List.of("/opt/bin/qemu-system-riscv64"));
    machine.addAll(machine("guest.elf", "shift=0,sleep=on,rr=record,rrfile=x.bin"));
    machine.addAll(List.of("--name", "@file", "-display", "none", "-S"));
    assertThat(MachineVerb.replay(timer(), machine).status()).isZero();
  }

  @Test
  void traces_the_instructions_of_a_range() {
    MachineVerb run =
        MachineVerb.replay(
            timer(), machine("guest.elf", "shift=0,sleep=on"), "--trace=icount:6..9");
    List<String> lines = run.out().lines().limit(4).toList();
    assertThat(lines.get(0)).matches(" +6  0x80000000  _start +[0-9a-f]+  .*");
    assertThat(lines.get(1)).matches(" +7  0x8000000[24]  _start\\+0x[24] .*");
    assertThat(lines.get(2)).matches(" +8  .*");
    assertThat(lines.get(3)).doesNotStartWith("  ");
  }

  @Test
  void a_trace_without_range_leaves_the_name_of_the_log_alone() {
    List<String> words = new ArrayList<>(List.of("replay", "--until", "icount:3", "--trace"));
    words.addAll(List.of("--chdir", String.valueOf(timer().getParent()), timer().toString(), "--"));
    words.addAll(machine("guest.elf", "shift=0,sleep=on"));
    MachineVerb run = MachineVerb.run(words);
    assertThat(run.status()).as(run.error()).isZero();
    assertThat(run.out().lines().filter(line -> line.contains("  0x0000"))).hasSize(3);
  }

  @Test
  void the_state_on_standard_output_is_all_that_is_there() {
    MachineVerb run =
        MachineVerb.replay(
            timer(),
            machine("guest.elf", "shift=0,sleep=on"),
            "--until",
            "icount:9",
            "--state",
            "-");
    assertThat(run.json().get("icount").asLong()).isEqualTo(9);
    assertThat(run.json().get("privilege").asString()).isEqualTo("M");
    assertThat(run.error()).contains("no divergence");
  }

  @Test
  void what_cannot_be_done_is_told_in_one_line() throws IOException {
    Path notElf = folder.resolve("text.elf");
    Files.writeString(notElf, "\u007fELF but no more", StandardCharsets.ISO_8859_1);
    assertRefused(machine("nowhere.elf", "shift=0"), "nowhere.elf: no such file");
    assertRefused(machine(notElf.toString(), "shift=0"), "text.elf: ");
    assertRefused(machine("guest.elf", "shift=11"), "shift");
    assertRefused(List.of("-M", "virt", "-kernel", "guest.elf"), "-icount");
    assertRefused(List.of("-M", "sifive_u", "-icount", "shift=0"), "sifive_u");
    List<String> small = new ArrayList<>(machine("guest.elf", "shift=0"));
    small.addAll(List.of("-drive", "file=no.img,if=none,id=d,format=raw,snapshot=on"));
    small.addAll(List.of("-drive", "driver=blkreplay,if=none,image=d,id=r"));
    small.addAll(List.of("-device", "virtio-blk-device,drive=r"));
    assertRefused(small, "no.img");
  }

  private static void assertRefused(List<String> machine, String word) {
    MachineVerb run = MachineVerb.replay(timer(), machine);
    assertThat(run.status()).as(run.out()).isEqualTo(2);
    assertThat(run.error()).startsWith("rrlog: ").contains(word);
    assertThat(run.error().lines()).hasSize(1);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void a_log_of_another_dialect_is_refused() {
    Path log = Samples.root().resolve("samples/logs/5.2.0/pc-net.bin");
    MachineVerb run = MachineVerb.replay(log, List.of("-M", "virt", "-icount", "shift=0"));
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.error()).contains("e0200a", "QEMU 7.2").hasLineCount(1);
  }

  @Test
  void a_slice_that_begins_later_is_refused_with_that_reason() {
    String part = folder.resolve("part.bin").toString();
    MachineVerb cut =
        MachineVerb.run(List.of("slice", "--from", "event:40", "-o", part, timer().toString()));
    assertThat(cut.status()).as(cut.error()).isZero();
    MachineVerb run =
        MachineVerb.replay(
            Path.of(part), machine(timer().resolveSibling("guest.elf").toString(), "shift=0"));
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.error()).contains("event 40", "carries no state").hasLineCount(1);
  }

  @Test
  void a_prefix_re_executes_to_its_end() {
    String part = folder.resolve("part.bin").toString();
    MachineVerb cut =
        MachineVerb.run(List.of("slice", "--to", "icount:5000", "-o", part, timer().toString()));
    assertThat(cut.status()).as(cut.error()).isZero();
    MachineVerb run =
        MachineVerb.replay(
            Path.of(part),
            machine(timer().resolveSibling("guest.elf").toString(), "shift=0"),
            "--json");
    assertThat(run.status()).as(run.out()).isZero();
    assertThat(run.json().get("icount").asLong()).isEqualTo(5000);
  }

  @Test
  void a_machine_must_be_described() {
    MachineVerb run = MachineVerb.run(List.of("replay", timer().toString()));
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.error()).contains("after --");
  }

  @Test
  void an_archive_that_holds_the_command_line_needs_no_options() {
    String archive = folder.resolve("run.rrlog").toString();
    String command = "qemu-system-riscv64 " + String.join(" ", machine("guest.elf", "shift=0"));
    MachineVerb packed =
        MachineVerb.run(
            List.of(
                "convert",
                "--to",
                "archive",
                "--attach-command",
                command,
                "-o",
                archive,
                timer().toString()));
    assertThat(packed.status()).as(packed.error()).isZero();
    MachineVerb run =
        MachineVerb.run(List.of("replay", "--chdir", String.valueOf(timer().getParent()), archive));
    assertThat(run.status()).as(run.error()).isZero();
    assertThat(run.out()).contains("1,004,495");
  }

  @Test
  void a_file_that_exists_is_kept() throws IOException {
    Path state = folder.resolve("kept.json");
    Files.writeString(state, "mine");
    MachineVerb run =
        MachineVerb.replay(
            timer(), machine("guest.elf", "shift=0,sleep=on"), "--state", state.toString());
    assertThat(run.status()).isEqualTo(2);
    assertThat(state).hasContent("mine");
  }
}
