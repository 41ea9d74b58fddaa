package rrlog.cli.verb;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;
import rrlog.cli.io.ExitStatus;
import rrlog.cli.io.FileException;
import rrlog.cli.io.OpenLog;
import rrlog.cli.io.Terminal;
import rrlog.cli.options.Declared;
import rrlog.cli.options.LogInput;
import rrlog.cli.render.LogSummary;
import rrlog.cli.render.json.InfoDocument;
import rrlog.cli.render.json.Json;
import rrlog.cli.render.text.InfoReport;
import rrlog.core.analysis.Summary;
import rrlog.core.log.Dialect;

/** {@code rrlog info}: one look at a log. */
final class InfoVerb extends Verb {
  private boolean json;

  private boolean verbose;

  private final LogInput input = new LogInput();

  private List<String> files = List.of();

  InfoVerb(Terminal terminal) {
    super(terminal);
  }

  @Override
  void declare(Declared options) {
    super.declare(options);
    options
        .help()
        .header("Says what wrote a log, how long it is, what is in it, and how it ended.")
        .customSynopsis("rrlog info [OPTIONS] FILE...")
        .description(
            "Says what wrote a log, how long it is, what is in it, and whether it ended " + "well.")
        .footer(
            "Examples:",
            "  rrlog info run.bin",
            "  rrlog info --json *.bin | jq '.[] | {file, dialect, events}'",
            "  zstdcat run.bin.zst | rrlog info -",
            "",
            "'detection' says how sure the dialect is: certain (no other dialect of the "
                + "version word decodes the log), likely, ambiguous, equivalent (several decode "
                + "it to the same events), stated. --verbose shows the evidence.");
    options.flag(
        "--json", "Print JSON: an object, or an array for several files.", on -> json = on);
    options.flag(
        OptionSpec.builder("-v", "--verbose")
            .description("Show what speaks for and against each dialect."),
        on -> verbose = on);
    input.declare(options);
    options.parameters("FILE", "1..*", "Log; - is standard input.", values -> files = values);
  }

  @Override
  public Integer call() throws IOException {
    Optional<Dialect> stated = input.dialect();
    List<InfoDocument> all = new ArrayList<>();
    int status = ExitStatus.OK;
    boolean first = true;
    for (String name : files) {
      try (OpenLog log = logs().open(name, stated)) {
        LogSummary told =
            log.read(reader -> new LogSummary(log, Summary.of(reader.cursor()), reader.drain()));
        if (json) {
          all.add(InfoDocument.of(told, verbose));
        } else {
          terminal.print(
              (first ? "" : "\n") + InfoReport.text(told, verbose, palette(), terminal.width()));
        }
        first = false;
      } catch (FileException failure) {
        terminal.error("rrlog: " + failure.getMessage());
        status = ExitStatus.FAILURE;
      }
    }
    if (json) {
      Json.printEach(terminal, files.size(), all);
    }
    return status;
  }
}
