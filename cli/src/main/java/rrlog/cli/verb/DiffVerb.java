package rrlog.cli.verb;

import static rrlog.cli.options.Declared.option;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import rrlog.cli.io.ClosedPipeException;
import rrlog.cli.io.ExitStatus;
import rrlog.cli.io.FileException;
import rrlog.cli.io.FileNames;
import rrlog.cli.io.Interruption;
import rrlog.cli.io.OpenLog;
import rrlog.cli.io.Terminal;
import rrlog.cli.options.Declared;
import rrlog.cli.options.EngineOption;
import rrlog.cli.options.EventNames;
import rrlog.cli.options.LimitSettings;
import rrlog.cli.options.LogArguments;
import rrlog.cli.options.MachineArguments;
import rrlog.cli.options.UsageException;
import rrlog.cli.render.ChangedFileText;
import rrlog.cli.render.json.DiffJson;
import rrlog.cli.render.text.DiffReport;
import rrlog.cli.render.text.InstructionText;
import rrlog.cli.render.text.MachinesApartText;
import rrlog.cli.render.text.QemuApartText;
import rrlog.cli.run.Replaying;
import rrlog.core.analysis.diff.DiffOptions;
import rrlog.core.analysis.diff.DiffSummary;
import rrlog.core.analysis.diff.Divergence;
import rrlog.core.analysis.diff.LogDiff;
import rrlog.core.analysis.diff.Side;
import rrlog.core.analysis.diff.SideException;
import rrlog.core.machine.board.virt.MachineConfig;
import rrlog.core.run.CannotReExecuteException;
import rrlog.core.run.MachinesApart;
import rrlog.core.run.ReExecution;
import rrlog.core.run.qemu.QemuApart;
import rrlog.core.run.timeline.FirstDifference;
import rrlog.core.run.timeline.SnapshotStore;
import rrlog.core.run.timeline.Timeline;
import rrlog.formats.archive.ArchivedFiles;

/** {@code rrlog diff}: where two runs part. */
final class DiffVerb extends Verb {
  private List<String> ignore = List.of();

  private List<String> ignoreValues = List.of();

  private boolean guestVisible;

  private int context = DiffOptions.DEFAULT.context();

  private boolean all;

  private boolean json;

  private Optional<String> dialectA = Optional.empty();

  private Optional<String> dialectB = Optional.empty();

  private final EngineOption engine = new EngineOption();

  private final MachineArguments machine = new MachineArguments();

  private List<String> words = List.of();

  private String fileA = "";
  private String fileB = "";
  private boolean byQemu;

  DiffVerb(Terminal terminal) {
    super(terminal);
  }

  @Override
  void declare(Declared options) {
    super.declare(options);
    options
        .help()
        .header("Finds where two runs part.")
        .customSynopsis("rrlog diff [OPTIONS] A B [-- QEMU-OPTIONS]")
        .description(
            "Finds where two runs part. Events are aligned on guest instructions executed, "
                + "so that logs which split the same instructions differently are equal.")
        .footer(
            "Examples:",
            "  rrlog diff a.bin b.bin",
            "  rrlog diff --ignore-values clock,random a.bin b.bin",
            "  rrlog diff --guest-visible --all a.bin b.bin | less",
            "  rrlog diff --engine qemu a.bin b.bin -- qemu-system-x86_64 -icount shift=3 ...",
            "  rrlog diff --json a.bin b.bin | jq -r .divergence.description",
            "",
            "--guest-visible leaves out clock readings and timer checkpoints, which QEMU's "
                + "main loop writes as the host's time goes, and the values of random bytes.",
            "--ignore instruction compares the order of events, not their icounts.",
            "Exit status: 0 no difference, 1 a difference, 2 not comparable.");
    options.words(
        option("--ignore", "K", "Leave out kinds (clock) or names (clock/host) on both sides.")
            .splitRegex(","),
        values -> ignore = values);
    options.words(
        option("--ignore-values", "K", "Compare only that they are there.").splitRegex(","),
        values -> ignoreValues = values);
    options.flag(
        "--guest-visible",
        "Compare what the guest can see: for one guest recorded twice.",
        on -> guestVisible = on);
    options.one(
        option("--context", "N", "Events before and after the first divergence (5)."),
        int.class,
        value -> context = value);
    options.flag("--all", "Go on after the first divergence and list all.", on -> all = on);
    options.flag("--json", "Print JSON.", on -> json = on);
    options.word(
        option(
            "--dialect-a",
            "D",
            "Read A as this dialect: an id (e0200c-b) or a release (qemu-7.2)."),
        value -> dialectA = Optional.of(value));
    options.word(
        option("--dialect-b", "D", "Read B as this dialect."),
        value -> dialectB = Optional.of(value));
    engine.declare(options);
    machine.declare(options);
    options.parameters("A B", "0..*", "Two logs; one may be -.", values -> words = values);
  }

  @Override
  public Integer call() throws IOException {
    List<String> files = machine.files(words);
    if (files.size() != 2) {
      throw new UsageException("two logs are expected, A and B");
    }
    fileA = files.get(0);
    fileB = files.get(1);
    if (machine.given() && files.contains(FileNames.STDIN)) {
      throw new UsageException("what is re-executed cannot be standard input");
    }
    if (fileA.equals(FileNames.STDIN) && fileB.equals(FileNames.STDIN)) {
      throw new UsageException("standard input cannot be both logs");
    }
    byQemu = engine.isQemu();
    DiffOptions options = options();
    var statedA = LogArguments.dialect(dialectA);
    var statedB = LogArguments.dialect(dialectB);
    try (OpenLog a = logs().open(fileA, statedA);
        OpenLog b = logs().open(fileB, statedB)) {
      return a.read(readerA -> b.read(readerB -> compare(a, b, options)));
    }
  }

  private DiffOptions options() {
    if (context < 0 || context > DiffOptions.MAX_CONTEXT) {
      throw new UsageException("--context is not between 0 and " + DiffOptions.MAX_CONTEXT);
    }
    DiffOptions stated =
        new DiffOptions(EventNames.filter(ignore), EventNames.filter(ignoreValues), context, all);
    return guestVisible ? stated.guestVisible() : stated;
  }

  private List<String> ignored() {
    List<String> names = new ArrayList<>(ignore);
    if (guestVisible) {
      DiffOptions.NOT_GUEST_VISIBLE.stream().filter(n -> !names.contains(n)).forEach(names::add);
    }
    return names;
  }

  private List<String> valuesIgnored() {
    List<String> names = new ArrayList<>(ignoreValues);
    if (guestVisible) {
      DiffOptions.ALWAYS_DIFFERENT.stream().filter(n -> !names.contains(n)).forEach(names::add);
    }
    return names;
  }

  private int compare(OpenLog a, OpenLog b, DiffOptions options) throws IOException {
    LogDiff diff = new LogDiff(a.reader(), b.reader(), options);
    if (machine.given()) {
      warnOfChangedFiles(a);
      warnOfChangedFiles(b);
    }
    try {
      return json ? json(diff) : text(diff, new DiffReport(terminal, palette(), a, b, all));
    } catch (SideException failure) {
      String name = failure.side() == Side.A ? a.shownName() : b.shownName();
      terminal.out().flush();
      throw new FileException(
          name, failure.getCause() instanceof IOException cause ? cause : failure);
    }
  }

  private void warnOfChangedFiles(OpenLog log) throws IOException {
    for (ArchivedFiles.Changed file : machine.changedFiles(log)) {
      terminal.error("rrlog: warning: " + log.shownName() + ": " + ChangedFileText.of(file));
    }
  }

  private int json(LogDiff diff) throws IOException {
    try (DiffJson report = new DiffJson(terminal, ignored(), valuesIgnored(), all)) {
      try {
        DiffSummary summary = diff.run(report);
        report.end(
            summary,
            machines(report.divergence()),
            firstInstruction(report.divergence()),
            byQemu(report.divergence()));
      } catch (ClosedPipeException gone) {
        // Whoever has read enough may still ask for the status.
        terminal.goOnWithoutReader();
      }
      return report.divergence().isEmpty() ? ExitStatus.OK : ExitStatus.FINDING;
    }
  }

  private int text(LogDiff diff, DiffReport report) throws IOException {
    try {
      DiffSummary summary = diff.run(report);
      report.end(summary, ignored(), valuesIgnored());
      Optional<QemuApart.Result> qemus = byQemu(report.divergence());
      if (qemus.isPresent()) {
        terminal.print(QemuApartText.of(qemus.get(), palette()));
      }
      Optional<MachinesApart> machines = machines(report.divergence());
      if (machines.isPresent()) {
        terminal.print(MachinesApartText.of(machines.get(), palette()));
        terminal.print(
            firstInstruction(report.divergence())
                .map(first -> MachinesApartText.of(first, palette()))
                .orElseGet(MachinesApartText::same));
      }
    } catch (ClosedPipeException gone) {
      terminal.goOnWithoutReader();
    }
    return report.divergence().isEmpty() ? ExitStatus.OK : ExitStatus.FINDING;
  }

  /** The machines where the runs part; empty where no machine is described, or they do not part. */
  private Optional<MachinesApart> machines(Optional<Divergence> divergence) throws IOException {
    if (byQemu || !machine.given() || divergence.isEmpty()) {
      return Optional.empty();
    }
    var statedA = LogArguments.dialect(dialectA);
    var statedB = LogArguments.dialect(dialectB);
    try (OpenLog a = logs().open(fileA, statedA);
        OpenLog b = logs().open(fileB, statedB)) {
      MachineConfig config = machine.choice(a, () -> logs().open(fileA, statedA)).config();
      return Optional.of(
          MachinesApart.at(
              a.reader(),
              divergence.get().a().position(),
              b.reader(),
              divergence.get().b().position(),
              config));
    } catch (CannotReExecuteException impossible) {
      throw Replaying.failure(fileA, impossible);
    }
  }

  /** Both machines as a stock QEMU has them, where that was asked for. */
  private Optional<QemuApart.Result> byQemu(Optional<Divergence> divergence) throws IOException {
    if (!byQemu || divergence.isEmpty()) {
      return Optional.empty();
    }
    terminal.out().flush();
    var statedA = LogArguments.dialect(dialectA);
    var statedB = LogArguments.dialect(dialectB);
    try (QemuReplaying a = QemuReplaying.of(logs(), fileA, statedA, engine, machine);
        QemuReplaying b = QemuReplaying.of(logs(), fileB, statedB, engine, machine);
        Interruption.Told toldA = Interruption.tell(a.replay()::stop);
        Interruption.Told toldB = Interruption.tell(b.replay()::stop)) {
      return Optional.of(
          QemuApart.of(
              a.replay(),
              divergence.get().a().position().icount(),
              b.replay(),
              divergence.get().b().position().icount()));
    }
  }

  /** The first instruction that makes the machines differ, before the logs do. */
  private Optional<FirstDifference<String>> firstInstruction(Optional<Divergence> divergence)
      throws IOException {
    if (byQemu || !machine.given() || divergence.isEmpty()) {
      return Optional.empty();
    }
    long most = LimitSettings.ofEnvironment().unpacked();
    try (OpenLog a = logs().openAnywhere(fileA, LogArguments.dialect(dialectA), most);
        OpenLog b = logs().openAnywhere(fileB, LogArguments.dialect(dialectB), most)) {
      MachineConfig config = machine.choice(a, a::again).config();
      long upTo =
          Math.min(
              divergence.get().a().position().icount(), divergence.get().b().position().icount());
      try (ReExecution runA = seekable(a, config);
          ReExecution runB = seekable(b, config)) {
        return FirstDifference.of(
            timeline(runA), timeline(runB), upTo, at -> new InstructionText(at).next());
      }
    }
  }

  private static ReExecution seekable(OpenLog log, MachineConfig config) throws IOException {
    return Replaying.seekable(log, config, Optional.empty(), OutputStream.nullOutputStream());
  }

  /** Half of the memory for snapshots is for each. */
  private static Timeline timeline(ReExecution run) {
    return new Timeline(
        run.machine(),
        run.player(),
        new Timeline.Keeping(0, Timeline.Keeping.DEFAULT.memory() / 2, SnapshotStore.NONE));
  }
}
