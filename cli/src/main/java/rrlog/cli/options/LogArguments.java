package rrlog.cli.options;

import java.util.Optional;
import rrlog.core.log.Dialect;
import rrlog.core.log.Dialects;

/** What the names of dialects on the command line mean. */
public final class LogArguments {
  private LogArguments() {}

  /** The dialect that a user names; empty where the option was not given. */
  public static Optional<Dialect> dialect(Optional<String> name) {
    return name.map(
        given ->
            Dialects.named(given)
                .orElseThrow(
                    () ->
                        new UsageException(
                            "no dialect is called '" + given + "'; see rrlog dialects")));
  }
}
