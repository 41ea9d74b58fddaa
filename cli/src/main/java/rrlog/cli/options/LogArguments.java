package rrlog.cli.options;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import rrlog.core.log.Dialect;
import rrlog.core.log.Dialects;

/** What the names of dialects on the command line mean. */
public final class LogArguments {
  private LogArguments() {}

  /** The dialect that a user names; empty where the option was not given. */
  public static Optional<Dialect> dialect(Optional<String> name) {
    return name.map(LogArguments::only);
  }

  private static Dialect only(String name) {
    List<Dialect> meant = all(name);
    if (meant.size() > 1) {
      throw new UsageException(
          name
              + " is the version of "
              + meant.stream().map(Dialect::id).collect(Collectors.joining(", "))
              + "; name one of them");
    }
    return meant.getFirst();
  }

  /** The dialects that a user names: one, or all of a version word. */
  public static List<Dialect> all(String name) {
    List<Dialect> meant = Dialects.allNamed(name);
    if (meant.isEmpty()) {
      throw new UsageException("no dialect is called '" + name + "'; see rrlog dialects");
    }
    return meant;
  }
}
