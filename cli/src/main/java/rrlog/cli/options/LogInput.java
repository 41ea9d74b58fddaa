package rrlog.cli.options;

import java.util.Optional;
import picocli.CommandLine.Option;
import rrlog.core.log.Dialect;

/** How the logs that a verb reads are read. */
public final class LogInput {
  @Option(
      names = "--dialect",
      paramLabel = "D",
      description = "Read the log as this dialect: an id (e0200c-b) or a release (qemu-7.2).")
  private Optional<String> dialect = Optional.empty();

  /** The dialect where the user states it. */
  public Optional<Dialect> dialect() {
    return LogArguments.dialect(dialect);
  }
}
