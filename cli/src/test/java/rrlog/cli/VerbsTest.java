package rrlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import rrlog.cli.io.ExitStatus;
import rrlog.cli.io.Terminal;
import rrlog.core.testing.Samples;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the verbs on one log print, write and return. */
class VerbsTest {
  private static final Path NET = Run.sample("5.2.0/pc-net.bin");

  @TempDir Path folder;

  static List<Path> samples() {
    return Samples.fewLogs();
  }

  private static JsonNode json(Run run) {
    return JsonMapper.shared().readTree(run.bytes());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void info_counts_what_an_independent_decoder_counted(Path log) throws IOException {
    String name = log.getFileName().toString().replaceFirst("\\.bin(\\.zst)?$", ".json");
    JsonNode told = JsonMapper.shared().readTree(log.resolveSibling(name).toFile());
    JsonNode info = json(Run.of("info", "--json", log.toString()));

    assertThat(told.get("dialects").valueStream().map(JsonNode::asString))
        .contains(info.get("dialect").asString());
    if (told.get("complete").asBoolean() && told.has("kinds")) {
      assertThat(info.get("kinds")).isEqualTo(told.get("kinds"));
      assertThat(info.get("names")).isEqualTo(told.get("names"));
      assertThat(info.get("instructions").asLong()).isEqualTo(told.get("instructions").asLong());
      assertThat(info.get("size").asLong()).isEqualTo(told.get("size").asLong());
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void every_format_gives_the_same_bytes_back(Path log) throws IOException {
    byte[] bytes = Run.of("convert", "--to", "qemu", log.toString()).bytes();
    for (String format : List.of("jsonl", "json", "archive")) {
      byte[] converted = Run.of("convert", "--to", format, log.toString()).bytes();
      Run back = Run.on(converted, "convert", "--to", "qemu", "-");
      assertThat(back.error()).isEmpty();
      assertThat(back.bytes()).as(format).isEqualTo(bytes);
    }
  }

  @Test
  void a_log_is_read_from_standard_input_and_through_gzip() throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
      gzip.write(Files.readAllBytes(NET));
    }
    JsonNode info = json(Run.on(zipped.toByteArray(), "info", "--json", "-"));
    assertThat(info.get("compression").asString()).isEqualTo("gzip");
    assertThat(info.get("events").asLong()).isEqualTo(9531);
  }

  @Test
  void ranges_are_half_open_and_filters_match_kinds_and_names() {
    String some =
        Run.of("dump", "--from", "event:10", "--to", "13", "--format", "jsonl", NET.toString())
            .out();
    assertThat(some.lines().map(line -> line.substring(0, 11)))
        .containsExactly("{\"event\":10", "{\"event\":11", "{\"event\":12");
    String init = Run.of("dump", "--kind", "checkpoint/init,end", NET.toString()).out();
    assertThat(init.lines()).hasSize(2);
    long all = Run.of("dump", NET.toString()).out().lines().count();
    long checkpoints = Run.of("dump", "--kind", "checkpoint", NET.toString()).out().lines().count();
    long others = Run.of("dump", "--not-kind", "checkpoint", NET.toString()).out().lines().count();
    assertThat(checkpoints + others).isEqualTo(all).isEqualTo(9531);
  }

  @Test
  void an_archive_is_entered_in_the_middle() throws IOException {
    Path archive = folder.resolve("net.rra");
    assertThat(
            Run.of("convert", "--to", "archive", "-o", archive.toString(), NET.toString()).status())
        .isZero();
    for (String from : List.of("event:9000", "icount:100000000", "offset:0x7000")) {
      assertThat(Run.of("dump", "--from", from, archive.toString()).out())
          .isEqualTo(Run.of("dump", "--from", from, NET.toString()).out())
          .isNotEmpty();
    }
  }

  @Test
  void a_damaged_archive_block_is_named_and_validate_says_so() throws IOException {
    byte[] bytes = Run.of("convert", "--to", "archive", NET.toString()).bytes();
    bytes[bytes.length / 2] ^= 1;
    Path archive = folder.resolve("damaged.rra");
    Files.write(archive, bytes);
    Run validate = Run.of("validate", "--json", archive.toString());
    assertThat(validate.status()).isEqualTo(ExitStatus.FINDING);
    assertThat(json(validate).get("problems").get(0).get("code").asString())
        .isEqualTo("archive-damaged");
    assertThat(Run.of("dump", archive.toString()).error()).startsWith("rrlog: " + archive);
  }

  @Test
  void validate_tells_what_is_wrong_with_a_killed_recording() {
    Run run =
        Run.of("validate", "--json", Run.sample("7.2.22-debian/pc-hang-reset.bin").toString());
    assertThat(run.status()).isEqualTo(ExitStatus.FINDING);
    assertThat(json(run).get("valid").asBoolean()).isFalse();
    assertThat(json(run).get("problems").valueStream().map(p -> p.get("code").asString()))
        .containsExactly("header-unwritten", "event-truncated");
  }

  @Test
  void data_after_the_end_is_an_error_and_kept() throws IOException {
    byte[] log = Files.readAllBytes(NET);
    byte[] longer = Arrays.copyOf(log, log.length + 3);
    assertThat(Run.on(longer, "validate", "-").out()).contains("data after the end event");
    byte[] lines = Run.on(longer, "convert", "--to", "jsonl", "-").bytes();
    assertThat(Run.on(lines, "convert", "--to", "qemu", "-").bytes()).isEqualTo(longer);
  }

  @Test
  void a_log_is_rewritten_for_another_dialect_and_back() {
    byte[] later =
        Run.of("convert", "--to", "qemu", "--dialect", "qemu-7.2", NET.toString()).bytes();
    assertThat(json(Run.on(later, "info", "--json", "-")).get("version").asString())
        .isEqualTo("0xe0200c");
    byte[] again = Run.on(later, "convert", "--to", "qemu", "--dialect", "e0200a", "-").bytes();
    assertThat(again).isEqualTo(Run.of("convert", "--to", "qemu", NET.toString()).bytes());
  }

  @Test
  void what_a_dialect_cannot_say_is_an_error_that_names_the_event() {
    Run run = Run.of("convert", "--to", "qemu", "--dialect", "qemu-2.5", NET.toString());
    assertThat(run.status()).isEqualTo(ExitStatus.FAILURE);
    assertThat(run.error())
        .startsWith(
            "rrlog: "
                + NET
                + ": checkpoint/clock-warp-account: dialect e02002 has no such checkpoint")
        .contains("offset 0x", "event ", "icount ")
        .hasLineCount(1);
  }

  @Test
  void an_existing_file_is_not_overwritten_and_an_input_never() throws IOException {
    Path out = folder.resolve("out.bin");
    Files.writeString(out, "precious");
    assertThat(Run.of("convert", "--to", "qemu", "-o", out.toString(), NET.toString()).status())
        .isEqualTo(ExitStatus.FAILURE);
    assertThat(out).hasContent("precious");
    Path in = Files.copy(NET, folder.resolve("in.bin"));
    Run same = Run.of("convert", "--to", "jsonl", "--force", "-o", in.toString(), in.toString());
    assertThat(same.error()).contains("is an input");
    assertThat(in).hasSameBinaryContentAs(NET);
  }

  @Test
  void a_failed_run_leaves_no_file() throws IOException {
    Path bad = folder.resolve("bad.jsonl");
    Files.writeString(
        bad,
        "{\"format\":\"rrlog-jsonl\",\"formatVersion\":1,\"dialect\":\"e0200a\"}\n"
            + "{\"name\":\"x\"}\n");
    Run run =
        Run.of("convert", "--to", "qemu", "-o", folder.resolve("o.bin").toString(), bad.toString());
    assertThat(run.status()).isEqualTo(ExitStatus.FAILURE);
    assertThat(run.error()).isEqualTo("rrlog: " + bad + ": line 2: no event is called \"x\"\n");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(bad);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4, 11})
  void aFileShorterThanAHeaderIsNoLog(int length) {
    for (String verb : List.of("info", "dump", "validate")) {
      Run run = Run.on(new byte[length], verb, "-");
      assertThat(run.status()).isEqualTo(ExitStatus.FAILURE);
      assertThat(run.error()).startsWith("rrlog: standard input: ").hasLineCount(1);
    }
  }

  @Test
  void what_is_no_log_gets_one_line() throws IOException {
    Path zeros = folder.resolve("zeros");
    Files.write(zeros, new byte[1 << 20]);
    Path jpeg = folder.resolve("a.jpg");
    Files.write(
        jpeg,
        new byte[] {
          (byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0
        });
    for (Path file : List.of(zeros, jpeg, folder, folder.resolve("missing"))) {
      Run run = Run.of("info", file.toString());
      assertThat(run.status()).isEqualTo(ExitStatus.FAILURE);
      assertThat(run.error()).startsWith("rrlog: " + file + ": ").hasLineCount(1);
      assertThat(run.out()).isEmpty();
    }
  }

  @Test
  void bad_usage_gets_a_line_and_a_hint() {
    for (String[] args :
        new String[][] {
          {},
          {"bogus"},
          {"dump"},
          {"dump", "--from", "x", "f"},
          {"dump", "--kind", "nothing", NET.toString()},
          {"info", "--dialect", "qemu-1.0", NET.toString()},
          {"convert", "--to", "xml", NET.toString()},
          {"convert", "--to", "qemu", "--lossy", NET.toString()},
        }) {
      Run run = Run.of(args);
      assertThat(run.status()).as(String.join(" ", args)).isEqualTo(ExitStatus.FAILURE);
      assertThat(run.error()).startsWith("rrlog: ").contains("--help").hasLineCount(2);
    }
  }

  @Test
  void help_and_version_are_results() {
    assertThat(Run.of("--help").out()).contains("info", "dump", "convert");
    assertThat(Run.of("--version").out()).startsWith("rrlog ");
    for (String verb : List.of("info", "dump", "validate", "convert", "dialects")) {
      Run run = Run.of(verb, "--help");
      assertThat(run.status()).isZero();
      assertThat(run.out()).contains("Usage: rrlog " + verb, "Examples:");
      assertThat(run.out().lines().mapToInt(String::length).max().orElse(0)).isLessThan(81);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--json"})
  void theStatusOfAFindingIsKeptWhereNobodyReadsIt(String json) {
    String killed = Run.sample("7.2.22-debian/pc-hang-reset.bin").toString();
    List<String> format = json.isEmpty() ? List.of() : List.of(json);
    assertThat(unread("validate", format, killed)).isEqualTo(ExitStatus.FINDING);
    assertThat(unread("diff", format, NET.toString(), killed)).isEqualTo(ExitStatus.FINDING);
    assertThat(unread("diff", format, NET.toString(), NET.toString())).isEqualTo(ExitStatus.OK);
    assertThat(unread("info", format, NET.toString())).isEqualTo(ExitStatus.OK);
  }

  private static int unread(String verb, List<String> options, String... files) {
    List<String> words = new ArrayList<>(List.of(verb));
    words.addAll(options);
    words.addAll(List.of(files));
    Terminal deaf =
        new Terminal(
            InputStream.nullInputStream(),
            new ClosedPipe(),
            new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
            () -> false);
    return Main.run(deaf, words.toArray(String[]::new));
  }

  @Test
  void dialects_lists_all_of_them() {
    assertThat(json(Run.of("dialects", "--json"))).hasSize(21);
    assertThat(Run.of("dialects", "qemu-7.2").out()).contains("CHECKPOINT_INIT");
  }

  @Test
  void kinds_are_chosen_by_group_and_pattern() {
    String log = Samples.path("logs/5.2.0/pc-keys.bin.zst").toString();
    String async = Run.of("dump", "--kind", "async", log).out();
    assertThat(async).contains("async-input/key").contains("async-char-read");
    assertThat(async.lines()).allSatisfy(line -> assertThat(line).contains(" async-"));
    assertThat(Run.of("dump", "--kind", "checkpoint/i*", log).out().lines())
        .singleElement()
        .asString()
        .endsWith("checkpoint/init");
  }
}
