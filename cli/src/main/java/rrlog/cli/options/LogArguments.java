package rrlog.cli.options;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import rrlog.core.log.Dialect;
import rrlog.core.log.Dialects;
import rrlog.core.qemu.Release;

/** What the names of dialects on the command line mean. */
public final class LogArguments {
  private static final Pattern RELEASE = Pattern.compile("(qemu-|v)?\\d+\\.\\d+(\\.\\d+)*");

  private LogArguments() {}

  /** The dialect that a user names; empty where the option was not given. */
  public static Optional<Dialect> dialect(Optional<String> name) {
    return name.map(LogArguments::dialect);
  }

  private static Dialect dialect(String name) {
    List<Dialect> meant = dialects(name);
    if (meant.size() > 1) {
      throw new UsageException(
          "several dialects have the version "
              + name
              + ": "
              + meant.stream().map(Dialect::id).collect(Collectors.joining(", ")));
    }
    return meant.getFirst();
  }

  /**
   * The dialects that a user means by an id ({@code e0200c-b}), a release that was published
   * ({@code qemu-7.2}, {@code 7.2.22}), or a version word ({@code 0xe0200c}); at least one.
   */
  public static List<Dialect> dialects(String name) {
    String word = name.toLowerCase(Locale.ROOT);
    List<Dialect> meant =
        RELEASE.matcher(word).matches()
            ? Release.named(word).map(r -> Dialects.allNamed(r.toString())).orElse(List.of())
            : Dialects.allNamed(word);
    if (meant.isEmpty()) {
      throw unknown(name, word);
    }
    return meant;
  }

  private static UsageException unknown(String name, String word) {
    boolean release = RELEASE.matcher(word).matches();
    return new UsageException(
        (release ? "there is no QEMU release " : "no dialect is called ")
            + "'"
            + name
            + "'"
            + (release
                ? ""
                : Suggestion.of(word, Dialects.all().stream().map(Dialect::id).toList()))
            + " (rrlog dialects lists all)");
  }
}
