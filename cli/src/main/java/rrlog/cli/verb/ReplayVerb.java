package rrlog.cli.verb;

import static rrlog.cli.options.Declared.option;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import rrlog.cli.io.ExitStatus;
import rrlog.cli.io.FileNames;
import rrlog.cli.io.OpenLog;
import rrlog.cli.io.OutputFile;
import rrlog.cli.io.Progress;
import rrlog.cli.io.Sink;
import rrlog.cli.io.Terminal;
import rrlog.cli.options.Declared;
import rrlog.cli.options.EngineOption;
import rrlog.cli.options.LimitSettings;
import rrlog.cli.options.LogInput;
import rrlog.cli.options.LookingOptions;
import rrlog.cli.options.MachineArguments;
import rrlog.cli.options.MemoryHashes;
import rrlog.cli.options.MemoryPiece;
import rrlog.cli.options.ReplaySnapshots;
import rrlog.cli.options.SymbolOptions;
import rrlog.cli.options.TraceFormat;
import rrlog.cli.options.TraceRange;
import rrlog.cli.options.UsageException;
import rrlog.cli.render.ChangedFileText;
import rrlog.cli.render.LikelyCauseText;
import rrlog.cli.render.TranslationCheckText;
import rrlog.cli.render.json.Json;
import rrlog.cli.render.json.ReplayDocument;
import rrlog.cli.render.json.StateDocument;
import rrlog.cli.render.text.DivergenceReport;
import rrlog.cli.render.text.ReplayText;
import rrlog.cli.run.Replaying;
import rrlog.core.analysis.LogPosition;
import rrlog.core.machine.board.virt.MachineConfig;
import rrlog.core.machine.board.virt.VirtMachine;
import rrlog.core.machine.riscv.hart.TranslationEffort;
import rrlog.core.qemu.Behaviour;
import rrlog.core.replay.PlayResult;
import rrlog.core.run.LikelyCauses;
import rrlog.core.run.Outcome;
import rrlog.core.run.ReExecution;
import rrlog.core.run.ReleaseChoice;
import rrlog.core.run.TranslationCheck;
import rrlog.core.run.look.Until;
import rrlog.core.run.look.Visit;
import rrlog.formats.archive.ArchivedFiles;

/**
 * {@code rrlog replay}: re-executes a log on the reference machine. More than 400 lines in one
 * file: a third of them are its options and their words.
 */
final class ReplayVerb extends Verb {
  private final LookingOptions looking = new LookingOptions();

  private Optional<String> state = Optional.empty();

  private Optional<String> console = Optional.empty();

  private Optional<TraceRange> trace = Optional.empty();

  private TraceFormat traceFormat = TraceFormat.TEXT;

  /** Whether guest code is translated to the JVM's. */
  enum Translating {
    /** What is executed often. */
    AUTO,
    /** Nothing. */
    OFF,
    /** As {@link #AUTO}, after a run that compares it with {@link #OFF}. */
    CHECK;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private Translating translating = Translating.AUTO;

  private boolean json;

  private boolean force;

  private final EngineOption engine = new EngineOption();

  private final MemoryHashes hashes = new MemoryHashes();

  private final Measuring measuring = new Measuring();

  private final SymbolOptions symbols = new SymbolOptions();

  private final ReplaySnapshots snapshots = new ReplaySnapshots();

  private final LogInput input = new LogInput();

  private final MachineArguments machine = new MachineArguments();

  private List<String> words = List.of();

  ReplayVerb(Terminal terminal) {
    super(terminal);
  }

  @Override
  void declare(Declared options) {
    super.declare(options);
    options
        .help()
        .header("Re-executes a log and stops where the run departs from it.")
        .customSynopsis("rrlog replay [OPTIONS] [LOG] -- QEMU-OPTIONS")
        .description(
            "Re-executes a log of qemu-system-riscv64 (-M virt, one CPU) on rrlog's own "
                + "machine and checks every recorded event against what the machine does. Stops "
                + "at the first divergence and shows the machine's state there.")
        .footer(
            "Examples:",
            "  rrlog replay run.bin -- -M virt -bios none -kernel guest.elf -icount "
                + "shift=3,sleep=on -serial stdio",
            "  rrlog replay --until icount:1000000 --state - run.bin -- ... | jq .pc",
            "  rrlog replay --trace=icount:5000..5100 run.bin -- ...",
            "",
            "QEMU-OPTIONS are those of the recording, as they were typed. An archive that "
                + "holds the command line needs none.",
            "Exit status: 0 no divergence, 1 a divergence, 2 it could not be done.");
    looking.declare(options);
    options.word(
        option(
            "--state",
            "FILE",
            "Write registers, CSRs, hashes of RAM and console as JSON; - is stdout."),
        value -> state = Optional.of(value));
    options.word(
        option("--console", "FILE", "Serial output; - is stdout, the default on a terminal."),
        value -> console = Optional.of(value));
    options.one(
        option(
                "--trace",
                "RANGE",
                "Print executed instructions; RANGE is FROM..TO, icount:100..200.")
            .arity("0..1")
            .parameterConsumer(new TraceRange.Consumer()),
        TraceRange.class,
        value -> trace = Optional.of(value));
    options.one(
        option(
            "--trace-format", "FORMAT", "Lines of --trace: text, spike (its commit log), jsonl."),
        TraceFormat.class,
        value -> traceFormat = value);
    options.one(
        option(
            "--translate",
            "HOW",
            "Translate guest code: ${COMPLETION-CANDIDATES}; auto unless said otherwise.",
            "check: replay twice at once first, with and without, and compare."),
        Translating.class,
        value -> translating = value);
    options.flag("--json", "Print the result as JSON.", on -> json = on);
    options.flag("--force", "Overwrite FILE if it exists.", on -> force = on);
    engine.declare(options);
    hashes.declare(options);
    measuring.declare(options);
    symbols.declare(options);
    snapshots.declare(options);
    input.declare(options);
    machine.declare(options);
    options.parameters("LOG", "0..*", "The log.", values -> words = values);
  }

  /** How the run ended, and how long it took. */
  private record Timed(Outcome outcome, long executed, double seconds) {
    long instructionsPerSecond() {
      return seconds == 0 ? 0 : (long) (executed / seconds);
    }
  }

  @Override
  public Integer call() throws IOException {
    terminal.goOnWithoutReader();
    String file = machine.onlyFile(words, "LOG");
    List<String> toStdout = new ArrayList<>();
    state.filter(FileNames.STDIN::equals).ifPresent(name -> toStdout.add("--state -"));
    console.filter(FileNames.STDIN::equals).ifPresent(name -> toStdout.add("--console -"));
    List<MemoryPiece> memory = looking.memory();
    memory.stream()
        .filter(piece -> piece.file().equals(FileNames.STDIN))
        .forEach(piece -> toStdout.add("--memory " + piece.text()));
    if (trace.isPresent() && traceFormat != TraceFormat.TEXT) {
      toStdout.add("--trace-format " + traceFormat);
    }
    if (!looking.places().isEmpty() && state.isEmpty()) {
      throw new UsageException("--at tells where --state looks, which is missing");
    }
    if (json && !toStdout.isEmpty()) {
      throw new UsageException("--json and " + toStdout.getFirst() + " both want standard output");
    }
    if (engine.isQemu()) {
      if (trace.isPresent()) {
        // An option with a consumer of its own is not among those that the parser tells.
        throw new UsageException("--engine qemu knows no --trace");
      }
      return byQemu(file, toStdout.isEmpty());
    }
    hashes.needsQemu();
    snapshots.check();
    try (OpenLog log = snapshots.given() ? openAnywhere(file) : open(file);
        Sink stateFile = Sink.of(state, terminal, force, file);
        Sink consoleFile = Sink.of(consoleTarget(), terminal, force, file)) {
      ReleaseChoice choice = machine.choice(log, () -> open(file), looking.latest());
      List<ArchivedFiles.Changed> changed = machine.changedFiles(log);
      changed.forEach(other -> terminal.error("rrlog: warning: " + ChangedFileText.of(other)));
      choice.config().warnings().forEach(what -> terminal.error("rrlog: warning: " + what));
      if (translating == Translating.CHECK && !translatesRight(file, choice.config())) {
        return ExitStatus.FINDING;
      }
      try (ReExecution run = run(log, choice.config(), consoleFile)) {
        run.machine()
            .firmware()
            .filter(firmware -> firmware.installed() && !quiet())
            .ifPresent(firmware -> terminal.error("rrlog: -bios default: this host's " + firmware));
        run.machine().hart().translate(effort());
        symbols.addTo(run.machine());
        Tracing tracing = traced(run, file);
        measuring.start(run.machine(), tracing);
        Until until = looking.until(run.machine());
        List<StateDocument> states = new ArrayList<>();
        Visit.Regularly writing =
            snapshots.writes()
                ? snapshots.writing(
                    run, machine.recordingHash(log, choice.config()), choice.config())
                : Visit.Regularly.NEVER;
        Timed timed = log.read(reader -> play(run, until, tracing, states, writing));
        Outcome outcome = timed.outcome();
        if (!looking.places().isEmpty()) {
          Json.write(stateFile.stream(), states);
        } else if (state.isPresent()) {
          Json.write(stateFile.stream(), StateDocument.of(run.machine().state(), outcome.ended()));
        }
        for (MemoryPiece piece : memory) {
          write(piece, run, file);
        }
        measuring.write(run.machine(), choice.config(), this, force, file);
        terminal.out().flush();
        consoleFile.commit();
        stateFile.commit();
        consoleFile.file().ifPresent(written -> wrote(written, "console", ""));
        stateFile.file().ifPresent(written -> wrote(written, "state", ""));
        if (!quiet() && snapshots.writes()) {
          terminal.error("rrlog: wrote " + counted(snapshots.written().size(), "snapshot"));
        }
        report(file, choice, run, timed, changed, toStdout.isEmpty());
        return outcome.divergence().isPresent() ? ExitStatus.FINDING : ExitStatus.OK;
      }
    }
  }

  private int byQemu(String file, boolean onStdout) throws IOException {
    Optional<Long> until = looking.icount("--engine qemu");
    try (Sink stateFile = Sink.of(state, terminal, force, file);
        Sink consoleFile = Sink.of(consoleTarget(), terminal, force, file)) {
      ReplayByQemu run;
      try (QemuReplaying replaying =
              QemuReplaying.of(logs(), file, input.dialect(), engine, machine);
          Progress progress = progress(replaying, file)) {
        hashes.pieces().forEach(piece -> replaying.replay().hash(piece.start(), piece.length()));
        run = ReplayByQemu.run(replaying, until, consoleFile.stream(), true, progress);
      }
      stateFile.stream().write(run.state().getBytes(StandardCharsets.UTF_8));
      terminal.out().flush();
      consoleFile.commit();
      stateFile.commit();
      consoleFile.file().ifPresent(written -> wrote(written, "console", ""));
      stateFile.file().ifPresent(written -> wrote(written, "registers", ""));
      if (json) {
        run.print(terminal, file);
      } else if (onStdout) {
        terminal.print(run.text(file, palette()));
      } else {
        terminal.errors(run.text(file, palette()));
      }
      return run.status();
    }
  }

  /** Not where the guest's console is on the same terminal. */
  private Progress progress(QemuReplaying replaying, String file) throws IOException {
    boolean shown = showsProgress() && consoleTarget().isEmpty();
    return new Progress(terminal, file, shown ? replaying.length() : 0, shown);
  }

  private TranslationEffort effort() {
    return translating == Translating.OFF ? TranslationEffort.NONE : Replaying.effort();
  }

  private boolean translatesRight(String file, MachineConfig config) throws IOException {
    try (OpenLog one = open(file);
        OpenLog other = open(file);
        ReExecution translated = again(one, config);
        ReExecution plain = again(other, config)) {
      Optional<TranslationCheck.Apart> apart =
          one.read(reader -> TranslationCheck.run(translated, plain, effort(), looking.latest()));
      apart.ifPresent(where -> terminal.error("rrlog: " + TranslationCheckText.of(where)));
      return apart.isEmpty();
    }
  }

  private ReExecution run(OpenLog log, MachineConfig config, Sink console) throws IOException {
    if (!snapshots.resumes()) {
      return Replaying.of(log, config, machine.carried(log, config), console.stream());
    }
    ReExecution run =
        Replaying.seekable(log, config, machine.carried(log, config), console.stream());
    snapshots.resume(run, machine.recordingHash(log, config), config);
    return run;
  }

  private ReExecution again(OpenLog log, MachineConfig config) throws IOException {
    return Replaying.of(log, config, machine.carried(log, config), OutputStream.nullOutputStream());
  }

  private OpenLog openAnywhere(String file) throws IOException {
    return logs().openAnywhere(file, input.dialect(), LimitSettings.ofEnvironment().unpacked());
  }

  private OpenLog open(String file) throws IOException {
    return logs().openToRun(file, input.dialect(), LimitSettings.ofEnvironment().unpacked());
  }

  /** Without a word from the user the console is live where somebody looks, else nowhere. */
  private Optional<String> consoleTarget() {
    boolean live = console.isEmpty() && !json && trace.isEmpty() && terminal.isTerminal();
    return live ? Optional.of(FileNames.STDIN) : console;
  }

  private Tracing traced(ReExecution run, String file) throws IOException {
    Tracing tracing = new Tracing(run);
    if (trace.isPresent()) {
      TraceRange range = trace.get();
      long from = icount(range.from(), file);
      long to = range.to().isPresent() ? icount(range.to().get(), file) : Long.MAX_VALUE;
      OutputStream out = json ? terminal.errorStream() : terminal.out();
      tracing.write(traceFormat, from, to, out);
    }
    return tracing;
  }

  private long icount(LogPosition position, String file) throws IOException {
    try (OpenLog log = open(file)) {
      return log.read(reader -> TraceRange.icount(position, reader.cursor()));
    }
  }

  private Timed play(
      ReExecution run,
      Until until,
      Tracing tracing,
      List<StateDocument> states,
      Visit.Regularly writing)
      throws IOException {
    long start = System.nanoTime();
    long before = run.machine().icount();
    Set<Integer> seen = new HashSet<>();
    Outcome outcome =
        Visit.of(
            run,
            until,
            tracing.traps(),
            looking.stops(),
            place -> {
              seen.add(place);
              states.add(StateDocument.of(run.machine().state(), PlayResult.Ended.UNTIL));
            },
            writing);
    tracing.flush();
    for (int place = 0; place < looking.places().size(); place++) {
      if (!seen.contains(place)) {
        terminal.error("rrlog: warning: the run ends before " + looking.places().get(place));
      }
    }
    long executed = run.machine().icount() - before;
    return new Timed(outcome, executed, (System.nanoTime() - start) / 1e9);
  }

  private void write(MemoryPiece piece, ReExecution run, String file) throws IOException {
    try (OutputFile to = OutputFile.create(terminal, piece.file(), force, List.of(file))) {
      piece.write(run.machine(), to.stream());
      to.commit();
      wrote(to, "memory", "");
    }
  }

  private void report(
      String file,
      ReleaseChoice choice,
      ReExecution run,
      Timed timed,
      List<ArchivedFiles.Changed> changed,
      boolean onStdout)
      throws IOException {
    Outcome outcome = timed.outcome();
    Optional<String> cause =
        outcome.result().divergence().isPresent()
            ? cause(file, choice, run.machine(), outcome, changed)
            : Optional.empty();
    if (json) {
      Json.print(
          terminal,
          new ReplayDocument(
              FileNames.text(file),
              outcome.ended().label(),
              outcome.result().shutdown().map(shutdown -> shutdown.label()),
              outcome.result().guest().label(),
              outcome.result().icount(),
              outcome.result().events(),
              timed.instructionsPerSecond(),
              choice.config().release().toString(),
              choice.from().label(),
              Behaviour.of(choice.config().release()).measured(),
              changed.stream().map(ReplayDocument.ChangedFile::of).toList(),
              snapshots.written(),
              outcome
                  .divergence()
                  .map(parting -> ReplayDocument.Divergence.of(parting, run.machine(), cause))));
      return;
    }
    Optional<DivergenceReport> report =
        outcome.divergence().map(parting -> new DivergenceReport(parting, run.machine(), cause));
    String text =
        new ReplayText(
                file, palette(), choice, run, () -> open(file), log -> again(log, choice.config()))
            .text(
                outcome, report, timed.instructionsPerSecond(), timed.seconds(), measuring.table());
    if (onStdout) {
      terminal.print(text);
    } else {
      terminal.errors(text);
    }
  }

  /** A file that is another one comes first: the settings were archived, they are not guessed. */
  private Optional<String> cause(
      String file,
      ReleaseChoice choice,
      VirtMachine machine,
      Outcome outcome,
      List<ArchivedFiles.Changed> changed)
      throws IOException {
    return changed.isEmpty()
        ? LikelyCauses.of(outcome.result(), machine, choice.config(), () -> open(file))
            .map(LikelyCauseText::of)
        : Optional.of(changed.stream().map(ChangedFileText::of).collect(Collectors.joining("; ")));
  }
}
