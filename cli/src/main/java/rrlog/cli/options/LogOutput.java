package rrlog.cli.options;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;
import rrlog.cli.io.FileException;
import rrlog.cli.io.FileNames;
import rrlog.cli.io.OutputFile;
import rrlog.cli.io.Terminal;

/** Where a verb writes its log to. */
public final class LogOutput {
  private Optional<String> output = Optional.empty();

  private boolean force;

  /** Declares the options. */
  public void declare(Declared options) {
    options.word(
        OptionSpec.builder("-o", "--output")
            .paramLabel("OUT")
            .description("File to write; - is standard output."),
        value -> output = Optional.of(value));
    options.flag("--force", "Overwrite OUT if it exists.", on -> force = on);
  }

  /**
   * The name of the file.
   *
   * @throws UsageException where the user gives none
   */
  public String name() {
    return output.orElseThrow(
        () ->
            new UsageException(
                "the file to write is missing: -o OUT, or -o - for standard output"));
  }

  /** The name of the file, standard output where the user gives none. */
  public String nameOrStandardOutput() {
    return output.orElse(FileNames.STDIN);
  }

  /**
   * Starts the file.
   *
   * @param name one of the names above
   * @param inputs files being read, none of which may be the target
   */
  public OutputFile create(Terminal terminal, String name, List<String> inputs)
      throws FileException {
    return OutputFile.create(terminal, name, force, inputs);
  }
}
