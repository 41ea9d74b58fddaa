package rrlog.cli.options;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import rrlog.cli.io.FileException;
import rrlog.cli.io.FileNames;
import rrlog.cli.io.OutputFile;
import rrlog.cli.io.Terminal;

/** Where a verb writes its log to. */
public final class LogOutput {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "OUT",
      description = "File to write; - is standard output.")
  private Optional<String> output = Optional.empty();

  @Option(names = "--force", description = "Overwrite OUT if it exists.")
  private boolean force;

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
