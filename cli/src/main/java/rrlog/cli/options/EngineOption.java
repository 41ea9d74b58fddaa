package rrlog.cli.options;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Who re-executes a log: rrlog's own machine, or a stock QEMU. */
public final class EngineOption {
  private static final String REFERENCE = "reference";
  private static final String QEMU = "qemu";
  private static final String PROGRAM = QEMU + "=";

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      description = {
        "Who re-executes: reference (rrlog's machine), qemu[=PROGRAM]",
        "(a stock QEMU, watched from outside; for any machine)."
      })
  private String engine = REFERENCE;

  /**
   * Whether a stock QEMU does.
   *
   * @throws UsageException where there is no such engine
   */
  public boolean isQemu() {
    if (!engine.equals(REFERENCE) && !engine.equals(QEMU) && !engine.startsWith(PROGRAM)) {
      throw new UsageException(
          "--engine " + engine + ": there are reference, qemu and qemu=PROGRAM");
    }
    return !engine.equals(REFERENCE);
  }

  /** The program that was named, and what stands before or behind it. */
  public Optional<List<String>> program() {
    return engine.startsWith(PROGRAM)
        ? Optional.of(ShellWords.split(engine.substring(PROGRAM.length())))
        : Optional.empty();
  }
}
