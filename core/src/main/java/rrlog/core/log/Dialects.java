package rrlog.core.log;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** All dialects, and how to find one. */
public final class Dialects {
  private static final List<Dialect> ALL = DialectHistory.tell();
  private static final String QEMU = "qemu-";
  private static final Pattern VERSION_WORD = Pattern.compile("0[xX][0-9a-fA-F]{1,7}");
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
   * The dialect that a user names: an id such as {@code e0200c-b}, a release such as {@code
   * qemu-7.2}, {@code QEMU-4.1.1} or {@code 7.2}, or a version word that is one dialect's alone
   * such as {@code 0xe0200a}.
   *
   * @return empty where it is none of them, or a release that never was
   */
  public static Optional<Dialect> named(String name) {
    List<Dialect> meant = allNamed(name);
    return meant.size() == 1 ? Optional.of(meant.getFirst()) : Optional.empty();
  }

  /** The same, but for a version word all dialects that have it, oldest first. */
  public static List<Dialect> allNamed(String name) {
    if (VERSION_WORD.matcher(name).matches()) {
      return ofVersion(Integer.parseInt(name.substring(2), 16));
    }
    String release =
        name.regionMatches(true, 0, QEMU, 0, QEMU.length()) ? name.substring(QEMU.length()) : name;
    if (RELEASE.matcher(release).matches()) {
      return ALL.stream()
          .filter(d -> d.releases().filter(range -> range.contains(release)).isPresent())
          .toList();
    }
    return ALL.stream().filter(dialect -> dialect.id().equals(name)).toList();
  }
}
