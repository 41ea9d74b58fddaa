package rrlog.cli.options;

import static rrlog.cli.options.Declared.option;

import java.util.Optional;
import rrlog.core.log.Dialect;

/** How the logs that a verb reads are read. */
public final class LogInput {
  private Optional<String> dialect = Optional.empty();

  /** Declares the options. */
  public void declare(Declared options) {
    options.word(
        option(
            "--dialect",
            "D",
            "Read the log as this dialect: an id (e0200c-b) or a release (qemu-7.2)."),
        value -> dialect = Optional.of(value));
  }

  /** The dialect where the user states it. */
  public Optional<Dialect> dialect() {
    return LogArguments.dialect(dialect);
  }
}
