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
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import rrlog.cli.options.ShellWords;
import rrlog.core.testing.Samples;

/** The documentation shows what the program prints, and the schema fits what it writes. */
class DocumentationTest {
  /** A console block: the command after "$ ", and what it printed; "..." where it was cut. */
  private static final Pattern EXAMPLE =
      Pattern.compile("```console\\n\\$ (?:\\./)?rrlog ([^\\n|>]*)\\n(.*?)```", Pattern.DOTALL);

  /** Verbs whose examples have something to report. */
  private static final Set<String> FINDING_SOMETHING = Set.of("diff", "doctor");

  private static final Pattern SCRIPT = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);

  @TestFactory
  Stream<DynamicTest> examples_print_what_is_shown() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Path page : pages()) {
      Matcher example = EXAMPLE.matcher(Files.readString(page));
      while (example.find()) {
        String command = example.group(1);
        String shown = example.group(2);
        if (command.contains("samples/")
            || command.contains("--help")
            || command.startsWith("dialects")) {
          tests.add(
              DynamicTest.dynamicTest(
                  page.getFileName() + ": rrlog " + command, () -> check(command, shown)));
        }
      }
    }
    assertThat(tests).hasSizeGreaterThan(20);
    return tests.stream();
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(Samples.root().resolve("README.md")));
    try (Stream<Path> docs = Files.list(Samples.root().resolve("docs"))) {
      docs.filter(page -> page.toString().endsWith(".md")).sorted().forEach(pages::add);
    }
    return pages;
  }

  /** The README's commands in their order; what one writes, a later one may read. */
  @Test
  void commands_of_the_readme_work(@TempDir Path folder) throws IOException {
    int commands = 0;
    Matcher block = SCRIPT.matcher(Files.readString(Samples.root().resolve("README.md")));
    while (block.find()) {
      for (String line : block.group(1).lines().filter(l -> l.startsWith("./rrlog ")).toList()) {
        String[] args = words(line.replaceFirst(" +#.*", ""), folder);
        Run run = Run.of(args);
        assertThat(run.status())
            .as(line + " " + run.error())
            .isEqualTo(FINDING_SOMETHING.contains(args[0]) ? 1 : 0);
        commands++;
      }
    }
    assertThat(commands).isGreaterThan(6);
  }

  /** The words of a line behind the program's name; files lie in the checkout or the folder. */
  private static String[] words(String line, Path folder) {
    List<String> words = new ArrayList<>();
    for (String word : ShellWords.split(line).stream().skip(1).toList()) {
      if (word.contains("*")) {
        Samples.logs("logs").stream()
            .filter(log -> log.toString().endsWith(word.substring(word.lastIndexOf('*') + 1)))
            .forEach(log -> words.add(log.toString()));
      } else if (word.startsWith("samples/")) {
        words.add(Samples.root().resolve(word).toString());
      } else if (word.matches("[\\w.-]+\\.(bin|jsonl|rra)")) {
        words.add(folder.resolve(word).toString());
      } else {
        words.add(word);
      }
    }
    return words.toArray(String[]::new);
  }

  private static void check(String command, String shown) {
    String samples = Samples.root() + "/samples/";
    String[] args =
        ShellWords.split(command).stream()
            .map(word -> word.startsWith("samples/") ? Samples.root() + "/" + word : word)
            .toArray(String[]::new);
    Run run = Run.of(args);
    String printed = (run.out() + run.error()).replace(samples, "samples/");
    int cut = shown.indexOf("...\n");
    boolean wasCut = cut >= 0 && cut + 4 == shown.length();
    if (wasCut) {
      assertThat(printed).startsWith(shown.substring(0, cut));
    } else {
      assertThat(printed.stripTrailing()).isEqualTo(shown.stripTrailing());
    }
  }

  @Test
  void lines_of_every_sample_fit_the_schema() throws IOException {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(
                Files.readString(Samples.root().resolve("docs/schema/rrlog-jsonl-1.schema.json")),
                InputFormat.JSON);
    for (Path log : VerbsTest.samples()) {
      Run run = Run.of("convert", "--to", "jsonl", log.toString());
      // Of every sort of event a few lines of each log: what differs is in the first ones.
      List<String> lines =
          run.out()
              .lines()
              .filter(line -> !line.contains("checkpoint/clock") || line.hashCode() % 64 == 0)
              .limit(400)
              .toList();
      for (String line : lines) {
        assertThat(schema.validate(line, InputFormat.JSON)).as(line).isEmpty();
      }
    }
    assertThat(schema.validate("{\"event\":1,\"name\":\"nonsense\"}", InputFormat.JSON))
        .isNotEmpty();
  }
}
