package rrlog.cli.verb;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import rrlog.cli.io.ExitStatus;
import rrlog.cli.io.FileException;
import rrlog.cli.io.FileNames;
import rrlog.cli.io.Interruption;
import rrlog.cli.io.LogOpener;
import rrlog.cli.io.OpenLog;
import rrlog.cli.io.Palette;
import rrlog.cli.io.Terminal;
import rrlog.cli.options.EngineOption;
import rrlog.cli.options.MachineArguments;
import rrlog.cli.options.UsageException;
import rrlog.cli.render.json.Json;
import rrlog.cli.render.json.QemuReplayDocument;
import rrlog.cli.render.text.EventsAround;
import rrlog.cli.render.text.QemuReplayText;
import rrlog.cli.run.LogPlace;
import rrlog.core.log.Dialect;
import rrlog.core.run.qemu.QemuOutcome;
import rrlog.core.run.qemu.QemuReplay;
import rrlog.core.run.qemu.ReplayCommand;
import rrlog.formats.file.LogFormats;

/** {@code rrlog replay --engine qemu}: a stock QEMU re-executes the log. */
final class ReplayByQemu {
  private final Terminal terminal;
  private final LogOpener logs;
  private final String file;
  private final Optional<Dialect> dialect;
  private List<String> program = List.of();

  /**
   * A replay that has not begun.
   *
   * @param file the log, which is read more than once
   * @param dialect the one that the user states
   */
  ReplayByQemu(Terminal terminal, LogOpener logs, String file, Optional<Dialect> dialect) {
    this.terminal = terminal;
    this.logs = logs;
    this.file = file;
    this.dialect = dialect;
  }

  /**
   * Runs it to its end.
   *
   * @param until instruction count to stop at
   * @param console gets QEMU's standard output
   */
  QemuOutcome run(
      EngineOption engine, MachineArguments machine, Optional<Long> until, OutputStream console)
      throws IOException {
    try (OpenLog log = open();
        OpenLog ahead = open()) {
      if (log.reader().origin().isPresent()) {
        throw new FileException(
            log.shownName(), "begins in the middle of another log; QEMU replays from the start");
      }
      ReplayCommand command = command(engine, machine, log);
      program = command.program();
      Path plain = plain(log);
      try {
        return played(command, plain, ahead, until, console);
      } finally {
        if (!plain.equals(FileNames.path(file))) {
          Files.deleteIfExists(plain);
        }
      }
    }
  }

  private OpenLog open() throws IOException {
    return logs.open(file, dialect);
  }

  private static ReplayCommand command(EngineOption engine, MachineArguments machine, OpenLog log)
      throws IOException {
    List<String> words = new ArrayList<>(machine.typed(log));
    Optional<List<String>> first =
        words.isEmpty() || words.getFirst().startsWith("-")
            ? Optional.empty()
            : Optional.of(List.of(words.removeFirst()));
    List<String> program =
        engine
            .program()
            .or(() -> first)
            .orElseThrow(
                () ->
                    new UsageException(
                        "which QEMU? --engine qemu=qemu-system-riscv64, or its name before the"
                            + " options; a log does not tell its machine"));
    ReplayCommand command = new ReplayCommand(program, words, machine.folder());
    if (!command.hasIcount()) {
      throw new UsageException("-icount is missing: QEMU's options as they were when recording");
    }
    return command;
  }

  /** The log as QEMU wrote it: the file itself, or one that is made from it. */
  private Path plain(OpenLog log) throws IOException {
    boolean itself =
        log.file().format().name().equals("qemu") && log.file().compression().isEmpty();
    if (itself) {
      return FileNames.path(file);
    }
    Path made = Files.createTempFile("rrlog-replay", ".bin");
    made.toFile().deleteOnExit();
    try (OutputStream out = Files.newOutputStream(made)) {
      log.read(
          reader -> {
            LogFormats.named("qemu").orElseThrow().write(reader, out);
            return made;
          });
    }
    return made;
  }

  private static QemuOutcome played(
      ReplayCommand command, Path log, OpenLog ahead, Optional<Long> until, OutputStream console)
      throws IOException {
    QemuReplay replay = new QemuReplay(command, log, console);
    until.ifPresent(replay::until);
    try (Interruption.Told told = Interruption.tell(replay::stop)) {
      return ahead.read(reader -> replay.run(reader.cursor()));
    }
  }

  /**
   * Says how it ended.
   *
   * @param toStdout whether standard output is free for that
   * @return the exit status
   */
  int report(QemuOutcome outcome, boolean json, boolean toStdout, Palette palette)
      throws IOException {
    int status =
        switch (outcome.ended()) {
          case SHUTDOWN, UNTIL -> ExitStatus.OK;
          case ERROR, CRASH, STANDSTILL -> ExitStatus.FINDING;
          case REFUSED, INTERRUPTED -> ExitStatus.FAILURE;
        };
    Optional<LogPlace> place =
        status == ExitStatus.FINDING ? Optional.of(place(outcome)) : Optional.empty();
    if (json) {
      Json.print(terminal, document(outcome, place));
      return status;
    }
    QemuReplayText text = new QemuReplayText(file, outcome, palette);
    StringBuilder all = new StringBuilder(text.summary(remark(outcome), place));
    if (place.isPresent()) {
      all.append(text.section("events", eventsAround(place.get(), palette)));
    }
    all.append(text.section("registers", place.isPresent() ? outcome.registers() : ""));
    all.append(text.section("code", place.isPresent() ? outcome.code() : ""));
    if (toStdout) {
      terminal.print(all.toString());
    } else {
      terminal.errors(all.toString());
    }
    return status;
  }

  private LogPlace place(QemuOutcome outcome) throws IOException {
    try (OpenLog log = open()) {
      return log.read(reader -> LogPlace.at(reader.cursor(), outcome.icount()));
    }
  }

  private QemuReplayDocument document(QemuOutcome outcome, Optional<LogPlace> place) {
    return new QemuReplayDocument(
        FileNames.text(file),
        "qemu",
        program,
        outcome.version(),
        outcome.ended().label(),
        outcome.shutdown(),
        outcome.icount(),
        outcome.status(),
        outcome.said(),
        place.map(where -> divergence(where, outcome)),
        outcome.registers());
  }

  private String eventsAround(LogPlace place, Palette palette) throws IOException {
    try (OpenLog log = open()) {
      return log.read(reader -> EventsAround.lines(log, place.position().event(), palette));
    }
  }

  private static QemuReplayDocument.Divergence divergence(LogPlace place, QemuOutcome outcome) {
    return new QemuReplayDocument.Divergence(
        place.position().event(),
        place.position().offset(),
        outcome.icount(),
        place.event(),
        outcome.ended().label(),
        QemuReplayText.description(outcome));
  }

  /** Which QEMUs read the log, where this one refused it. */
  private Optional<String> remark(QemuOutcome outcome) throws IOException {
    if (outcome.ended() != QemuOutcome.Ended.REFUSED) {
      return Optional.empty();
    }
    try (OpenLog log = open()) {
      return log.reader()
          .dialect()
          .releases()
          .map(range -> "the log is one of QEMU " + range + "; others may refuse it");
    }
  }
}
