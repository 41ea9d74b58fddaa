package rrlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** {@code slice --from POS -- QEMU-OPTIONS}: a part from the middle that re-executes. */
final class SliceStateTest {
  private static final String TIMER = "g03_timer/s3-on.bin";

  @TempDir private Path folder;

  /** A verb with the machine of a recording. */
  private static MachineVerb with(Path log, String verb, String... words) throws IOException {
    List<String> all = new ArrayList<>(List.of(verb, "--chdir", String.valueOf(log.getParent())));
    all.addAll(List.of(words));
    all.add("--");
    all.addAll(MachineVerb.options(log));
    return MachineVerb.run(all);
  }

  private Path part(Path log, String from, String... options) throws IOException {
    Path part = folder.resolve("part.rrs");
    List<String> words = new ArrayList<>(List.of("--from", from, "-o", part.toString()));
    words.addAll(List.of(options));
    words.add(log.toString());
    MachineVerb cut = with(log, "slice", words.toArray(String[]::new));
    assertThat(cut.status()).as(cut.error()).isZero();
    return part;
  }

  private static JsonNode end(Path log, Path part, String... options) throws IOException {
    List<String> words = new ArrayList<>(List.of("--state", "-"));
    words.addAll(List.of(options));
    words.add(part.toString());
    MachineVerb run = with(log, "replay", words.toArray(String[]::new));
    assertThat(run.status()).as(run.error()).isZero();
    return run.json();
  }

  @ParameterizedTest
  @CsvSource({
    "g03_timer/s3-on.bin, event:3", // before the first instruction, where no machine can stop
    "g03_timer/s3-on.bin, event:40",
    "g03_timer/s3-on.bin, icount:20000",
    "g03_timer/s3-on.bin, offset:0x384",
    "g03_timer/auto-on.bin, icount:54321",
    "g04_echo/s3-on.bin, event:300",
    "g07_sv39/s3-on.bin, event:25", // within an instruction, which reads what it needs
    "g07_sv39/s3-on.bin, icount:150000",
    "g10b_blk/s3-on.bin, event:60",
    "g10b_blk/s3-on.bin, icount:50000",
    "g11_reset/s3-on.bin, event:60",
    "g12_cpu/s0-on.bin, icount:3000000",
    "10.0/g03_timer/s3-on.bin, event:500",
  })
  void it_ends_in_the_state_in_which_the_whole_log_ends(String name, String from)
      throws IOException {
    Path log = MachineVerb.sample(name);
    // The longest guest is followed for a part of its way.
    String[] until =
        name.startsWith("g12") ? new String[] {"--until", "icount:4000000"} : new String[0];
    Path part = part(log, from);
    assertThat(end(log, part, until)).isEqualTo(end(log, log, until));
  }

  @Test
  void it_is_told_and_validated_as_any_other_log() throws IOException {
    Path log = MachineVerb.sample(TIMER);
    Path part = part(log, "event:40");
    MachineVerb info = MachineVerb.run(List.of("info", part.toString()));
    assertThat(info.out()).contains("begins at     offset", "event 40", "state", "QEMU 7.2.22");
    JsonNode document = MachineVerb.run(List.of("info", "--json", part.toString())).json();
    assertThat(document.at("/origin/event").asLong()).isEqualTo(40);
    assertThat(document.at("/state/bytes").asLong()).isPositive();
    assertThat(MachineVerb.run(List.of("dump", "--limit", "1", part.toString())).out())
        .startsWith("     40");
    MachineVerb valid = with(log, "validate", part.toString());
    assertThat(valid.status()).as(valid.out()).isZero();
    assertThat(valid.out()).doesNotContain("divergence");
  }

  @Test
  void a_departure_behind_its_begin_is_found_in_it() throws IOException {
    Path log = MachineVerb.sample(TIMER);
    Path part = part(log, "event:40");
    byte[] bytes = Files.readAllBytes(part);
    Files.write(part, damaged(bytes));
    MachineVerb run = with(log, "replay", part.toString());
    assertThat(run.status()).as(run.error()).isEqualTo(1);
    assertThat(run.out()).contains("last instructions", "registers");
    assertThat(with(log, "validate", part.toString()).status()).isEqualTo(1);
  }

  /** Takes the last interrupt away: its byte becomes an exception's. */
  private static byte[] damaged(byte[] slice) {
    byte[] bytes = slice.clone();
    int events = 72 + (int) ByteBuffer.wrap(slice).getLong(64) + 12;
    for (int at = bytes.length - 1; at > events; at--) {
      if (bytes[at] == 1 && bytes[at - 1] == 0x1f) {
        bytes[at] = 2;
        return bytes;
      }
    }
    throw new AssertionError("no interrupt behind a checkpoint");
  }

  @Test
  void its_state_comes_along_into_a_slice_that_begins_like_it() throws IOException {
    Path log = MachineVerb.sample(TIMER);
    Path part = part(log, "event:40");
    Path shorter = folder.resolve("shorter.rrs");
    String[] words = {
      "slice", "--to", "event:500", "--for", "analysis", "-o", "" + shorter, "" + part
    };
    assertThat(Run.of(words).status()).isZero();
    Path copied = folder.resolve("copied.rrs");
    assertThat(Run.of("convert", "--to", "slice", "-o", "" + copied, "" + part).status()).isZero();
    assertThat(copied).hasSameBinaryContentAs(part);
    String[] until = {"--until", "event:400"};
    assertThat(end(log, shorter, until)).isEqualTo(end(log, log, until));
  }

  @Test
  void a_slice_of_it_that_begins_later_has_none_and_says_so() throws IOException {
    Path log = MachineVerb.sample(TIMER);
    Path part = part(log, "event:40");
    Path later = folder.resolve("later.rrs");
    Run cut = Run.of("slice", "--from", "100", "-o", later.toString(), part.toString());
    assertThat(cut.error()).contains("begins later than the state", "QEMU's options");
    MachineVerb run = with(log, "replay", later.toString());
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.error()).contains("carries no state").hasLineCount(1);
  }

  @Test
  void a_slice_of_it_with_the_machine_gets_a_state_of_its_own() throws IOException {
    Path log = MachineVerb.sample(TIMER);
    Path first = Files.move(part(log, "event:40"), folder.resolve("first.rrs"));
    Path later = folder.resolve("later.rrs");
    MachineVerb cut =
        with(log, "slice", "--from", "icount:60000", "-o", "" + later, "" + first, "--json");
    assertThat(cut.json().at("/state/release").asString()).isEqualTo("7.2.22");
    assertThat(cut.json().at("/from/icount").asLong()).isEqualTo(60000);
    assertThat(end(log, later)).isEqualTo(end(log, log));
  }

  @Test
  void what_is_packed_re_executes() throws IOException {
    Path log = MachineVerb.sample(TIMER);
    Path part = part(log, "icount:20000");
    Path packed = folder.resolve("part.rrs.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      Files.copy(part, out);
    }
    assertThat(end(log, packed)).isEqualTo(end(log, log));
  }

  @Test
  void it_is_searched_like_the_whole_log() throws IOException {
    Path log = MachineVerb.sample(TIMER);
    Path part = part(log, "icount:60000");
    String[] words = {
      "--csr", "mepc", "--after", "icount:60000", "--snapshots", "off", "--json", ""
    };
    words[words.length - 1] = part.toString();
    MachineVerb found = with(log, "find", words);
    words[words.length - 1] = log.toString();
    assertThat(found.out()).contains("mepc").isEqualTo(with(log, "find", words).out());
  }

  @Test
  void the_machine_may_be_played_from_another_place_but_not_be_another() throws IOException {
    Path log = MachineVerb.sample(TIMER);
    Path part = part(log, "event:40");
    List<String> options = new ArrayList<>(MachineVerb.options(log));
    int icount = options.indexOf("-icount") + 1;
    options.set(icount, options.get(icount) + ",rr=replay,rrfile=" + part);
    assertThat(MachineVerb.replay(log, options, part.toString()).status()).isEqualTo(2);
    List<String> words = new ArrayList<>(List.of("replay", "--chdir", "" + log.getParent()));
    words.add("--");
    words.addAll(options);
    MachineVerb played = MachineVerb.run(words);
    assertThat(played.status()).as(played.error()).isZero();
    options.addAll(List.of("-m", "64M"));
    words.addAll(List.of("-m", "64M"));
    MachineVerb other = MachineVerb.run(words);
    assertThat(other.status()).isEqualTo(2);
    assertThat(other.error()).contains("the state of another machine").hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 60, 80, 400})
  void one_that_is_cut_off_is_refused_in_one_line(int length) throws IOException {
    Path log = MachineVerb.sample(TIMER);
    Path part = part(log, "event:40");
    Files.write(part, Arrays.copyOf(Files.readAllBytes(part), length));
    for (String verb : List.of("info", "dump", "validate")) {
      Run run = Run.of(verb, part.toString());
      assertThat(run.status()).isEqualTo(2);
      assertThat(run.error()).contains("cut off").hasLineCount(1);
    }
  }

  @Test
  void a_damaged_state_is_refused_in_one_line_and_leaves_the_log() throws IOException {
    Path log = MachineVerb.sample(TIMER);
    Path part = part(log, "event:40");
    byte[] bytes = Files.readAllBytes(part);
    bytes[1000] ^= 0x55;
    Files.write(part, bytes);
    MachineVerb run = with(log, "replay", part.toString());
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.error()).contains("damaged").hasLineCount(1);
    assertThat(Run.of("dump", part.toString()).status()).isZero();
  }

  @Test
  void a_place_that_the_run_does_not_reach_leaves_no_file() throws IOException {
    Path log = MachineVerb.sample(TIMER);
    Path part = folder.resolve("part.rrs");
    MachineVerb cut = with(log, "slice", "--from", "icount:99999999", "-o", "" + part, "" + log);
    assertThat(cut.status()).isEqualTo(2);
    assertThat(cut.error()).contains("behind the end").hasLineCount(1);
    assertThat(part).doesNotExist();
  }

  @Test
  void a_log_that_departs_before_has_no_slice() throws IOException {
    Path log = MachineVerb.sample(TIMER);
    Path part = folder.resolve("part.rrs");
    Path other = MachineVerb.sample("g07_sv39/s3-on.bin");
    MachineVerb cut = with(other, "slice", "--from", "event:900", "-o", "" + part, "" + log);
    assertThat(cut.status()).isEqualTo(2);
    assertThat(cut.error()).contains("departs from the log").hasLineCount(1);
    assertThat(part).doesNotExist();
  }

  @Test
  void a_slice_from_the_start_needs_no_state() throws IOException {
    Path log = MachineVerb.sample(TIMER);
    MachineVerb cut = with(log, "slice", "--to", "900", "-o", "" + folder.resolve("p"), "" + log);
    assertThat(cut.status()).isEqualTo(2);
    assertThat(cut.error()).contains("--from");
  }

  @Test
  void it_overwrites_nothing() throws IOException {
    Path log = MachineVerb.sample(TIMER);
    Path there = Files.writeString(folder.resolve("there.rrs"), "mine");
    MachineVerb cut = with(log, "slice", "--from", "40", "-o", "" + there, "" + log);
    assertThat(cut.status()).isEqualTo(2);
    assertThat(there).hasContent("mine");
  }
}
