package rrlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rrlog.core.testing.Samples;
import tools.jackson.databind.json.JsonMapper;

/** {@code rrlog repair} on logs of dialect e0200c-b (QEMU 7.2) written byte by byte. */
final class RepairVerbTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final String UNFINISHED = "000000000000000000000000";
  private static final String HEADER = "00e0200c0000000000000000";
  private static final String STARTED = "2526";
  private static final String INSTRUCTIONS_100 = "0000000064";
  private static final String CHAR_WRITE = "160000000100000001";
  private static final String CLOSING = "0e27";

  @TempDir Path folder;
  private Path out;

  @BeforeEach
  void nameOutput() {
    out = folder.resolve("out.bin");
  }

  private Path log(String hex) throws IOException {
    return Files.write(folder.resolve("log.bin"), HEX.parseHex(hex));
  }

  private Run repair(Path log, String... more) {
    String[] args = new String[more.length + 6];
    args[0] = "repair";
    args[1] = "--dialect";
    args[2] = "e0200c-b";
    args[3] = "-o";
    args[4] = out.toString();
    System.arraycopy(more, 0, args, 5, more.length);
    args[args.length - 1] = log.toString();
    return Run.of(args);
  }

  private String written() throws IOException {
    return HEX.formatHex(Files.readAllBytes(out));
  }

  @Test
  void a_sound_log_stays_as_it_is() throws IOException {
    Path log = log(HEADER + STARTED + INSTRUCTIONS_100 + CLOSING);
    Run done = repair(log);

    assertThat(out).hasSameBinaryContentAs(log);
    assertThat(done.status()).isZero();
    assertThat(done.out()).contains("nothing to do");
  }

  @Test
  void an_event_cut_in_the_middle_goes_with_the_instruction_that_asked_for_it() throws IOException {
    Run done = repair(log(UNFINISHED + STARTED + INSTRUCTIONS_100 + "160000"));

    assertThat(written()).isEqualTo(HEADER + STARTED + "0000000063" + CLOSING);
    assertThat(done.out()).contains("dropped the last 3 bytes").contains("said 0x0");
  }

  @Test
  void a_log_between_events_gets_its_ending() throws IOException {
    repair(log(UNFINISHED + STARTED + INSTRUCTIONS_100 + CHAR_WRITE + INSTRUCTIONS_100));

    assertThat(written())
        .isEqualTo(HEADER + STARTED + INSTRUCTIONS_100 + CHAR_WRITE + "0000000063" + CLOSING);
  }

  @Test
  void data_after_the_end_is_dropped() throws IOException {
    Run done = repair(log(HEADER + STARTED + INSTRUCTIONS_100 + CLOSING + "0102"));

    assertThat(written()).isEqualTo(HEADER + STARTED + INSTRUCTIONS_100 + CLOSING);
    assertThat(done.out()).contains("dropped the last 2 bytes: data after the end event");
  }

  @Test
  void an_end_without_shutdown_gets_one() throws IOException {
    repair(log(HEADER + STARTED + INSTRUCTIONS_100 + "27"));

    assertThat(written()).isEqualTo(HEADER + STARTED + INSTRUCTIONS_100 + CLOSING);
  }

  @Test
  void a_finished_log_without_its_version_gets_just_that() throws IOException {
    Run done = repair(log(UNFINISHED + STARTED + INSTRUCTIONS_100 + CLOSING));

    assertThat(written()).isEqualTo(HEADER + STARTED + INSTRUCTIONS_100 + CLOSING);
    assertThat(done.out().lines()).hasSize(2);
  }

  @Test
  void every_complete_log_of_every_release_stays_as_it_is() throws IOException {
    for (Path log : Samples.fewLogs()) {
      if (Files.readString(Samples.sibling(log, ".json")).contains("\"complete\": true")) {
        assertThat(Run.of("repair", "--force", "-o", out.toString(), log.toString()).status())
            .as(log.toString())
            .isZero();
        assertThat(out).as(log.toString()).hasBinaryContent(Samples.bytes(log));
      }
    }
  }

  /** {@code samples/cases/reliability/14-repair-result-invalid}. */
  @ParameterizedTest
  @CsvSource({
    "nothing.bin, nothing that can be mended, a second checkpoint/reset",
    "early.bin, repaired in part, instruction before checkpoint/reset"
  })
  void what_validate_will_reject_is_told_with_status_1(String name, String word, String error)
      throws IOException {
    Path log = Samples.path("cases/reliability/14-repair-result-invalid/" + name);
    Run done = Run.of("repair", "-o", out.toString(), log.toString());

    assertThat(done.status()).isEqualTo(1);
    assertThat(done.out()).contains("still wrong: " + error).contains(word);
    Run judged = Run.of("validate", out.toString());
    assertThat(judged.status()).isEqualTo(1);
    assertThat(judged.out()).contains(error);
  }

  @Test
  void json_tells_what_is_left() throws IOException {
    Path log = log(HEADER + STARTED + INSTRUCTIONS_100 + "26" + CLOSING);
    Run done = repair(log, "--json");

    assertThat(done.status()).isEqualTo(1);
    assertThat(JsonMapper.shared().readTree(done.out()).at("/left/0/code").asString())
        .isEqualTo("reset-once");
  }

  @Test
  void what_ends_before_the_first_instruction_is_refused() throws IOException {
    Run done = repair(log(UNFINISHED + STARTED));

    assertThat(done.status()).isEqualTo(2);
    assertThat(done.error()).contains("before the first instruction");
    assertThat(out).doesNotExist();
  }

  @Test
  void what_is_no_log_is_refused() throws IOException {
    Path text = Files.writeString(folder.resolve("text"), "hello, this is no log at all");
    Run done = Run.of("repair", "-o", out.toString(), text.toString());

    assertThat(done.status()).isEqualTo(2);
    assertThat(out).doesNotExist();
  }

  @Test
  void json_names_every_change() throws IOException {
    Run done = repair(log(UNFINISHED + STARTED + INSTRUCTIONS_100 + "1600"), "--json");

    assertThat(done.out())
        .contains("\"sound\" : false")
        .containsSubsequence("header-written", "cut-back", "event-dropped", "ending-added");
  }

  @Test
  void a_repaired_log_is_sound() throws IOException {
    repair(log(UNFINISHED + STARTED + INSTRUCTIONS_100 + "1600"));
    Path first = Files.move(out, folder.resolve("first.bin"));

    assertThat(repair(first).out()).contains("nothing to do");
  }
}
