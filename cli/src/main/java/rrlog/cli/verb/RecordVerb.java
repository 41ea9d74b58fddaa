package rrlog.cli.verb;

import static rrlog.cli.options.Declared.option;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import rrlog.cli.io.BestEffort;
import rrlog.cli.io.ExitStatus;
import rrlog.cli.io.FileException;
import rrlog.cli.io.FileNames;
import rrlog.cli.io.Interruption;
import rrlog.cli.io.KeyboardMode;
import rrlog.cli.io.OutputFile;
import rrlog.cli.io.Terminal;
import rrlog.cli.io.TypedInput;
import rrlog.cli.options.Declared;
import rrlog.cli.options.LimitSettings;
import rrlog.cli.options.LogOutput;
import rrlog.cli.options.MachineArguments;
import rrlog.cli.options.UsageException;
import rrlog.cli.render.json.Json;
import rrlog.cli.render.json.RecordDocument;
import rrlog.cli.run.Replaying;
import rrlog.core.analysis.LogPosition;
import rrlog.core.machine.board.virt.MachineConfig;
import rrlog.core.machine.platform.LimitExceededException;
import rrlog.core.replay.HostTime;
import rrlog.core.replay.InputScript;
import rrlog.core.replay.InputSource;
import rrlog.core.replay.RandomSource;
import rrlog.core.replay.RecordResult;
import rrlog.core.run.CannotReExecuteException;
import rrlog.core.run.RecordingSession;

/** {@code rrlog record}: the reference machine runs on its own and is recorded. */
final class RecordVerb extends Verb {
  /** The day on which QEMU 7.2 came out, 2022-12-14: as good as any. */
  private static final long FIXED_NS = 1_670_976_000_000_000_000L;

  private static final int SERIAL = 0;

  private final LogOutput output = new LogOutput();

  private Optional<String> input = Optional.empty();

  private String clock = "host";

  private Optional<Long> seed = Optional.empty();

  private Optional<LogPosition> until = Optional.empty();

  private boolean guestStatus;

  private boolean json;

  private final MachineArguments machine = new MachineArguments();

  private List<String> words = List.of();

  RecordVerb(Terminal terminal) {
    super(terminal);
  }

  @Override
  void declare(Declared options) {
    super.declare(options);
    options
        .help()
        .header("Runs a guest on the reference machine and records the run.")
        .customSynopsis("rrlog record [OPTIONS] -o OUT -- QEMU-OPTIONS")
        .description(
            "Runs a program on rrlog's own machine (qemu-system-riscv64, -M virt, one "
                + "CPU) and records the run. Its serial port is this terminal. Ctrl-C ends the "
                + "run; the log is complete then, too.")
        .footer(
            "Examples:",
            "  rrlog record -o run.bin -- -M virt -bios none -kernel guest.elf -icount "
                + "shift=3,sleep=on -serial stdio",
            "  rrlog record -o run.bin --clock fixed --seed 1 --input keys.txt -- ...",
            "",
            "Exit status: 0 the log is there, 2 it is not; with --guest-status what the guest"
                + " reports.");
    output.declare(options);
    options.word(
        option("--input", "FILE", "What is typed: lines 'icount:N BYTES', or text typed at once."),
        value -> input = Optional.of(value));
    options.word(
        option("--clock", "C", "The host's clocks: host, or fixed[:NS], the same in each run."),
        value -> clock = value);
    options.one(
        option("--seed", "N", "Entropy that this number determines, instead of the host's."),
        Long.class,
        value -> seed = Optional.of(value));
    options.position(
        option("--until", "icount:N", "End after so many instructions."),
        value -> until = Optional.of(value));
    options.flag(
        "--guest-status",
        "Exit with what the guest reports when it switches the machine off, as QEMU does.",
        on -> guestStatus = on);
    options.flag("--json", "Print the result as JSON.", on -> json = on);
    machine.declare(options);
    options.hiddenParameters(values -> words = values);
  }

  @Override
  public Integer call() throws IOException {
    List<String> others = machine.files(words);
    if (!others.isEmpty()) {
      throw new UsageException("what is " + others.getFirst() + "? QEMU's options go after --");
    }
    if (until.isPresent() && until.get().unit() != LogPosition.Unit.ICOUNT) {
      throw new UsageException("--until: of a log that is being written, only icount:N is known");
    }
    jsonNeedsStandardOutput(json, output.name());
    MachineConfig config = machine.config();
    HostTime time = time();
    try (OutputFile file = output.create(terminal, output.name(), input.stream().toList());
        KeyboardMode mode = keyboard(config);
        RecordingSession session = session(config, file, time)) {
      if (input.isPresent() || typed(config)) {
        session.input(source(config));
      }
      RecordResult result;
      try (Interruption.Told told = Interruption.tell(session::stop)) {
        result = session.record(until.map(LogPosition::value).orElse(Long.MAX_VALUE));
      }
      file.commit();
      wrote(file, counted(result.icount(), "instruction"), how(result, session));
      if (json) {
        String name = FileNames.text(output.name());
        Json.print(
            terminal, RecordDocument.of(name, result, file.written(), session.guestStatus()));
      }
      return guestStatus ? session.guestStatus() & 0xff : ExitStatus.OK;
    }
  }

  /** The guest's serial output: seen at once, and no reason to lose the log where nobody reads. */
  private OutputStream console(OutputFile file) {
    if (file.isStandardOutput() || json) {
      return terminal.errorStream();
    }
    terminal.goOnWithoutReader();
    return new BestEffort(terminal.out());
  }

  private RecordingSession session(MachineConfig config, OutputFile file, HostTime time)
      throws IOException {
    RandomSource random = seed.map(RandomSource::seeded).orElseGet(RandomSource::real);
    try {
      return RecordingSession.of(config, file.stream(), time, random, console(file));
    } catch (CannotReExecuteException impossible) {
      throw Replaying.failure(output.name(), impossible);
    }
  }

  /** {@code host}, {@code fixed} or {@code fixed:NS}. */
  private HostTime time() {
    if (clock.equals("host")) {
      return HostTime.real();
    }
    if (clock.equals("fixed")) {
      return HostTime.simulated(FIXED_NS);
    }
    try {
      if (clock.startsWith("fixed:")) {
        return HostTime.simulated(Long.parseLong(clock.substring("fixed:".length())));
      }
    } catch (NumberFormatException none) {
      throw new UsageException("--clock " + clock + ": not a number of nanoseconds since 1970");
    }
    throw new UsageException("--clock " + clock + ": there are host and fixed[:NS]");
  }

  /**
   * Whether standard input is the keyboard: not where the run is to be the same each time, nor with
   * sleep=off, with which nothing that is typed reaches a recorded guest (QEMU's rule, too).
   */
  private boolean typed(MachineConfig config) {
    return input.isEmpty()
        && config.serial()
        && config.icount().sleep()
        && !clock.startsWith("fixed");
  }

  private InputSource source(MachineConfig config) throws IOException {
    if (input.isEmpty()) {
      return TypedInput.of(terminal.in(), LimitSettings.ofEnvironment().typedInput());
    }
    if (!config.icount().sleep()) {
      throw new UsageException(
          "--input: with -icount sleep=off a recorded guest never sees what is typed; take"
              + " sleep=on");
    }
    String name = input.get();
    Path file = FileNames.path(name);
    try {
      byte[] script =
          name.equals(FileNames.STDIN) ? terminal.in().readAllBytes() : Files.readAllBytes(file);
      return InputScript.parse(script);
    } catch (IllegalArgumentException wrong) {
      throw new FileException(FileNames.shown(name), String.valueOf(wrong.getMessage()));
    } catch (IOException failure) {
      throw new FileException(FileNames.shown(name), failure);
    }
  }

  private KeyboardMode keyboard(MachineConfig config) {
    return typed(config) && terminal.isTerminal() ? KeyboardMode.keys() : KeyboardMode.none();
  }

  private static String how(RecordResult result, RecordingSession session) {
    int guestStatus = session.guestStatus();
    return switch (result.ended()) {
      case POWER_OFF ->
          "the guest switched the machine off"
              + (guestStatus == 0 ? "" : " and reported failure " + guestStatus);
      case LIMIT -> "as many instructions as were asked for";
      case FAULTING -> "the guest's trap handler does nothing but fault";
      case IDLE -> "the guest waits for what can never come";
      case STOPPED -> "interrupted; the log is complete up to there";
      case NOT_THERE -> session.notThere().orElseThrow();
      case BEYOND_LIMIT ->
          session.exceeded().map(LimitExceededException::getMessage).orElseThrow()
              + "; RRLOG_LIMITS raises it";
    };
  }
}
