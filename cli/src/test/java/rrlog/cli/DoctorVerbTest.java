package rrlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code rrlog doctor} on recordings of QEMU 2.5 to 11.1. */
final class DoctorVerbTest {
  /** What may be said of a log that was finished in order: old ones end as they should not. */
  private static final Set<String> OF_LOGS =
      Set.of("shutdown-missing", "snapshot-loaded", "host-clock-backwards", "more");

  @TempDir private Path folder = Path.of("");

  /** Where the command line of a recording is known: the log, and the file that tells it. */
  static Stream<Path> recordings() throws IOException {
    return VerbsTest.samples().stream().filter(log -> !command(log).isEmpty());
  }

  /** What is known of a recording; nothing where no file tells it. */
  private static JsonNode told(Path log) {
    String name = log.getFileName().toString().replaceFirst("\\.bin(\\.zst)?$", ".json");
    Path told = log.resolveSibling(name);
    JsonMapper json = JsonMapper.shared();
    return Files.exists(told) ? json.readTree(told.toFile()) : json.createObjectNode();
  }

  private static List<String> command(Path log) {
    return Stream.of(told(log).path("command").asString("").split(" "))
        .filter(word -> !word.isEmpty())
        .toList();
  }

  private static List<JsonNode> findings(String... words) {
    Run run = Run.of(words);
    assertThat(run.status()).as(run.error()).isLessThan(2);
    JsonNode document = JsonMapper.shared().readTree(run.out());
    return StreamSupport.stream(document.path("findings").spliterator(), false)
        .filter(one -> !one.path("severity").asString().equals("note"))
        .toList();
  }

  private static List<String> codes(Path log, List<String> command) {
    List<String> words = new ArrayList<>(List.of("doctor", "--json", log.toString(), "--"));
    words.addAll(command);
    return findings(words.toArray(String[]::new)).stream()
        .map(one -> one.path("code").asString())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void a_recording_that_was_finished_raises_no_alarm(Path log) {
    List<String> codes = codes(log, command(log));
    if (told(log).path("complete").asBoolean() && !log.toString().contains("noblk")) {
      assertThat(OF_LOGS).containsAll(codes);
    } else {
      assertThat(codes).isNotEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2.12.0/pc-boot-blk.bin.zst, blkreplay, raw, disk-missing",
    "5.2.0/pc-net.bin, filter-replay, secret, network-missing",
    "2.12.0/pc-q35.bin, shift=5, shift=auto, other-icount"
  })
  void a_command_line_that_is_not_the_recording_s_is_told(
      String name, String old, String other, String code) {
    Path log = Run.sample(name);
    List<String> command = command(log).stream().map(w -> w.replace(old, other)).toList();
    assertThat(codes(log, command)).contains(code);
  }

  @Test
  void what_qemu_printed_leads_to_the_event() throws IOException {
    Path log = MachineVerb.sample("g01_hello").resolve("s0-on.bin");
    Run run =
        Run.of(
            "doctor",
            "--message",
            "Missing character write event in the replay log (insn total 44/7 left, event 12 is"
                + " EVENT_INSTRUCTION)",
            log.toString());
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).contains("the guest wrote a character").contains(", event 11, ");
    assertThat(run.out().lines().filter(line -> line.startsWith(">"))).hasSize(1);
  }

  @Test
  void an_unfinished_log_is_to_be_repaired() {
    Run run = Run.of("doctor", Run.sample("7.2.22-debian/pc-hang-reset.bin").toString());
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).contains("rrlog repair");
  }

  @Test
  void a_command_line_alone_is_looked_at_before_recording() {
    Run bad = Run.of("doctor", "--", "-icount", "shift=auto,rr=record,rrfile=x", "-hda", "d.img");
    assertThat(bad.status()).isEqualTo(1);
    assertThat(bad.out()).contains("blkreplay");
    Run good = Run.of("doctor", "--", "-icount", "shift=auto,rr=record,rrfile=x");
    assertThat(good.status()).as(good.out()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"doctor", "doctor --at event:1", "doctor a b", "doctor -", "doctor nothing.bin"})
  void what_makes_no_sense_is_one_error(String words) {
    Run run = Run.of(words.split(" "));
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.error()).startsWith("rrlog: ");
  }

  @Test
  void bytes_that_are_no_log_are_refused() throws IOException {
    byte[] noise = new byte[100];
    Arrays.fill(noise, (byte) 0x55);
    Path file = Files.write(folder.resolve("noise"), noise);
    assertThat(Run.of("doctor", file.toString()).status()).isEqualTo(2);
  }
}
