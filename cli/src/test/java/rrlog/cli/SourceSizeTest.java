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

/**
 * A file of more than 400 lines says in its first comment why it is one file: with the word "lines"
 * or the words "one file".
 */
final class SourceSizeTest {
  private static final int MOST_LINES = 400;
  private static final Pattern FIRST_COMMENT =
      Pattern.compile("/\\*.*?\\*/|(?:^//[^\\n]*\\n)+", Pattern.DOTALL | Pattern.MULTILINE);

  @ParameterizedTest
  @ValueSource(strings = {"core", "formats", "cli"})
  void a_long_file_has_a_reason(String module) throws IOException {
    try (Stream<Path> files = Files.walk(Samples.root().resolve(module + "/src/main/java"))) {
      List<Path> unexplained =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(SourceSizeTest::isLong)
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
