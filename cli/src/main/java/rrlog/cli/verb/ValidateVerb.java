package rrlog.cli.verb;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import rrlog.cli.io.ExitStatus;
import rrlog.cli.io.FileException;
import rrlog.cli.io.FileNames;
import rrlog.cli.io.OpenLog;
import rrlog.cli.io.Palette;
import rrlog.cli.io.Progress;
import rrlog.cli.io.Terminal;
import rrlog.cli.options.Declared;
import rrlog.cli.options.EngineOption;
import rrlog.cli.options.LimitSettings;
import rrlog.cli.options.LogInput;
import rrlog.cli.options.MachineArguments;
import rrlog.cli.options.UsageException;
import rrlog.cli.render.ChangedFileText;
import rrlog.cli.render.json.Json;
import rrlog.cli.render.json.ValidateDocument;
import rrlog.cli.render.text.QemuReplayText;
import rrlog.cli.run.Replaying;
import rrlog.core.analysis.Problem;
import rrlog.core.analysis.Problem.Severity;
import rrlog.core.analysis.Validator;
import rrlog.core.event.Position;
import rrlog.core.log.Dialect;
import rrlog.core.log.LogReader;
import rrlog.core.machine.board.virt.MachineConfig;
import rrlog.core.replay.StopAt;
import rrlog.core.run.ReExecution;
import rrlog.core.run.qemu.QemuOutcome;
import rrlog.formats.archive.api.Archive;
import rrlog.formats.archive.api.Damage;

/** {@code rrlog validate}: would a replaying emulator choke on this log? */
final class ValidateVerb extends Verb {
  private boolean json;

  private final EngineOption engine = new EngineOption();

  private final LogInput input = new LogInput();

  private final MachineArguments machine = new MachineArguments();

  private List<String> words = List.of();

  ValidateVerb(Terminal terminal) {
    super(terminal);
  }

  @Override
  void declare(Declared options) {
    super.declare(options);
    options
        .help()
        .header("Checks a log for what a replaying emulator would choke on.")
        .customSynopsis("rrlog validate [OPTIONS] FILE... [-- QEMU-OPTIONS]")
        .description(
            "Decodes everything and checks what a replaying emulator would choke on. "
                + "Warnings leave a log valid. With QEMU's options after --, or in an archive, "
                + "the log is also re-executed on the reference machine (see rrlog replay); with "
                + "--engine qemu by a stock QEMU: does it replay it, to the end?")
        .footer(
            "Examples:",
            "  rrlog validate run.bin && qemu-system-x86_64 ... rr=replay,rrfile=run.bin",
            "  rrlog validate run.bin -- -M virt -bios none -kernel fw.elf -icount shift=3",
            "  rrlog validate --engine qemu run.bin -- qemu-system-aarch64 -M virt -icount ...",
            "  rrlog validate --json run.bin | jq -r '.problems[].message'",
            "",
            "Exit status: 0 valid, 1 not valid (or not replayed), 2 not readable, or no QEMU.");
    options.flag(
        "--json", "Print JSON: an object, or an array for several files.", on -> json = on);
    engine.declare(options);
    input.declare(options);
    machine.declare(options);
    options.parameters("FILE", "1..*", "Log; - is standard input.", values -> words = values);
  }

  @Override
  public Integer call() throws IOException {
    Optional<Dialect> stated = input.dialect();
    terminal.goOnWithoutReader();
    List<ValidateDocument> all = new ArrayList<>();
    int status = ExitStatus.OK;
    List<String> files = machine.files(words);
    if (machine.given() && files.contains(FileNames.STDIN)) {
      throw new UsageException("what is re-executed cannot be standard input");
    }
    boolean byQemu = engine.isQemu();
    if (byQemu && files.contains(FileNames.STDIN)) {
      throw new UsageException("what QEMU replays cannot be standard input");
    }
    for (String name : files) {
      try (OpenLog log = logs().open(name, stated)) {
        List<Problem> problems = new ArrayList<>(log.read(reader -> validate(log, reader)));
        Optional<QemuOutcome> replayed = Optional.empty();
        if (byQemu) {
          replayed = Optional.of(replayed(log, name, stated, problems));
        } else if (problems.stream().noneMatch(ValidateVerb::isError)) {
          problems.addAll(reexecuted(log, name, stated));
        }
        boolean valid = problems.stream().noneMatch(ValidateVerb::isError);
        if (!valid) {
          status = Math.max(status, ExitStatus.FINDING);
        }
        if (json) {
          all.add(ValidateDocument.of(log.name(), log.reader(), valid, problems, replayed));
        } else {
          print(log, valid, problems, replayed);
        }
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

  /**
   * What a stock QEMU makes of it; that it does not replay it is a problem.
   *
   * @throws IOException where it did not begin, or was interrupted
   */
  private QemuOutcome replayed(
      OpenLog log, String name, Optional<Dialect> stated, List<Problem> problems)
      throws IOException {
    try (QemuReplaying replaying = QemuReplaying.of(logs(), name, stated, engine, machine);
        Progress progress =
            new Progress(
                terminal, name, showsProgress() ? replaying.length() : 0, showsProgress())) {
      ReplayByQemu run =
          ReplayByQemu.run(
              replaying, Optional.empty(), OutputStream.nullOutputStream(), false, progress);
      String what = QemuReplayText.description(run.outcome());
      if (run.status() == ExitStatus.FAILURE) {
        throw new FileException(
            log.shownName(), what + run.outcome().lastWord().map(line -> ": " + line).orElse(""));
      }
      run.due()
          .ifPresent(
              due ->
                  problems.add(
                      new Problem(
                          Severity.ERROR,
                          "not-replayed",
                          due.position(),
                          what + ", at " + due.name() + ": " + run.causes().getFirst().message())));
      return run.outcome();
    }
  }

  private static boolean isError(Problem problem) {
    return problem.severity() == Severity.ERROR;
  }

  /** What re-executing shows, where a machine is stated, or archived with the log. */
  private List<Problem> reexecuted(OpenLog log, String name, Optional<Dialect> stated)
      throws IOException {
    if (machine.given()) {
      return reexecutedAsStated(log, name, stated);
    }
    if (log.file().recording().commandLine().isEmpty() || name.equals(FileNames.STDIN)) {
      return List.of();
    }
    try {
      return reexecutedAsStated(log, name, stated);
    } catch (IOException impossible) {
      // Nobody asked for it: the log is no worse where the guest's files are elsewhere.
      return List.of(
          warning(
              "not-re-executed",
              "the archived command line cannot be re-executed: " + impossible.getMessage()));
    }
  }

  private List<Problem> reexecutedAsStated(OpenLog log, String name, Optional<Dialect> stated)
      throws IOException {
    List<Problem> problems = new ArrayList<>();
    machine
        .changedFiles(log)
        .forEach(file -> problems.add(warning("file-changed", ChangedFileText.of(file))));
    reexecute(name, stated).ifPresent(problems::add);
    return problems;
  }

  /** Runs the log on the reference machine; a divergence is a problem. */
  private Optional<Problem> reexecute(String name, Optional<Dialect> stated) throws IOException {
    long most = LimitSettings.ofEnvironment().unpacked();
    try (OpenLog log = logs().openToRun(name, stated, most)) {
      MachineConfig config = machine.choice(log, () -> logs().open(name, stated)).config();
      try (ReExecution run =
          Replaying.of(
              log, config, machine.carried(log, config), OutputStream.nullOutputStream())) {
        return log.read(reader -> run.play(StopAt.END))
            .divergence()
            .map(
                divergence ->
                    new Problem(
                        Severity.ERROR,
                        "divergence",
                        divergence.position(),
                        "re-executed, the run departs from the log: " + divergence.description()));
      }
    }
  }

  /** The problems of a log; where it is an archive with damaged blocks, those. */
  private static List<Problem> validate(OpenLog log, LogReader reader) throws IOException {
    Optional<Archive> archive = log.file().archive();
    if (archive.isPresent()) {
      List<Damage> damages = archive.get().verify();
      if (!damages.isEmpty()) {
        return damages.stream().map(ValidateVerb::problem).toList();
      }
    }
    return Validator.validate(reader, log.file().carried().isPresent());
  }

  private static Problem warning(String code, String what) {
    return new Problem(Severity.WARNING, code, new Position(0, 0, 0), what);
  }

  private static Problem problem(Damage damage) {
    return new Problem(
        Severity.ERROR,
        "archive-damaged",
        damage.from().orElse(new Position(0, 0, 0)),
        damage.toString());
  }

  private void print(
      OpenLog log, boolean valid, List<Problem> problems, Optional<QemuOutcome> replayed)
      throws IOException {
    Palette palette = palette();
    StringBuilder text = new StringBuilder();
    for (Problem problem : problems) {
      boolean error = problem.severity() == Severity.ERROR;
      text.append(log.shownName()).append(": ");
      text.append(error ? palette.bad() : palette.warn());
      text.append(problem.severity().label()).append(palette.off()).append(": ");
      text.append(problem.message());
      text.append(palette.dim()).append(" (").append(problem.position()).append(')');
      text.append(palette.off()).append('\n');
    }
    text.append(log.shownName()).append(": ");
    String word = replayed.isPresent() ? "replayed" : "valid";
    text.append(valid ? palette.good() + word : palette.bad() + "not " + word);
    text.append(palette.off()).append(" as ").append(log.reader().dialect().id());
    text.append(", ").append(Math.max(0, log.reader().cursor().ordinal())).append(" events");
    replayed.ifPresent(run -> text.append(", by QEMU ").append(run.version().orElse("")));
    text.append('\n');
    terminal.print(text);
  }
}
