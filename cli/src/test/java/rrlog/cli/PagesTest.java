package rrlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import rrlog.core.testing.Samples;

/** No page and no comment points at something that a clone does not have. */
final class PagesTest {
  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
  private static final Pattern NAMED =
      Pattern.compile("(?<![\\w/.])(?:docs|samples|core|formats|cli)/[\\w./-]*\\w");

  @Test
  void every_link_leads_somewhere() {
    List<String> broken = new ArrayList<>();
    for (Path page : pages()) {
      for (String link : found(LINK, text(page))) {
        if (!link.contains("://") && !leadsSomewhere(page, link)) {
          broken.add(name(page) + ": " + link);
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void every_file_that_a_page_or_a_comment_names_is_there() {
    List<String> missing = new ArrayList<>();
    Stream.concat(pages().stream(), sources().stream())
        .forEach(
            file -> {
              for (String named : found(NAMED, text(file))) {
                if (!named.contains("/target/") && !Files.exists(Samples.root().resolve(named))) {
                  missing.add(name(file) + ": " + named);
                }
              }
            });
    assertThat(missing).isEmpty();
  }

  private static boolean leadsSomewhere(Path page, String link) {
    int hash = link.indexOf('#');
    Path target = hash == 0 ? page : page.resolveSibling(hash < 0 ? link : link.substring(0, hash));
    return Files.exists(target)
        && (hash < 0
            || text(target)
                .lines()
                .filter(line -> line.startsWith("#"))
                .anyMatch(line -> anchor(line).equals(link.substring(hash + 1))));
  }

  /** What GitHub makes of a heading. */
  private static String anchor(String heading) {
    return heading
        .replaceFirst("^#+ ", "")
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N} _-]", "")
        .replace(' ', '-');
  }

  private static List<Path> pages() {
    List<Path> pages = new ArrayList<>(under(".", 1, ".md"));
    pages.addAll(under("docs", 3, ".md"));
    pages.addAll(under("samples", 1, ".md"));
    pages.removeIf(page -> page.endsWith("CHANGELOG.md"));
    return pages;
  }

  private static List<Path> sources() {
    return Stream.of("core/src", "formats/src", "cli/src")
        .flatMap(folder -> under(folder, 20, ".java").stream())
        .toList();
  }

  private static List<Path> under(String folder, int depth, String end) {
    try (Stream<Path> files = Files.walk(Samples.root().resolve(folder), depth)) {
      return files.filter(file -> file.toString().endsWith(end)).sorted().toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static List<String> found(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map((MatchResult found) -> found.groupCount() > 0 ? found.group(1) : found.group())
        .distinct()
        .toList();
  }

  private static String name(Path file) {
    return Samples.root().relativize(file.normalize()).toString();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
