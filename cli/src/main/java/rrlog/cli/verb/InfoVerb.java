package rrlog.cli.verb;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rrlog.cli.io.ExitStatus;
import rrlog.cli.io.FileException;
import rrlog.cli.io.OpenLog;
import rrlog.cli.io.Terminal;
import rrlog.cli.options.LogArguments;
import rrlog.cli.render.LogSummary;
import rrlog.cli.render.json.InfoJson;
import rrlog.cli.render.json.Json;
import rrlog.cli.render.text.InfoReport;
import rrlog.core.analysis.Summary;
import rrlog.core.log.Dialect;
import tools.jackson.databind.node.ArrayNode;

/** {@code rrlog info}: one look at a log. */
@Command(
    name = "info",
    description = "One look at a log: what wrote it, how long, what is in it, did it end well.",
    footer = {
      "",
      "Examples:",
      "  rrlog info run.bin",
      "  rrlog info --json *.bin | jq '.[] | {file, dialect, events}'",
      "  zstdcat run.bin.zst | rrlog info -",
      "",
      "'detection' says how sure the dialect is: certain (no other dialect of the",
      "version word decodes the log), likely, ambiguous, equivalent (several decode",
      "it to the same events), stated. --verbose shows the evidence."
    })
final class InfoVerb extends Verb {
  @Option(names = "--json", description = "Print JSON: an object, or an array for several files.")
  private boolean json;

  @Option(
      names = {"-v", "--verbose"},
      description = "Show what speaks for and against each dialect.")
  private boolean verbose;

  @Option(
      names = "--dialect",
      paramLabel = "D",
      description = "Read the log as this dialect: an id (e0200c-b) or a release (qemu-7.2).")
  private Optional<String> dialect = Optional.empty();

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Log; - is standard input.")
  private List<String> files = List.of();

  InfoVerb(Terminal terminal) {
    super(terminal);
  }

  @Override
  public Integer call() throws IOException {
    Optional<Dialect> stated = LogArguments.dialect(dialect);
    ArrayNode all = Json.array();
    int status = ExitStatus.OK;
    boolean first = true;
    for (String name : files) {
      try (OpenLog log = logs().open(name, stated)) {
        LogSummary told =
            log.read(reader -> new LogSummary(log, Summary.of(reader.cursor()), reader.drain()));
        if (json) {
          all.add(InfoJson.of(told, verbose));
        } else {
          terminal.print((first ? "" : "\n") + InfoReport.text(told, verbose, palette()));
        }
        first = false;
      } catch (FileException failure) {
        terminal.error("rrlog: " + failure.getMessage());
        status = ExitStatus.FAILURE;
      }
    }
    if (json && files.size() > 1) {
      Json.print(terminal, all);
    } else if (json && !all.isEmpty()) {
      Json.print(terminal, all.get(0));
    }
    return status;
  }
}
