package rrlog.cli.verb;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import rrlog.cli.io.FileException;
import rrlog.cli.io.FileNames;
import rrlog.cli.io.LogOpener;
import rrlog.cli.io.OpenLog;
import rrlog.cli.io.Palette;
import rrlog.cli.options.EngineOption;
import rrlog.cli.options.MachineArguments;
import rrlog.cli.options.UsageException;
import rrlog.cli.render.ChangedFileText;
import rrlog.cli.render.text.EventsAround;
import rrlog.cli.run.LogDiagnoses;
import rrlog.cli.run.LogPlace;
import rrlog.core.analysis.Summary;
import rrlog.core.analysis.TranslatedLog;
import rrlog.core.analysis.doctor.Diagnosis;
import rrlog.core.analysis.doctor.FailureCause;
import rrlog.core.analysis.doctor.QemuCommand;
import rrlog.core.log.Dialect;
import rrlog.core.log.Dialects;
import rrlog.core.log.MalformedLogException;
import rrlog.core.log.ReleaseRange;
import rrlog.core.qemu.Release;
import rrlog.core.run.qemu.FailurePlace;
import rrlog.core.run.qemu.InstalledQemu;
import rrlog.core.run.qemu.KeptFolder;
import rrlog.core.run.qemu.QemuOutcome;
import rrlog.core.run.qemu.QemuReplay;
import rrlog.core.run.qemu.ReplayCommand;
import rrlog.formats.archive.ArchivedFiles;
import rrlog.formats.file.LogFormats;

/** Re-execution by a stock QEMU, with the command line's files, options and messages. */
final class QemuReplaying implements AutoCloseable {
  private final LogOpener logs;
  private final String file;
  private final Optional<Dialect> dialect;
  private final MachineArguments machine;
  private final ReplayCommand command;
  private final KeptFolder folder;
  private final QemuReplay replay;

  /** Whether something is wrong in the log right where it was left. */
  private boolean logIsWrong;

  /** Whether the command line and the log contradict each other, or QEMU said what is wrong. */
  private boolean explained;

  private QemuReplaying(
      LogOpener logs,
      String file,
      Optional<Dialect> dialect,
      MachineArguments machine,
      ReplayCommand command,
      KeptFolder folder,
      Path plain) {
    this.logs = logs;
    this.file = file;
    this.dialect = dialect;
    this.machine = machine;
    this.command = command;
    this.folder = folder;
    this.replay = new QemuReplay(command, folder, plain, () -> logs.open(file, dialect));
  }

  /**
   * A re-execution that has not begun.
   *
   * @param file the log, which is read more than once
   * @param dialect the one that the user states
   * @throws UsageException where the machine is not described
   * @throws IOException where the log cannot be read, or is none that QEMU can replay
   */
  static QemuReplaying of(
      LogOpener logs,
      String file,
      Optional<Dialect> dialect,
      EngineOption engine,
      MachineArguments machine)
      throws IOException {
    try (OpenLog log = logs.open(file, dialect)) {
      if (log.reader().origin().isPresent()) {
        throw new FileException(
            log.shownName(), "begins in the middle of another log; QEMU replays from the start");
      }
      ReplayCommand command = command(engine, machine, log);
      KeptFolder folder = KeptFolder.make();
      try {
        return new QemuReplaying(
            logs, file, dialect, machine, command, folder, plain(log, file, folder));
      } catch (IOException | RuntimeException failure) {
        folder.close();
        throw failure;
      }
    }
  }

  private static ReplayCommand command(EngineOption engine, MachineArguments machine, OpenLog log)
      throws IOException {
    List<String> words = new ArrayList<>(machine.typed(log));
    Path folder = machine.folder();
    Optional<List<String>> first =
        words.isEmpty() || words.getFirst().startsWith("-")
            ? Optional.empty()
            : Optional.of(List.of(words.removeFirst()));
    List<String> program =
        engine
            .program()
            .or(() -> first)
            .or(
                () ->
                    InstalledQemu.forOptions(
                        QemuCommand.of(words), folder, log.reader().dialect().releases()))
            .orElseThrow(
                () ->
                    new UsageException(
                        "which QEMU? --engine qemu=qemu-system-riscv64, or its name before the"
                            + " options; neither the log nor these options tell the machine"));
    ReplayCommand command = new ReplayCommand(program, words, folder);
    if (!command.hasIcount()) {
      throw new UsageException("-icount is missing: QEMU's options as they were when recording");
    }
    return command;
  }

  /** The log as QEMU wrote it: the file itself, or one that is made from it. */
  private static Path plain(OpenLog log, String file, KeptFolder folder) throws IOException {
    boolean itself =
        log.file().format().name().equals("qemu") && log.file().compression().isEmpty();
    if (itself) {
      return FileNames.path(file);
    }
    Path made = folder.path().resolve("log");
    try (OutputStream out = Files.newOutputStream(made)) {
      log.read(
          reader -> {
            LogFormats.named("qemu").orElseThrow().write(reader, out);
            return made;
          });
    }
    return made;
  }

  /** What runs it. */
  QemuReplay replay() {
    return replay;
  }

  /** The program, in words. */
  List<String> program() {
    return command.program();
  }

  /** What the log holds at a place. */
  FailureCause.Due due(FailurePlace place) throws IOException {
    try (OpenLog log = logs.open(file, dialect)) {
      return log.read(reader -> LogPlace.at(reader.cursor(), place));
    }
  }

  /** The events around one of them, for people. */
  String eventsAround(long event, Palette palette) throws IOException {
    try (OpenLog log = logs.open(file, dialect)) {
      return log.read(reader -> EventsAround.lines(log, event, palette));
    }
  }

  /** Instructions that the log has in all. */
  long length() throws IOException {
    try (OpenLog log = logs.open(file, dialect)) {
      return log.read(reader -> Summary.of(reader.cursor()).instructions());
    }
  }

  /**
   * Why it failed, the likeliest cause first; empty where it did not fail.
   *
   * @param due what the log holds where it was left
   */
  List<Diagnosis> causes(QemuOutcome outcome, Optional<FailureCause.Due> due) throws IOException {
    Optional<FailureCause.Failure> failure = failure(outcome.ended());
    if (failure.isEmpty()) {
      return List.of();
    }
    Optional<QemuCommand> options = Optional.of(QemuCommand.of(command.options()));
    List<Diagnosis> known = LogDiagnoses.of(logs, file, dialect, options);
    long there = due.map(place -> place.position().event()).orElse(-1L);
    logIsWrong =
        known.stream()
            .flatMap(finding -> finding.position().stream())
            .anyMatch(position -> position.event() == there);
    List<Diagnosis> causes =
        new ArrayList<>(FailureCause.of(failure.get(), outcome.said(), due, known));
    causes.addAll(0, changedFiles());
    Optional<Diagnosis> other = otherRelease(outcome.version());
    explained =
        other.isPresent()
            || FailureCause.isExplained(outcome.said())
            || known.stream().anyMatch(QemuReplaying::explains)
            || causes.stream().anyMatch(cause -> cause.code().equals("file-changed"));
    if (other.isPresent()) {
      causes.removeIf(cause -> cause.code().equals(other.get().code()));
      causes.add(logIsWrong ? causes.size() : 0, other.get());
    }
    return causes;
  }

  /**
   * What on the command line or in the log is not as it was, found by trying, and what is left
   * where that finds nothing; nothing where it is known already.
   */
  Optional<Diagnosis> tried(FailurePlace place, FailureCause.Due due) throws IOException {
    if (explained || logIsWrong) {
      return Optional.empty();
    }
    Optional<Diagnosis> found = replay.tried(place, due.position().event(), length());
    return found.isPresent() || replay.stopped() ? found : Optional.of(otherGuest());
  }

  private Diagnosis otherGuest() throws IOException {
    Map<String, Path> files = ArchivedFiles.named(command.options(), command.folder());
    FileTime recorded = Files.getLastModifiedTime(FileNames.path(file));
    List<String> younger = new ArrayList<>();
    for (Map.Entry<String, Path> one : files.entrySet()) {
      if (Files.getLastModifiedTime(one.getValue()).compareTo(recorded) > 0) {
        younger.add(one.getKey());
      }
    }
    return FailureCause.otherGuest(List.copyOf(files.keySet()), younger);
  }

  /** Files that an archive knows by their hashes, and that have others now. */
  private List<Diagnosis> changedFiles() throws IOException {
    try (OpenLog log = logs.open(file, dialect)) {
      return machine.changedFiles(log).stream()
          .map(
              changed ->
                  new Diagnosis(
                      Diagnosis.Severity.ERROR,
                      "file-changed",
                      Optional.empty(),
                      ChangedFileText.of(changed),
                      "replay with the file of the recording"))
          .toList();
    }
  }

  /** Where the QEMU is of a release that does not read the log: which one does. */
  private Optional<Diagnosis> otherRelease(Optional<String> told) throws IOException {
    Optional<Release> release =
        told.or(() -> InstalledQemu.version(program())).flatMap(Release::named);
    try (OpenLog log = logs.open(file, dialect)) {
      Dialect written = log.reader().dialect();
      if (release.isEmpty()
          || written.releases().stream().anyMatch(r -> r.contains(release.get()))) {
        return Optional.empty();
      }
      Optional<Dialect> wanted = Dialects.named("qemu-" + release.get());
      boolean same = wanted.filter(other -> other.version() == written.version()).isPresent();
      boolean sure =
          switch (log.reader().detection().certainty()) {
            case STATED, CERTAIN -> true;
            case LIKELY, EQUIVALENT, AMBIGUOUS -> false;
          };
      String converted =
          wanted.isPresent() && converts(wanted.get())
              ? "; rrlog convert --to qemu --dialect qemu-"
                  + release.get()
                  + " -o OUT LOG loses nothing, but the machine of another release may go another"
                  + " way"
              : "; the log says things that QEMU " + release.get() + " has no words for";
      String releases =
          written.releases().map(ReleaseRange::toString).orElse("a release in between");
      return Optional.of(
          new Diagnosis(
              same ? Diagnosis.Severity.WARNING : Diagnosis.Severity.ERROR,
              "other-release",
              Optional.empty(),
              "this is QEMU "
                  + release.get()
                  + (sure
                      ? ", and the log is one of QEMU "
                      : ", and the log looks like one of QEMU ")
                  + releases,
              "take one of these releases" + (same ? "" : converted)));
    }
  }

  /** Whether a log can be said in another dialect without a loss. */
  private boolean converts(Dialect wanted) throws IOException {
    try (OpenLog log = logs.open(file, dialect);
        TranslatedLog translated = new TranslatedLog(log.reader(), wanted, false)) {
      translated.transferTo(OutputStream.nullOutputStream());
      return true;
    } catch (MalformedLogException impossible) {
      return false;
    }
  }

  /** What is wrong with the command line, alone or for this log. */
  private static boolean explains(Diagnosis known) {
    return known.severity() == Diagnosis.Severity.ERROR && known.position().isEmpty();
  }

  private static Optional<FailureCause.Failure> failure(QemuOutcome.Ended ended) {
    return switch (ended) {
      case SHUTDOWN, UNTIL, INTERRUPTED -> Optional.empty();
      case STANDSTILL -> Optional.of(FailureCause.Failure.STANDSTILL);
      case ERROR, CRASH -> Optional.of(FailureCause.Failure.END);
      case REFUSED -> Optional.of(FailureCause.Failure.REFUSAL);
    };
  }

  @Override
  public void close() throws IOException {
    folder.close();
  }
}
