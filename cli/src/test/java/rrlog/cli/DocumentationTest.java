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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import rrlog.cli.options.ShellWords;
import rrlog.core.testing.Samples;

/** The documentation shows what the program prints, and the schema fits what it writes. */
class DocumentationTest {
  /** A console block: the command after "$ ", and what it printed; "..." where it was cut. */
  private static final Pattern EXAMPLE =
      Pattern.compile("```console\\n\\$ rrlog ([^\\n|>]*)\\n(.*?)```", Pattern.DOTALL);

  @TestFactory
  Stream<DynamicTest> examplesPrintWhatIsShown() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    try (Stream<Path> pages = Files.list(Samples.root().resolve("docs"))) {
      for (Path page : pages.filter(p -> p.toString().endsWith(".md")).sorted().toList()) {
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
    }
    assertThat(tests).hasSizeGreaterThan(15);
    return tests.stream();
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
  void linesOfEverySampleFitTheSchema() throws IOException {
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
