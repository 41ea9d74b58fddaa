package rrlog.cli.verb;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rrlog.cli.io.ExitStatus;
import rrlog.cli.io.FileNames;
import rrlog.cli.io.OutputFile;
import rrlog.cli.io.Terminal;
import rrlog.cli.io.TwoPasses;
import rrlog.cli.options.LogInput;
import rrlog.cli.options.LogOutput;
import rrlog.cli.options.RangeOptions;
import rrlog.cli.options.UsageException;
import rrlog.cli.render.json.Json;
import rrlog.cli.render.json.SliceDocument;
import rrlog.core.analysis.LogPosition;
import rrlog.core.analysis.SliceMove;
import rrlog.core.analysis.SlicePlan;
import rrlog.core.analysis.SlicePlanner;
import rrlog.core.log.LogReader;
import rrlog.formats.slice.SliceFormat;

/** {@code rrlog slice}: a part of a log. */
@Command(
    name = "slice",
    header = "Cuts out a part of a log.",
    customSynopsis = "rrlog slice [OPTIONS] -o OUT FILE",
    description =
        "Cuts a log. With --to alone the start of the log, closed so that QEMU replays "
            + "it up to there and exits; with --from a part for analysis, which remembers "
            + "where it began in the original.",
    footer = {
      "Examples:",
      "  rrlog slice --to icount:120000 -o start.bin run.bin",
      "  rrlog slice --from event:500 --to event:900 -o part.rrs run.bin",
      "  rrlog slice --to 900 --for analysis -o start.bin run.bin",
      "",
      "icount:N inside an instruction event splits it. A cut that QEMU would not "
          + "replay is moved back to the nearest one that it does."
    })
final class SliceVerb extends Verb {
  /** What a slice is for. */
  enum Purpose {
    REPLAY,
    ANALYSIS;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(
      names = "--from",
      paramLabel = "POS",
      converter = RangeOptions.PositionConverter.class,
      description = "First event: event:N, icount:N, offset:N (0x.. too); N is event:N.")
  private Optional<LogPosition> from = Optional.empty();

  @Option(
      names = "--to",
      paramLabel = "POS",
      converter = RangeOptions.PositionConverter.class,
      description = "Stop before this event.")
  private Optional<LogPosition> to = Optional.empty();

  @Option(
      names = "--for",
      paramLabel = "WHAT",
      description = "replay: QEMU replays it; analysis: as it is. Without, analysis after --from.")
  private Optional<Purpose> purpose = Optional.empty();

  @Mixin private LogOutput output = new LogOutput();

  @Option(names = "--json", description = "Print what was cut as JSON.")
  private boolean json;

  @Mixin private LogInput input = new LogInput();

  @Parameters(paramLabel = "FILE", description = "Log.")
  private String file = "";

  SliceVerb(Terminal terminal) {
    super(terminal);
  }

  @Override
  public Integer call() throws IOException {
    boolean later = from.isPresent() && from.get().value() > 0;
    Purpose what = purpose.orElse(later ? Purpose.ANALYSIS : Purpose.REPLAY);
    if (later && what == Purpose.REPLAY) {
      throw new UsageException(
          "a slice that begins later cannot be replayed: --from goes with --for analysis");
    }
    TwoPasses passes = new TwoPasses(logs(), file, input.dialect());
    String name = output.name();
    jsonNeedsStandardOutput(json, name);
    try (OutputFile out = output.create(terminal, name, List.of(file))) {
      SlicePlan plan = passes.first(log -> plan(log, what));
      passes.second(plan.dialect(), log -> SliceFormat.write(plan, log, out.stream()));
      out.commit();
      tell(plan, what, name);
      wrote(out, counted(plan.events(), "event"), "");
    }
    return ExitStatus.OK;
  }

  private SlicePlan plan(LogReader log, Purpose what) throws IOException {
    return what == Purpose.REPLAY
        ? SlicePlanner.forReplay(log, to)
        : SlicePlanner.forAnalysis(log, from, to);
  }

  private void tell(SlicePlan plan, Purpose what, String name) throws IOException {
    if (plan.moved().isPresent()) {
      SliceMove move = plan.moved().get();
      terminal.error(
          "rrlog: "
              + FileNames.shown(file)
              + ": cut at "
              + plan.end().position()
              + " instead of "
              + move.wanted().position()
              + ": "
              + move.reason());
    }
    if (json) {
      Json.print(
          terminal,
          SliceDocument.of(FileNames.text(file), FileNames.text(name), what.toString(), plan));
    }
  }
}
