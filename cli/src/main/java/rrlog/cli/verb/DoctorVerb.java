package rrlog.cli.verb;

import static rrlog.cli.options.Declared.option;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import rrlog.cli.io.ExitStatus;
import rrlog.cli.io.FileNames;
import rrlog.cli.io.Installed;
import rrlog.cli.io.OpenLog;
import rrlog.cli.io.Palette;
import rrlog.cli.io.Terminal;
import rrlog.cli.options.Declared;
import rrlog.cli.options.LogInput;
import rrlog.cli.options.MachineArguments;
import rrlog.cli.options.UsageException;
import rrlog.cli.render.json.DoctorDocument;
import rrlog.cli.render.json.Json;
import rrlog.cli.render.text.EventText;
import rrlog.cli.run.LogDiagnoses;
import rrlog.core.analysis.LogPosition;
import rrlog.core.analysis.doctor.CommandCheck;
import rrlog.core.analysis.doctor.Diagnosis;
import rrlog.core.analysis.doctor.Diagnosis.Severity;
import rrlog.core.analysis.doctor.QemuCommand;
import rrlog.core.analysis.doctor.QemuMessage;
import rrlog.core.event.Position;
import rrlog.core.log.Dialect;
import rrlog.core.log.EventCursor;

/** {@code rrlog doctor}: why does QEMU not replay this? */
final class DoctorVerb extends Verb {
  private static final String PAGE = "troubleshooting.md";

  /** Events shown on each side of a place. */
  private static final int CONTEXT = 4;

  private Optional<LogPosition> at = Optional.empty();

  private Optional<String> message = Optional.empty();

  private boolean json;

  private final LogInput input = new LogInput();

  private final MachineArguments machine = new MachineArguments();

  private List<String> words = List.of();

  DoctorVerb(Terminal terminal) {
    super(terminal);
  }

  @Override
  void declare(Declared options) {
    super.declare(options);
    options
        .help()
        .header("Says why QEMU does not replay a log, or will not, and what to do.")
        .customSynopsis(
            "rrlog doctor [OPTIONS] LOG [-- QEMU-OPTIONS]",
            "rrlog doctor [OPTIONS] -- QEMU-OPTIONS")
        .description(
            "Looks at a log of any machine, at the command line that is to replay it (or is to"
                + " record: no log then), and at what QEMU printed, without running anything.")
        .footer(
            "Examples:",
            "  rrlog doctor run.bin -- qemu-system-x86_64 -m 1G -icount shift=auto,rr=replay,...",
            "  rrlog doctor --message \"$(tail -1 qemu.err)\" run.bin",
            "  rrlog doctor -- -drive file=disk.img -nographic -icount shift=3,rr=record,...",
            "",
            "Exit status: 0 nothing that keeps it from being replayed, 1 there is, 2 not"
                + " readable.");
    options.position(
        option(
            "--at",
            "POS",
            "Where QEMU stands: icount:N, event:N or offset:N; shows what the log expects."),
        value -> at = Optional.of(value));
    options.word(
        option("--message", "TEXT", "What QEMU printed."), value -> message = Optional.of(value));
    options.flag("--json", "Print JSON.", on -> json = on);
    input.declare(options);
    machine.declare(options);
    options.hiddenParameters(values -> words = values);
  }

  @Override
  public Integer call() throws IOException {
    List<String> files = machine.files(words);
    if (files.size() > 1) {
      throw new UsageException("one log is expected, but there is " + files.get(1));
    }
    if (files.isEmpty() && (at.isPresent() || !machine.given() && message.isEmpty())) {
      throw new UsageException("a log is missing, or -- and QEMU's options");
    }
    Optional<QemuMessage> said = message.map(QemuMessage::of);
    List<Diagnosis> found = new ArrayList<>();
    Optional<String> dialect = Optional.empty();
    List<DoctorDocument.Around> around = new ArrayList<>();
    StringBuilder events = new StringBuilder();
    if (files.isEmpty()) {
      said.ifPresent(known -> found.add(known.diagnosis(Optional.empty())));
      if (machine.given()) {
        found.addAll(CommandCheck.of(QemuCommand.of(machine.words())));
      }
    } else {
      String file = machine.onlyFile(words, "the log");
      dialect = Optional.of(log(file, said, found, around, events));
    }
    Optional<String> name = files.stream().findFirst();
    if (json) {
      List<DoctorDocument.Finding> findings =
          found.stream().map(one -> DoctorDocument.Finding.of(one, "docs/" + PAGE)).toList();
      Json.print(
          terminal, new DoctorDocument(name.map(FileNames::text), dialect, findings, around));
    } else {
      print(name.orElse("the command line"), found, events);
    }
    return found.stream().anyMatch(one -> one.severity() != Severity.NOTE)
        ? ExitStatus.FINDING
        : ExitStatus.OK;
  }

  /** Everything that is known of a log; the result is its dialect. */
  private String log(
      String file,
      Optional<QemuMessage> said,
      List<Diagnosis> found,
      List<DoctorDocument.Around> around,
      StringBuilder events)
      throws IOException {
    Optional<Dialect> stated = input.dialect();
    Optional<QemuCommand> command;
    String dialect;
    try (OpenLog log = logs().open(file, stated)) {
      dialect = log.reader().dialect().id();
      List<String> archived = log.file().recording().commandLine();
      command =
          machine.given() || !archived.isEmpty()
              ? Optional.of(QemuCommand.of(machine.given() ? machine.words() : archived))
              : Optional.empty();
    }
    found.addAll(LogDiagnoses.of(logs(), file, stated, command));
    Optional<LogPosition> place = at.or(() -> said.flatMap(DoctorVerb::place));
    Optional<Position> here = Optional.empty();
    if (place.isPresent()) {
      try (OpenLog log = logs().open(file, stated)) {
        here =
            log.read(
                reader -> {
                  EventText text = new EventText(reader.dialect(), palette(), false);
                  return around(reader.cursor(), place.get(), text, around, events);
                });
      }
    }
    if (said.isPresent()) {
      found.addFirst(said.get().diagnosis(here));
    }
    return dialect;
  }

  private static Optional<LogPosition> place(QemuMessage said) {
    if (said.event().isPresent()) {
      return Optional.of(new LogPosition(LogPosition.Unit.EVENT, said.event().getAsLong()));
    }
    return said.icount().isPresent()
        ? Optional.of(new LogPosition(LogPosition.Unit.ICOUNT, said.icount().getAsLong()))
        : Optional.empty();
  }

  /** Shows the events around a place; the result is where the log goes on there. */
  private static Optional<Position> around(
      EventCursor cursor,
      LogPosition place,
      EventText text,
      List<DoctorDocument.Around> around,
      StringBuilder events)
      throws IOException {
    Deque<String> before = new ArrayDeque<>();
    Deque<DoctorDocument.Around> documents = new ArrayDeque<>();
    Optional<Position> here = Optional.empty();
    for (int behind = 0; behind < CONTEXT && cursor.next(); ) {
      boolean now = here.isEmpty() && place.reachedBy(cursor);
      StringBuilder line = new StringBuilder(now ? "> " : "  ");
      text.append(cursor, line);
      var document = DoctorDocument.Around.of(cursor.position(), cursor.fullName(), now);
      if (now) {
        here = Optional.of(cursor.position());
        before.forEach(earlier -> events.append(earlier).append('\n'));
        around.addAll(documents);
      }
      if (here.isPresent()) {
        events.append(line).append('\n');
        around.add(document);
        behind += now ? 0 : 1;
      } else {
        before.add(line.toString());
        documents.add(document);
        if (before.size() > CONTEXT) {
          before.remove();
          documents.remove();
        }
      }
    }
    return here;
  }

  private void print(String name, List<Diagnosis> found, StringBuilder events) throws IOException {
    Palette palette = palette();
    StringBuilder text = new StringBuilder();
    for (Diagnosis one : found) {
      String colour =
          switch (one.severity()) {
            case ERROR -> palette.bad();
            case WARNING -> palette.warn();
            case NOTE -> palette.dim();
          };
      text.append(colour).append(one.severity().label()).append(palette.off()).append(": ");
      text.append(one.message());
      one.position().ifPresent(position -> text.append(" (").append(position).append(')'));
      text.append('\n');
      if (!one.remedy().isEmpty()) {
        text.append("  ").append(one.remedy()).append('\n');
      }
    }
    if (!events.isEmpty()) {
      text.append("the log there (> is what it expects next):\n").append(events);
    }
    long bad = found.stream().filter(one -> one.severity() != Severity.NOTE).count();
    text.append(name).append(": ");
    text.append(
        bad == 0
            ? "nothing is known that keeps it from being replayed\n"
            : counted(bad, "finding") + "; " + Installed.page(PAGE) + " explains them\n");
    terminal.print(text);
  }
}
