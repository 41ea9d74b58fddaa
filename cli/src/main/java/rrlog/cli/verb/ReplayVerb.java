package rrlog.cli.verb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rrlog.cli.io.ExitStatus;
import rrlog.cli.io.FileNames;
import rrlog.cli.io.OpenLog;
import rrlog.cli.io.Palette;
import rrlog.cli.io.Sink;
import rrlog.cli.io.Terminal;
import rrlog.cli.options.LogInput;
import rrlog.cli.options.MachineArguments;
import rrlog.cli.options.RangeOptions;
import rrlog.cli.options.TraceRange;
import rrlog.cli.options.UsageException;
import rrlog.cli.render.json.Json;
import rrlog.cli.render.json.ReplayDocument;
import rrlog.cli.render.json.StateDocument;
import rrlog.cli.render.text.DivergenceReport;
import rrlog.cli.render.text.InstructionText;
import rrlog.cli.render.text.MachineText;
import rrlog.cli.run.LikelyCause;
import rrlog.cli.run.Replaying;
import rrlog.core.analysis.LogPosition;
import rrlog.core.event.Position;
import rrlog.core.log.LogReader;
import rrlog.core.machine.board.virt.MachineConfig;
import rrlog.core.replay.Divergence;
import rrlog.core.replay.PlayResult;
import rrlog.core.replay.StopAt;

/** {@code rrlog replay}: re-executes a log on the reference machine. */
@Command(
    name = "replay",
    customSynopsis = "rrlog replay [OPTIONS] LOG -- QEMU-OPTIONS",
    description = {
      "Re-executes a log of qemu-system-riscv64 7.2 (-M virt, one CPU) on rrlog's own",
      "machine and checks every recorded event against what the machine does. Stops",
      "at the first divergence and shows the machine's state there."
    },
    footer = {
      "",
      "QEMU-OPTIONS are those of the recording, as they were typed. An archive that",
      "holds the command line needs none.",
      "",
      "Examples:",
      "  rrlog replay run.bin -- -M virt -bios none -kernel guest.elf \\",
      "      -icount shift=3,sleep=on -serial stdio",
      "  rrlog replay --until icount:1000000 --state - run.bin -- ... | jq .pc",
      "  rrlog replay --trace=icount:5000..5100 run.bin -- ...",
      "",
      "Exit status: 0 no divergence, 1 a divergence, 2 it could not be done."
    })
final class ReplayVerb extends Verb {
  @Option(
      names = "--until",
      paramLabel = "POS",
      converter = RangeOptions.PositionConverter.class,
      description = "Stop there: icount:N, event:N, offset:N; N is event:N.")
  private Optional<LogPosition> until = Optional.empty();

  @Option(
      names = "--state",
      paramLabel = "FILE",
      description = "Write registers, CSRs, hashes of RAM and console as JSON; - is stdout.")
  private Optional<String> state = Optional.empty();

  @Option(
      names = "--console",
      paramLabel = "FILE",
      description = "Serial output; - is stdout, the default on a terminal.")
  private Optional<String> console = Optional.empty();

  @Option(
      names = "--trace",
      arity = "0..1",
      paramLabel = "RANGE",
      parameterConsumer = TraceRange.Consumer.class,
      description = "Print executed instructions; RANGE is FROM..TO, icount:100..200.")
  private Optional<TraceRange> trace = Optional.empty();

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  @Option(names = "--force", description = "Overwrite FILE if it exists.")
  private boolean force;

  @Mixin private LogInput input = new LogInput();

  @Mixin private MachineArguments machine = new MachineArguments();

  @Parameters(paramLabel = "LOG", arity = "0..*", description = "The log.")
  private List<String> words = List.of();

  ReplayVerb(Terminal terminal) {
    super(terminal);
  }

  /** How the run ended, with what only the log's reader knows. */
  private record Outcome(PlayResult result, double seconds, Optional<Divergence> divergence) {
    PlayResult.Ended ended() {
      return divergence.isPresent() ? PlayResult.Ended.DIVERGENCE : result.ended();
    }

    long instructionsPerSecond() {
      return seconds == 0 ? 0 : (long) (result.icount() / seconds);
    }
  }

  @Override
  public Integer call() throws IOException {
    terminal.goOnWithoutReader();
    String file = machine.onlyFile(words, "LOG");
    List<String> toStdout = new ArrayList<>();
    state.filter(FileNames.STDIN::equals).ifPresent(name -> toStdout.add("--state -"));
    console.filter(FileNames.STDIN::equals).ifPresent(name -> toStdout.add("--console -"));
    if (json && !toStdout.isEmpty()) {
      throw new UsageException("--json and " + toStdout.getFirst() + " both want standard output");
    }
    try (OpenLog log = open(file);
        Sink stateFile = Sink.of(state, terminal, force, file);
        Sink consoleFile = Sink.of(consoleTarget(), terminal, force, file)) {
      MachineConfig config = machine.config(log);
      Replaying run = Replaying.of(log, config, consoleFile.stream());
      traced(run, file);
      Outcome outcome = log.read(reader -> play(run, reader));
      if (state.isPresent()) {
        Json.write(stateFile.stream(), StateDocument.of(run.machine().state(), outcome.ended()));
      }
      terminal.out().flush();
      consoleFile.commit();
      stateFile.commit();
      report(file, config, run, outcome, toStdout.isEmpty());
      return outcome.divergence().isPresent() ? ExitStatus.FINDING : ExitStatus.OK;
    }
  }

  private OpenLog open(String file) throws IOException {
    return logs().open(file, input.dialect());
  }

  /** Without a word from the user the console is live where somebody looks, else nowhere. */
  private Optional<String> consoleTarget() {
    boolean live = console.isEmpty() && !json && trace.isEmpty() && terminal.isTerminal();
    return live ? Optional.of(FileNames.STDIN) : console;
  }

  private void traced(Replaying run, String file) throws IOException {
    if (trace.isEmpty()) {
      return;
    }
    TraceRange range = trace.get();
    long from = icount(range.from(), file);
    long to = range.to().isPresent() ? icount(range.to().get(), file) : Long.MAX_VALUE;
    InstructionText text = new InstructionText(run.machine());
    run.trace(from, to, () -> traceLine(text.next()));
  }

  private void traceLine(String line) {
    if (json) {
      terminal.error(line);
      return;
    }
    try {
      terminal.print(line + "\n");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private long icount(LogPosition position, String file) throws IOException {
    try (OpenLog log = open(file)) {
      return log.read(reader -> TraceRange.icount(position, reader.cursor()));
    }
  }

  private Outcome play(Replaying run, LogReader reader) throws IOException {
    long start = System.nanoTime();
    PlayResult result = run.play(until.map(Replaying::stopAt).orElse(StopAt.END));
    double seconds = (System.nanoTime() - start) / 1e9;
    Optional<Divergence> divergence = result.divergence();
    if (divergence.isEmpty() && result.ended() != PlayResult.Ended.UNTIL) {
      divergence = damage(reader, result);
    }
    return new Outcome(result, seconds, divergence);
  }

  /** What is no event cannot be re-executed; but a killed QEMU leaves its last event unfinished. */
  private Optional<Divergence> damage(LogReader reader, PlayResult result) throws IOException {
    while (reader.cursor().next()) {
      // Nothing follows but, perhaps, the bytes that the reader stops at.
      continue;
    }
    boolean killed = reader.header().version() == 0;
    return switch (reader.ending()) {
      case END_EVENT -> Optional.empty();
      case BETWEEN_EVENTS -> Optional.empty();
      case INSIDE_EVENT -> killed ? Optional.empty() : Optional.of(undecodable(reader, result));
      case UNDECODABLE -> Optional.of(undecodable(reader, result));
    };
  }

  private static Divergence undecodable(LogReader reader, PlayResult result) {
    Position end = reader.cursor().position();
    return new Divergence(
        new Position(end.event(), end.offset(), result.icount()),
        Optional.empty(),
        "nothing",
        List.of(),
        List.of(),
        "from here on the log cannot be decoded: " + reader.cursor().problem());
  }

  private void report(
      String file, MachineConfig config, Replaying run, Outcome outcome, boolean onStdout)
      throws IOException {
    Optional<String> cause =
        outcome.result().divergence().isPresent()
            ? LikelyCause.of(outcome.result(), config, () -> open(file))
            : Optional.empty();
    if (json) {
      Json.print(
          terminal,
          new ReplayDocument(
              file,
              outcome.ended().label(),
              outcome.result().shutdown().map(shutdown -> shutdown.label()),
              outcome.result().icount(),
              outcome.result().events(),
              outcome.instructionsPerSecond(),
              outcome
                  .divergence()
                  .map(parting -> ReplayDocument.Divergence.of(parting, run.machine(), cause))));
      return;
    }
    Optional<DivergenceReport> report =
        outcome.divergence().map(parting -> new DivergenceReport(parting, run.machine(), cause));
    String text = text(file, config, run, outcome, report);
    if (onStdout) {
      terminal.print(text);
    } else {
      terminal.errorPart(text);
    }
  }

  private String text(
      String file,
      MachineConfig config,
      Replaying run,
      Outcome outcome,
      Optional<DivergenceReport> report)
      throws IOException {
    Palette palette = palette();
    PlayResult result = outcome.result();
    StringBuilder text = new StringBuilder();
    text.append(palette.bold()).append(file).append(palette.off()).append('\n');
    if (report.isPresent()) {
      text.append(report.get().summary(palette));
    } else {
      text.append(palette.good()).append("  no divergence ").append(palette.off());
      text.append(ended(outcome)).append('\n');
    }
    text.append(
        String.format(
            Locale.ROOT,
            "  instructions  %,d%n  events        %,d%n",
            result.icount(),
            result.events()));
    if (report.isPresent()) {
      details(file, config, run, outcome, report.get(), text);
    } else {
      text.append(
          String.format(
              Locale.ROOT,
              "  speed         %.1f million instructions/s (%.3f s)%n",
              outcome.instructionsPerSecond() / 1e6,
              outcome.seconds()));
    }
    return text.toString();
  }

  private static String ended(Outcome outcome) {
    return switch (outcome.ended()) {
      case UNTIL -> "up to the place asked for";
      case SHUTDOWN ->
          "to the end" + outcome.result().shutdown().map(c -> " (" + c.label() + ")").orElse("");
      case END_OF_LOG -> "to the end of the log, which has no end event or shutdown";
      case DIVERGENCE -> throw new IllegalArgumentException("reported otherwise");
    };
  }

  private void details(
      String file,
      MachineConfig config,
      Replaying run,
      Outcome outcome,
      DivergenceReport report,
      StringBuilder text)
      throws IOException {
    Palette palette = palette();
    MachineText shown = new MachineText(run.machine(), palette);
    section("registers", shown.registers(), text);
    section("code", shown.code(), text);
    try (OpenLog log = open(file)) {
      section("events", log.read(reader -> report.events(log, palette)), text);
    }
    if (outcome.result().divergence().isPresent()) {
      try (OpenLog log = open(file)) {
        section("last instructions", log.read(reader -> report.instructions(log, config)), text);
      }
    }
  }

  private void section(String title, String content, StringBuilder text) {
    if (!content.isEmpty()) {
      text.append('\n').append(palette().bold()).append(title).append(palette().off()).append('\n');
      text.append(content);
    }
  }
}
