package rrlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import rrlog.core.testing.Samples;

/** Every JSON document is what its schema in {@code docs/schema} says, and nothing more. */
final class JsonDocumentsTest {
  private static final Path KILLED = Run.sample("7.2.22-debian/pc-hang-reset.bin");
  private static final Path NET = Run.sample("5.2.0/pc-net.bin");
  private static final Path HELLO = MachineVerb.sample("g01_hello").resolve("s0-on.bin");

  @TempDir private Path folder = Path.of("");

  private static Schema schema(String document) throws IOException {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(
            Files.readString(Samples.root().resolve("docs/schema/" + document + ".schema.json")),
            InputFormat.JSON);
  }

  private static void assertFits(String document, String json) throws IOException {
    assertThat(json).isNotEmpty();
    assertThat(schema(document).validate(json, InputFormat.JSON)).as(json).isEmpty();
  }

  @Test
  void a_replay_by_qemu_that_cannot_begin() throws IOException {
    Run run =
        Run.of(
            "replay",
            "--json",
            "--engine",
            "qemu=no-such-qemu",
            HELLO.toString(),
            "--",
            "-icount",
            "shift=0");
    assertFits("replay-qemu", run.out());
  }

  static Stream<Path> samples() throws IOException {
    return VerbsTest.samples().stream();
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "info",
        "validate",
        "doctor",
        "dialects",
        "diff",
        "slice",
        "repair",
        "replay",
        "replay-qemu",
        "state",
        "trace",
        "record"
      })
  void a_schema_refuses_a_field_that_it_does_not_name(String document) throws IOException {
    assertThat(schema(document).validate("{\"unheardOf\":1}", InputFormat.JSON)).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void info_and_validate_of_every_sample(Path log) throws IOException {
    assertFits("info", Run.of("info", "--json", "--verbose", log.toString()).out());
    assertFits("validate", Run.of("validate", "--json", log.toString()).out());
    assertFits("doctor", Run.of("doctor", "--json", "--at", "event:7", log.toString()).out());
  }

  @Test
  void several_files_are_an_array() throws IOException {
    assertFits("info", Run.of("info", "--json", NET.toString(), KILLED.toString()).out());
    assertFits("validate", Run.of("validate", "--json", NET.toString(), KILLED.toString()).out());
  }

  @Test
  void info_of_an_archive_says_how_it_was_recorded() throws IOException {
    String archive = path("net.rra");
    Run made =
        Run.of(
            "convert",
            "--to",
            "archive",
            "--attach-command",
            "qemu-system-x86_64 -m 64",
            "--attach-file",
            NET.toString(),
            "--note",
            "a word",
            "-o",
            archive,
            NET.toString());
    assertThat(made.status()).as(made.error()).isZero();
    String json = Run.of("info", "--json", archive).out();
    assertFits("info", json);
    assertThat(json).contains("a word");
  }

  @Test
  void dialects() throws IOException {
    assertFits("dialects", Run.of("dialects", "--json").out());
  }

  @Test
  void diff_of_equal_and_of_different_logs() throws IOException {
    String a = Run.sample("4.2.0/rv-rng.bin").toString();
    String b = Run.sample("5.0.0/rv-rng.bin").toString();
    assertFits("diff", Run.of("diff", "--json", a, a).out());
    assertFits("diff", Run.of("diff", "--json", a, b).out());
    assertFits("diff", Run.of("diff", "--json", "--all", "--ignore-values", "clock", a, b).out());
  }

  @Test
  void diff_with_the_machines_where_the_runs_part() throws IOException {
    Run cut = Run.of("slice", "--to", "event:9", "-o", path("cut.bin"), HELLO.toString());
    assertThat(cut.status()).as(cut.error()).isZero();
    List<String> words =
        new ArrayList<>(List.of("diff", "--json", "--chdir", String.valueOf(HELLO.getParent())));
    words.addAll(List.of(HELLO.toString(), path("cut.bin"), "--"));
    words.addAll(MachineVerb.options(HELLO));
    String json = MachineVerb.run(words).out();
    assertFits("diff", json);
    assertThat(json).contains("\"registers\"");
  }

  @Test
  void slice_and_repair() throws IOException {
    String[] slice = {"slice", "--json", "--to", "event:900", "-o", path("s.bin"), NET.toString()};
    assertFits("slice", Run.of(slice).out());
    assertFits("repair", Run.of("repair", "--json", "-o", path("r"), KILLED.toString()).out());
    assertFits("repair", Run.of("repair", "--json", "-o", path("n"), NET.toString()).out());
  }

  @Test
  void record() throws IOException {
    List<String> words = new ArrayList<>(List.of("record", "--json", "-o", path("r.bin")));
    words.addAll(List.of("--until", "icount:1000", "--clock", "fixed", "--chdir"));
    words.addAll(List.of(String.valueOf(HELLO.getParent()), "--"));
    words.addAll(MachineVerb.options(HELLO));
    assertFits("record", MachineVerb.run(words).out());
  }

  @Test
  void replay_and_the_state_it_stops_in() throws IOException {
    List<String> machine = MachineVerb.options(HELLO);
    MachineVerb run = MachineVerb.replay(HELLO, machine, "--json", "--state", path("state"));
    assertFits("replay", run.out());
    assertFits("state", Files.readString(folder.resolve("state")));
  }

  @Test
  void replay_of_what_departs_from_the_log() throws IOException {
    Path log = MachineVerb.sample("g03_timer/s0-off.bin");
    List<String> machine = new ArrayList<>(MachineVerb.options(log));
    machine.set(machine.indexOf("-icount") + 1, "shift=0,sleep=on");
    MachineVerb run = MachineVerb.replay(log, machine, "--json");
    assertThat(run.status()).isEqualTo(1);
    assertFits("replay", run.out());
  }

  @Test
  void answers_of_every_kind_of_search() throws IOException {
    Path guest = MachineVerb.sample("g03_timer");
    List<List<String>> questions =
        List.of(
            List.of("--writes", "ticks"),
            List.of("--reads", "ticks,4"),
            List.of("--exec", "main"),
            List.of("--calls", "puts_"),
            List.of("--csr", "mcause"),
            List.of("--traps", "i7"),
            List.of("--console", "ticks"));
    for (List<String> question : questions) {
      List<String> words = new ArrayList<>(List.of("find", "--json", "--limit", "2"));
      words.addAll(question);
      words.addAll(
          List.of("--chdir", guest.toString(), guest.resolve("s3-on.bin").toString(), "--"));
      words.addAll(
          List.of("-M", "virt", "-bios", "none", "-kernel", "guest.elf", "-icount", "shift=3"));
      MachineVerb run = MachineVerb.run(words);
      assertThat(run.status()).as(question + run.error()).isZero();
      assertFits("find", run.out());
    }
  }

  @Test
  void a_line_of_a_trace() throws IOException {
    String[] lines =
        MachineVerb.replay(
                HELLO,
                MachineVerb.options(HELLO),
                "--trace=icount:0..200",
                "--trace-format",
                "jsonl")
            .out()
            .split("\n");
    assertThat(lines).hasSize(200);
    for (String line : lines) {
      assertFits("trace", line);
    }
  }
}
