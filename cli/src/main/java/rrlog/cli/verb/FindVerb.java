package rrlog.cli.verb;

import static rrlog.cli.options.Declared.option;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import rrlog.cli.io.ExitStatus;
import rrlog.cli.io.OpenLog;
import rrlog.cli.io.Terminal;
import rrlog.cli.options.Declared;
import rrlog.cli.options.LimitSettings;
import rrlog.cli.options.LogInput;
import rrlog.cli.options.MachineArguments;
import rrlog.cli.options.SymbolOptions;
import rrlog.cli.options.TimelineOptions;
import rrlog.cli.options.TrapCause;
import rrlog.cli.options.UsageException;
import rrlog.cli.render.json.FindingDocument;
import rrlog.cli.render.json.Json;
import rrlog.cli.render.text.FindingText;
import rrlog.cli.run.Replaying;
import rrlog.core.analysis.LogPosition;
import rrlog.core.machine.board.virt.MachineConfig;
import rrlog.core.machine.board.virt.VirtMachine;
import rrlog.core.replay.PlayResult;
import rrlog.core.run.find.AddressExpression;
import rrlog.core.run.find.Finding;
import rrlog.core.run.find.Query;
import rrlog.core.run.find.Search;
import rrlog.core.run.timeline.Place;
import rrlog.core.run.timeline.Places;
import rrlog.core.run.timeline.Timeline;

/** {@code rrlog find}: questions about a whole run, answered by re-executing it once. */
final class FindVerb extends Verb {
  private final Question question = new Question();

  /** What is asked; one of these. */
  static final class Question {
    private Optional<String> writes = Optional.empty();

    private Optional<String> reads = Optional.empty();

    private Optional<String> exec = Optional.empty();

    private Optional<String> calls = Optional.empty();

    private Optional<String> csr = Optional.empty();

    private Optional<String> traps = Optional.empty();

    private Optional<String> console = Optional.empty();
  }

  private boolean last;

  private Optional<LogPosition> before = Optional.empty();

  private Optional<LogPosition> after = Optional.empty();

  private Optional<Integer> limit = Optional.empty();

  private boolean json;

  private final LogInput input = new LogInput();

  private final MachineArguments machine = new MachineArguments();

  private final SymbolOptions symbols = new SymbolOptions();

  private final TimelineOptions timelines = new TimelineOptions();

  private List<String> words = List.of();

  FindVerb(Terminal terminal) {
    super(terminal);
  }

  @Override
  void declare(Declared options) {
    super.declare(options);
    options
        .help()
        .header("Tells where in a run something happens: writes, calls, traps, output.")
        .customSynopsis("rrlog find [OPTIONS] LOG -- QEMU-OPTIONS")
        .description(
            "Re-executes a log and tells where something happens: who writes to memory, who",
            "calls a function and with what, where a trap or a text on the console comes from.")
        .footer(
            "",
            "ADDR is a number, a symbol or a register, or a sum of them: 0x80001000, buffer+8,",
            "sp-0x10; registers are those at --before. Addresses are virtual, as the executing",
            "code uses them; what a device stores by itself is not seen.",
            "",
            "Examples:",
            "  rrlog find --last --writes counter run.bin -- -M virt -bios none -kernel a.elf ...",
            "  rrlog find --last --writes sp-0x10 --before icount:120000 run.bin -- ...",
            "  rrlog find --calls memcpy --limit 10 --json run.bin -- ...",
            "  rrlog find --traps 13 run.bin -- ...",
            "",
            "Exit status: 0 something was found, 1 nothing was, or the run departs from its log",
            "before the search is over, 2 it could not be done.");
    options.oneOf(
        true,
        one -> {
          one.word(
              option("--writes", "ADDR[,LEN]", "Stores to memory; LEN bytes, 8 by default."),
              value -> question.writes = Optional.of(value));
          one.word(
              option("--reads", "ADDR[,LEN]", "Loads from memory; LEN bytes, 8 by default."),
              value -> question.reads = Optional.of(value));
          one.word(
              option("--exec", "ADDR", "Executions of an instruction."),
              value -> question.exec = Optional.of(value));
          one.word(
              option("--calls", "ADDR", "Calls of a function, with a0 to a7 and what it returns."),
              value -> question.calls = Optional.of(value));
          one.word(
              option("--csr", "NAME", "Changes of a CSR."),
              value -> question.csr = Optional.of(value));
          one.word(
              option(
                      "--traps",
                      "CAUSE",
                      "Traps: all, an exception's number (13), an interrupt's (i7).")
                  .arity("0..1")
                  .fallbackValue("all"),
              value -> question.traps = Optional.of(value));
          one.word(
              option("--console", "TEXT", "Who printed this text."),
              value -> question.console = Optional.of(value));
        });
    options.flag("--last", "The last ones, not the first; one unless --limit.", on -> last = on);
    options.position(
        option("--before", "POS", "Look only before this place."),
        value -> before = Optional.of(value));
    options.position(
        option("--after", "POS", "Look only from this place on."),
        value -> after = Optional.of(value));
    options.one(
        option("--limit", "N", "At most N answers."),
        Integer.class,
        value -> limit = Optional.of(value));
    options.flag("--json", "Print the answers as a JSON array.", on -> json = on);
    input.declare(options);
    machine.declare(options);
    symbols.declare(options);
    timelines.declare(options);
    options.parameters("LOG", "0..*", "The log.", values -> words = values);
  }

  @Override
  public Integer call() throws IOException {
    String file = machine.onlyLog(words, "LOG");
    if (limit.isPresent() && limit.get() < 1) {
      throw new UsageException("--limit is less than 1");
    }
    try (OpenLog log =
        logs().openAnywhere(file, input.dialect(), LimitSettings.ofEnvironment().unpacked())) {
      MachineConfig config = machine.choice(log, log::again).config();
      Timeline timeline = timelines.timeline(log, config, machine, OutputStream.nullOutputStream());
      timeline.machine().hart().translate(Replaying.effort());
      symbols.addTo(timeline.machine());
      Search.Scope scope = scope(log);
      Query query = query(timeline, scope);
      List<Finding> found = Search.run(query, scope, timeline);
      if (json) {
        Json.print(
            terminal,
            found.stream().map(one -> FindingDocument.of(one, timeline.machine())).toList());
      } else {
        FindingText text = new FindingText(timeline.machine());
        for (Finding one : found) {
          terminal.print(text.line(one) + "\n");
        }
      }
      return departs(timeline, file) || found.isEmpty() ? ExitStatus.FINDING : ExitStatus.OK;
    }
  }

  private boolean departs(Timeline timeline, String file) {
    Optional<String> why = timeline.end().flatMap(PlayResult::divergence).map(d -> d.description());
    why.ifPresent(
        reason ->
            terminal.error(
                "rrlog: "
                    + file
                    + ": the run departs from the log at icount "
                    + timeline.here().icount()
                    + ", nothing behind that was looked at: "
                    + reason));
    return why.isPresent();
  }

  private Search.Scope scope(OpenLog log) throws IOException {
    int most = limit.orElse(last ? 1 : Integer.MAX_VALUE);
    Search.Scope all = Search.Scope.ALL;
    Place from =
        after.isPresent() ? log.read(reader -> Places.of(after.get(), reader)) : all.after();
    Place to =
        before.isPresent() ? log.read(reader -> Places.of(before.get(), reader)) : all.before();
    return new Search.Scope(most, last, from, to);
  }

  private Query query(Timeline timeline, Search.Scope scope) {
    if (question.writes.isPresent()) {
      Area area = area("--writes", question.writes.get(), timeline, scope);
      return new Query.Writes(area.address(), area.length());
    }
    if (question.reads.isPresent()) {
      Area area = area("--reads", question.reads.get(), timeline, scope);
      return new Query.Reads(area.address(), area.length());
    }
    if (question.exec.isPresent()) {
      return new Query.Executions(address("--exec", question.exec.get(), timeline, scope));
    }
    if (question.calls.isPresent()) {
      return new Query.Calls(address("--calls", question.calls.get(), timeline, scope));
    }
    if (question.csr.isPresent()) {
      String name = question.csr.get();
      OptionalInt number = timeline.machine().hart().csrNumber(name);
      return new Query.CsrChanges(
          number.orElseThrow(
              () -> new UsageException("--csr " + name + ": the CPU has no CSR of this name")));
    }
    if (question.traps.isPresent()) {
      return traps(question.traps.get());
    }
    String text = question.console.orElse("");
    if (text.isEmpty()) {
      throw new UsageException("--console: the text is empty");
    }
    return new Query.ConsoleText(text);
  }

  private static Query traps(String cause) {
    if (cause.equals("all")) {
      return new Query.Traps(Optional.empty(), false);
    }
    TrapCause wanted = TrapCause.of("--traps", cause);
    return new Query.Traps(Optional.of(wanted.number()), wanted.interrupt());
  }

  private record Area(long address, long length) {}

  private static Area area(String option, String text, Timeline timeline, Search.Scope scope) {
    int comma = text.lastIndexOf(',');
    String where = comma < 0 ? text : text.substring(0, comma);
    long length = Long.BYTES;
    if (comma >= 0) {
      try {
        length = Long.decode(text.substring(comma + 1));
      } catch (NumberFormatException noNumber) {
        length = 0;
      }
      if (length < 1) {
        throw new UsageException(option + " " + text + ": the length is not a number of bytes");
      }
    }
    return new Area(address(option, where, timeline, scope), length);
  }

  private static long address(String option, String text, Timeline timeline, Search.Scope scope) {
    VirtMachine machine = timeline.machine();
    if (AddressExpression.namesRegister(text, machine)) {
      timeline.goTo(scope.before());
      long address =
          AddressExpression.value(text, machine).orElseThrow(() -> unknown(option, text));
      timeline.goTo(timeline.begin());
      return address;
    }
    return AddressExpression.value(text, machine).orElseThrow(() -> unknown(option, text));
  }

  private static UsageException unknown(String option, String text) {
    return new UsageException(
        option + " " + text + ": not an address, and no symbol or register has this name");
  }
}
