package rrlog.core.log;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** All dialects, and how to find one. */
public final class Dialects {
  private static final List<Dialect> ALL = DialectHistory.tell();
  private static final Pattern RELEASE = Pattern.compile("\\d{1,6}(\\.\\d{1,6}){1,3}");

  private Dialects() {}

  /** All dialects, oldest first. */
  public static List<Dialect> all() {
    return ALL;
  }

  /** The newest dialect. */
  public static Dialect newest() {
    return ALL.getLast();
  }

  /** The dialects whose finished logs begin with a version word, oldest first. */
  public static List<Dialect> ofVersion(int version) {
    return ALL.stream().filter(dialect -> dialect.version() == version).toList();
  }

  /**
   * The dialect that a user names: an id such as {@code e0200c-b}, or a release such as {@code
   * qemu-7.2}, {@code qemu-4.1.1} or {@code 7.2}.
   */
  public static Optional<Dialect> named(String name) {
    String release = name.startsWith("qemu-") ? name.substring("qemu-".length()) : name;
    if (RELEASE.matcher(release).matches()) {
      return ALL.stream()
          .filter(d -> d.releases().filter(range -> range.contains(release)).isPresent())
          .findFirst();
    }
    return ALL.stream().filter(dialect -> dialect.id().equals(name)).findFirst();
  }
}
