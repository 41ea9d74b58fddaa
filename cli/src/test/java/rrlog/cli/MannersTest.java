package rrlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import rrlog.cli.io.Terminal;

/** What a new user stumbles over. */
final class MannersTest {
  private static final String NET = Run.sample("5.2.0/pc-net.bin").toString();
  private static final List<String> VERBS =
      List.of(
          "info",
          "dump",
          "validate",
          "doctor",
          "diff",
          "slice",
          "repair",
          "convert",
          "replay",
          "record",
          "debug",
          "find",
          "dialects");

  @TempDir private Path folder = Path.of("");

  private static String help(int width, String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            new ByteArrayInputStream(new byte[0]),
            out,
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
            () -> false,
            () -> width);
    assertThat(Main.run(terminal, words)).isZero();
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void the_bare_command_lists_the_verbs_and_fails() {
    Run run = Run.of();
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).contains(VERBS);
    assertThat(run.error()).startsWith("rrlog: a verb is missing\n");
  }

  @Test
  void each_verb_is_told_in_a_whole_sentence() {
    String list = help(200, "--help");
    for (String verb : VERBS) {
      assertThat(list.lines().filter(line -> line.startsWith("  " + verb + " ")))
          .singleElement()
          .satisfies(line -> assertThat(line).matches("  \\w+ +[A-Z].*\\."));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 80, 200})
  void help_is_as_wide_as_the_terminal(int width) {
    assertThat(help(width, "--help").lines()).allMatch(line -> line.length() <= width);
    for (String verb : VERBS) {
      assertThat(help(width, verb, "--help").lines())
          .as(verb)
          .allMatch(line -> line.length() <= width)
          .first()
          .asString()
          .startsWith("Usage: rrlog " + verb);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 80, 120})
  void tables_are_as_wide_as_the_terminal_up_to_where_they_read_badly(int width) {
    String[] table = help(width, "info", NET).split("\n\n");
    assertThat(table[1].lines()).allMatch(line -> line.length() <= width);
    assertThat(table[1].lines().findFirst().orElseThrow().length())
        .isGreaterThan(Math.min(width, 89) - 5);
  }

  @ParameterizedTest
  @CsvSource({
    "valdiate x, validate",
    "repaly x, replay",
    "dump --formt text, --format",
    "convert --to jsnol FILE, jsonl",
    "dump --kind clok FILE, clock",
    "dump --kind asynk FILE, async",
    "dump --kind checkpoint/int FILE, checkpoint/init",
    "info --dialect e0200c-x FILE, e0200c-"
  })
  void a_mistyped_word_gets_a_suggestion(String words, String meant) {
    Run run = Run.of(words.replace("FILE", NET).split(" "));
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.error()).contains("did you mean '" + meant);
  }

  @Test
  void an_empty_name_of_a_file_is_told_as_such() {
    assertThat(Run.of("info", "").error()).isEqualTo("rrlog: '': a file's name cannot be empty\n");
    assertThat(Run.of("replay", "--", "-icount", "shift=0,rr=replay,rrfile=").error())
        .startsWith("rrlog: rrfile= names no file\n");
  }

  @Test
  void what_is_near_to_nothing_gets_none() {
    assertThat(Run.of("xyzzy").error()).startsWith("rrlog: no verb is called 'xyzzy'\n");
  }

  @Test
  void options_of_qemu_without_dashes_before_them_say_that_the_dashes_are_missing() {
    Run run = Run.of("replay", NET, "-M", "virt", "-bios", "none");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.error())
        .contains("which is missing: rrlog replay " + NET + " -- -M virt -bios none");
  }

  @Test
  void several_files_are_dumped_under_their_names() {
    Run run = Run.of("dump", "--limit", "1", NET, NET);
    assertThat(run.out().lines().filter(line -> line.equals("==> " + NET + " <=="))).hasSize(2);
    assertThat(Run.of("dump", "--limit", "1", "--format", "jsonl", NET, NET).out().lines())
        .hasSize(2);
  }

  @Test
  void a_file_that_cannot_be_dumped_does_not_keep_the_others() {
    Run run = Run.of("dump", "--limit", "1", folder.resolve("missing").toString(), NET);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).contains("clock/host");
  }

  @ParameterizedTest
  @CsvSource({
    "event:99999 event:999999, the range begins behind the end",
    "event:20 event:10, no event is in the range"
  })
  void a_range_without_events_says_so(String range, String said) {
    String[] ends = range.split(" ");
    Run run = Run.of("dump", "--from", ends[0], "--to", ends[1], NET);
    assertThat(run.out()).isEmpty();
    assertThat(run.error()).startsWith("rrlog: " + NET + ": " + said).hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0xe0200a", "QEMU-6.2", "qemu-6.2", "6.2.0", "E0200A"})
  void a_dialect_has_several_names(String name) {
    assertThat(Run.of("dialects", name).out()).startsWith("e0200a: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"qemu-6.3", "qemu-6.2.9", "99.0"})
  void a_release_that_never_was_is_none(String name) {
    Run run = Run.of("dialects", name);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.error()).contains("there is no QEMU release '" + name + "'");
  }

  @Test
  void what_would_control_the_terminal_is_shown_as_an_escape() throws IOException {
    Path archive = folder.resolve("a.rra");
    String[] made = {
      "convert",
      "--to",
      "archive",
      "--note",
      "\u001b]0;x\u0007\u202e\u009b1m",
      "-o",
      archive.toString(),
      NET
    };
    assertThat(Run.of(made).status()).isZero();
    assertThat(Run.of("info", archive.toString()).out()).contains("\\x1b]0;x\\x07\\u202e\\x9b1m");
    Path lines = folder.resolve("a.jsonl");
    Files.writeString(
        lines,
        "{\"format\":\"rrlog-jsonl\",\"formatVersion\":1,\"dialect\":\"e0200a\"}\n"
            + "{\"name\":\"\\u001b[31m\"}\n");
    assertThat(Run.of("info", lines.toString()).error())
        .contains("\\x1b[31m")
        .doesNotContain("\u001b");
    assertThat(Run.of("info", "no\u001b[31m\nfile").error()).contains("no\\x1b[31m\\nfile");
  }

  @Test
  void colours_reach_the_terminal_and_nothing_else_does() {
    Run run = Run.of("dump", "--color", "always", "--limit", "1", NET);
    assertThat(run.out()).contains("\u001b[36mclock/host\u001b[0m");
  }
}
