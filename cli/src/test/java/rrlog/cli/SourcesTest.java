package rrlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rrlog.core.testing.Samples;

/** How sources look, as far as no other tool checks it. */
final class SourcesTest {
  private static final int MOST_LINES = 400;
  private static final Pattern FIRST_COMMENT =
      Pattern.compile("/\\*.*?\\*/|(?:^//[^\\n]*\\n)+", Pattern.DOTALL | Pattern.MULTILINE);

  /** A test with its annotations; data between them may hold anything but a semicolon. */
  private static final Pattern TEST =
      Pattern.compile(
          "@(?:Test|ParameterizedTest|TestFactory|RepeatedTest)\\b[^{;]*?"
              + "\\b(?:void|Stream<DynamicTest>|List<DynamicTest>)\\s+(\\w+)\\s*\\(");

  @ParameterizedTest
  @ValueSource(strings = {"core", "formats", "cli"})
  void the_name_of_a_test_is_a_sentence_with_underscores(String module) throws IOException {
    try (Stream<Path> files = Files.walk(Samples.root().resolve(module + "/src/test/java"))) {
      List<String> others =
          files
              .filter(file -> file.toString().endsWith("Test.java"))
              .flatMap(file -> TEST.matcher(text(file)).results().map(test -> test.group(1)))
              .filter(name -> name.matches(".*[a-z][A-Z].*"))
              .toList();

      assertThat(others).isEmpty();
    }
  }

  /** With the word "lines" or the words "one file" in its first comment. */
  @ParameterizedTest
  @ValueSource(strings = {"core", "formats", "cli"})
  void a_long_file_has_a_reason(String module) throws IOException {
    try (Stream<Path> files = Files.walk(Samples.root().resolve(module + "/src/main/java"))) {
      List<Path> unexplained =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(SourcesTest::isLong)
              .filter(file -> !reason(file).matches("(?s).*\\b(lines|one\\s+(\\*\\s+)?file)\\b.*"))
              .toList();

      assertThat(unexplained).isEmpty();
    }
  }

  private static boolean isLong(Path file) {
    return text(file).lines().count() > MOST_LINES;
  }

  private static String reason(Path file) {
    Matcher comment = FIRST_COMMENT.matcher(text(file));
    return comment.find() ? comment.group() : "";
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    }
  }
}
