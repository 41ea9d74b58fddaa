package rrlog.cli.verb;

import static rrlog.cli.options.Declared.option;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import rrlog.cli.io.ExitStatus;
import rrlog.cli.io.FileException;
import rrlog.cli.io.FileNames;
import rrlog.cli.io.OpenLog;
import rrlog.cli.io.OutputFile;
import rrlog.cli.io.Terminal;
import rrlog.cli.io.TwoPasses;
import rrlog.cli.options.Declared;
import rrlog.cli.options.LimitSettings;
import rrlog.cli.options.LogInput;
import rrlog.cli.options.LogOutput;
import rrlog.cli.options.MachineArguments;
import rrlog.cli.options.RangeOptions;
import rrlog.cli.options.UsageException;
import rrlog.cli.render.json.Json;
import rrlog.cli.render.json.SliceDocument;
import rrlog.cli.run.Replaying;
import rrlog.core.analysis.LogPosition;
import rrlog.core.analysis.SliceMove;
import rrlog.core.analysis.SlicePlan;
import rrlog.core.analysis.SlicePlanner;
import rrlog.core.event.Position;
import rrlog.core.log.LogReader;
import rrlog.core.machine.board.virt.MachineConfig;
import rrlog.core.replay.Divergence;
import rrlog.core.replay.PartStart;
import rrlog.core.replay.PlayResult;
import rrlog.core.run.Outcome;
import rrlog.core.run.ReExecution;
import rrlog.core.run.look.Until;
import rrlog.core.run.timeline.Whole;
import rrlog.core.state.StateTree;
import rrlog.formats.slice.SliceFormat;
import rrlog.formats.slice.SliceState;
import rrlog.formats.snapshot.SnapshotFile;
import rrlog.formats.snapshot.SnapshotHeader;

/** {@code rrlog slice}: a part of a log. */
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

  private Optional<LogPosition> from = Optional.empty();

  private Optional<LogPosition> to = Optional.empty();

  private Optional<Purpose> purpose = Optional.empty();

  private final LogOutput output = new LogOutput();

  private boolean json;

  private final LogInput input = new LogInput();

  private final MachineArguments machine = new MachineArguments();

  private List<String> words = List.of();

  private String file = "";

  SliceVerb(Terminal terminal) {
    super(terminal);
  }

  @Override
  void declare(Declared options) {
    super.declare(options);
    options
        .help()
        .header("Cuts out a part of a log.")
        .customSynopsis("rrlog slice [OPTIONS] -o OUT FILE [-- QEMU-OPTIONS]")
        .description(
            "Cuts a log. With --to alone the start of the log, closed so that QEMU replays "
                + "it up to there and exits; with --from a part for analysis, which remembers "
                + "where it began in the original. With QEMU's options after --, that part carries "
                + "the machine's state at its begin, so that rrlog re-executes it.")
        .footer(
            "Examples:",
            "  rrlog slice --to icount:120000 -o start.bin run.bin",
            "  rrlog slice --from event:500 --to event:900 -o part.rrs run.bin",
            "  rrlog slice --to 900 --for analysis -o start.bin run.bin",
            "  rrlog slice --from icount:120000 -o late.rrs run.bin -- -M virt ...",
            "",
            "icount:N inside an instruction event splits it. A cut that QEMU would not "
                + "replay is moved back to the nearest one that it does.");
    RangeOptions.declareEnds(
        options, value -> from = Optional.of(value), value -> to = Optional.of(value));
    options.one(
        option(
            "--for",
            "WHAT",
            "replay: QEMU replays it; analysis: as it is. Without, analysis after --from."),
        Purpose.class,
        value -> purpose = Optional.of(value));
    output.declare(options);
    options.flag("--json", "Print what was cut as JSON.", on -> json = on);
    input.declare(options);
    machine.declare(options);
    options.parameters("FILE", "1..*", "Log.", values -> words = values);
  }

  @Override
  public Integer call() throws IOException {
    file = machine.onlyLog(words, "FILE");
    boolean later = from.isPresent() && from.get().value() > 0;
    Purpose what = purpose.orElse(later ? Purpose.ANALYSIS : Purpose.REPLAY);
    if (later && what == Purpose.REPLAY) {
      throw new UsageException(
          "a slice that begins later cannot be replayed: --from goes with --for analysis");
    }
    if (machine.given() && what == Purpose.REPLAY) {
      throw new UsageException(
          "QEMU's options are for a slice that begins later (--from): one from the start"
              + " re-executes without a state");
    }
    TwoPasses passes = new TwoPasses(logs(), file, input.dialect());
    String name = output.name();
    jsonNeedsStandardOutput(json, name);
    try (OutputFile out = output.create(terminal, name, List.of(file))) {
      Begin begin = machine.given() ? begin(passes) : new Begin(from, Optional.empty());
      SlicePlan plan = passes.first(log -> plan(log, what, begin.from()));
      Optional<SliceState> state = begin.state().isPresent() ? begin.state() : carried(plan);
      passes.second(plan.dialect(), log -> SliceFormat.write(plan, state, log, out.stream()));
      out.commit();
      tell(plan, what, name, state);
      wrote(out, counted(plan.events(), "event"), "");
    }
    return ExitStatus.OK;
  }

  /** Where the slice begins, and the machine's state there. */
  private record Begin(Optional<LogPosition> from, Optional<SliceState> state) {}

  /** Re-executes the log up to where the slice begins. */
  private Begin begin(TwoPasses passes) throws IOException {
    LogPosition wanted = from.orElse(LogPosition.START);
    Position asked = passes.first(log -> plan(log, Purpose.ANALYSIS, from)).start().position();
    try (OpenLog log =
        logs().openAnywhere(file, input.dialect(), LimitSettings.ofEnvironment().unpacked())) {
      MachineConfig config = machine.choice(log, log::again).config();
      try (ReExecution run =
          Replaying.seekable(
              log, config, machine.carried(log, config), OutputStream.nullOutputStream())) {
        run.machine().hart().translate(Replaying.effort());
        Outcome outcome = log.read(reader -> run.play(Until.at(wanted)));
        Optional<String> parts = outcome.divergence().map(Divergence::description);
        if (parts.isPresent()) {
          throw new FileException(
              log.shownName(),
              "the run departs from the log at icount "
                  + outcome.result().icount()
                  + ", before "
                  + wanted
                  + ": "
                  + parts.get());
        }
        PartStart start =
            run.beginHere()
                .filter(place -> outcome.ended() == PlayResult.Ended.UNTIL)
                .orElseThrow(
                    () ->
                        new FileException(
                            log.shownName(), wanted + " lies behind the end of the run"));
        Position here = start.position();
        if (!here.equals(asked) && !quiet()) {
          terminal.error(
              "rrlog: "
                  + log.shownName()
                  + ": begins at "
                  + here
                  + " instead of "
                  + asked
                  + ": the machine stops between instructions");
        }
        SnapshotHeader header =
            new SnapshotHeader(machine.stateHash(here, config), here.icount(), here.event());
        StateTree state = StateTree.save(new Whole(run.machine(), run.player()));
        return new Begin(
            Optional.of(
                start.splits()
                    ? new LogPosition(LogPosition.Unit.ICOUNT, here.icount())
                    : new LogPosition(LogPosition.Unit.EVENT, here.event())),
            Optional.of(SliceState.of(new SnapshotFile(header, state), config.release())));
      }
    }
  }

  /** The state that the log itself carries, where the slice begins like it. */
  private Optional<SliceState> carried(SlicePlan plan) throws IOException {
    try (OpenLog log = logs().open(file, input.dialect())) {
      if (log.file().carried().isEmpty()) {
        return Optional.empty();
      }
      if (log.reader().origin().equals(Optional.of(plan.start().position()))) {
        return log.file().carriedOn();
      }
      terminal.error(
          "rrlog: "
              + log.shownName()
              + ": the slice begins later than the state that this log carries, and has none; with"
              + " QEMU's options after -- it gets one");
      return Optional.empty();
    }
  }

  private SlicePlan plan(LogReader log, Purpose what, Optional<LogPosition> first)
      throws IOException {
    return what == Purpose.REPLAY
        ? SlicePlanner.forReplay(log, to)
        : SlicePlanner.forAnalysis(log, first, to);
  }

  private void tell(SlicePlan plan, Purpose what, String name, Optional<SliceState> state)
      throws IOException {
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
          SliceDocument.of(
              FileNames.text(file),
              FileNames.text(name),
              what.toString(),
              plan,
              state.map(SliceState::about)));
    }
  }
}
