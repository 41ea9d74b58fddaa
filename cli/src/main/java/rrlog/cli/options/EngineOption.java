package rrlog.cli.options;

import static rrlog.cli.options.Declared.option;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Who re-executes a log: rrlog's own machine, or a stock QEMU. */
public final class EngineOption {
  private static final String REFERENCE = "reference";
  private static final String QEMU = "qemu";
  private static final String PROGRAM = QEMU + "=";

  /** What a stock QEMU and its monitor can answer, and what is about this command alone. */
  private static final Set<String> KNOWN_TO_QEMU =
      Set.of(
          "--engine",
          "--until",
          "--state",
          "--console",
          "--json",
          "--force",
          "--chdir",
          "--dialect",
          "--dialect-a",
          "--dialect-b",
          "--ignore",
          "--ignore-values",
          "--guest-visible",
          "--context",
          "--all",
          "--hash-memory",
          "--color",
          "--quiet");

  private String engine = REFERENCE;

  private CommandSpec verb;

  @SuppressWarnings("NullAway.Init") // declare() sets verb before anything is asked
  public EngineOption() {}

  /** Declares the options. */
  public void declare(Declared options) {
    verb = options.command();
    options.word(
        option(
            "--engine",
            "ENGINE",
            "Who re-executes: reference (rrlog's machine), qemu[=PROGRAM]",
            "(a stock QEMU, watched from outside; for any machine)."),
        value -> engine = value);
  }

  /**
   * Whether a stock QEMU does.
   *
   * @throws UsageException where there is no such engine, or it does not know another option
   */
  public boolean isQemu() {
    if (!engine.equals(REFERENCE) && !engine.equals(QEMU) && !engine.startsWith(PROGRAM)) {
      throw new UsageException(
          "--engine " + engine + ": there are reference, qemu and qemu=PROGRAM");
    }
    if (engine.equals(REFERENCE)) {
      return false;
    }
    for (OptionSpec option : verb.commandLine().getParseResult().matchedOptions()) {
      if (!KNOWN_TO_QEMU.contains(option.longestName())) {
        throw new UsageException("--engine qemu knows no " + option.longestName());
      }
    }
    return true;
  }

  /** The program that was named, and what stands before or behind it. */
  public Optional<List<String>> program() {
    return engine.startsWith(PROGRAM)
        ? Optional.of(ShellWords.split(engine.substring(PROGRAM.length())))
        : Optional.empty();
  }
}
