package rrlog.core.analysis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import rrlog.core.analysis.Problem.Severity;
import rrlog.core.event.EventKind;
import rrlog.core.event.Position;
import rrlog.core.log.Ending;
import rrlog.core.log.EventCursor;
import rrlog.core.log.LogHeader;
import rrlog.core.log.LogReader;
import rrlog.core.log.OrderRules;
import rrlog.core.log.Violation;

/**
 * Reads a log to its end and tells what a replaying emulator would choke on.
 *
 * <p>Of every sort of problem only the first few are kept, and how many there were, so that memory
 * does not grow with the damage.
 */
public final class Validator {
  /** So many problems of a sort are told one by one. */
  public static final int TOLD_OF_A_SORT = 20;

  private final LogReader reader;
  private final EventCursor log;
  private final OrderRules rules;
  private final List<Problem> problems = new ArrayList<>();
  private final Map<Violation.Rule, Integer> broken = new EnumMap<>(Violation.Rule.class);
  private long hostClock = Long.MIN_VALUE;
  private long virtualRtClock = Long.MIN_VALUE;
  private int backwards;
  private long failedWrites;
  private Position firstFailedWrite = new Position(0, 0, 0);
  private EventKind last = EventKind.INSTRUCTION;
  private boolean shutdownSeen;

  private Validator(LogReader reader, boolean resumed) {
    this.reader = reader;
    this.log = reader.cursor();
    this.rules = new OrderRules(reader.dialect(), resumed);
  }

  /**
   * Reads an open log from its first event to its end.
   *
   * @return the problems, those of the header first, then in order
   * @throws IOException where bytes cannot be read
   */
  public static List<Problem> validate(LogReader reader) throws IOException {
    return validate(reader, false);
  }

  /**
   * The same.
   *
   * @param resumed whether the log goes on from a state that it carries, so that it need not hold
   *     how the machine starts
   */
  public static List<Problem> validate(LogReader reader, boolean resumed) throws IOException {
    return new Validator(reader, resumed).run();
  }

  private List<Problem> run() throws IOException {
    header();
    while (log.next()) {
      Violation violation = rules.check(log);
      if (violation != null) {
        violated(violation);
      }
      look();
    }
    end();
    return List.copyOf(problems);
  }

  private void header() {
    LogHeader header = reader.header();
    Position start = new Position(0, 0, 0);
    if (header.version() == 0) {
      error(
          "header-unwritten",
          start,
          "the version word is 0: the recording was not finished, QEMU refuses to replay it"
              + " (rrlog repair mends it)");
    } else if (header.version() != reader.dialect().version()) {
      error(
          "header-mismatch",
          start,
          "the header says version "
              + header.versionText()
              + ", but the log is read as "
              + reader.dialect().id()
              + " of version "
              + reader.dialect().versionText());
    }
    byte[] bytes = header.toByteArray();
    for (int i = Integer.BYTES; i < bytes.length; i++) {
      if (bytes[i] != 0) {
        warn("header-reserved", start, "bytes 4 to 11 of the header are not zero");
        break;
      }
    }
  }

  private void look() {
    EventKind kind = log.kind();
    switch (kind) {
      case CLOCK -> {
        switch (log.clock()) {
          case HOST -> hostClock(log.ns());
          case VIRTUAL_RT -> virtualRtClock(log.ns());
        }
      }
      case CHAR_WRITE -> {
        if (log.result() < 0 && failedWrites++ == 0) {
          firstFailedWrite = log.position();
        }
      }
      case SHUTDOWN -> shutdownSeen = true;
      default -> {}
    }
    last = kind;
  }

  private void hostClock(long ns) {
    if (ns < hostClock && backwards++ < TOLD_OF_A_SORT) {
      warn(
          "host-clock-backwards",
          log.position(),
          "the host clock goes back by " + (hostClock - ns) + " ns");
    }
    hostClock = ns;
  }

  /** The machine's running time goes back only where the machine does. */
  private void virtualRtClock(long ns) {
    if (ns < virtualRtClock) {
      warn(
          "snapshot-loaded",
          log.position(),
          "the machine's running time goes back by "
              + (virtualRtClock - ns)
              + " ns: a snapshot was loaded (loadvm); no event tells what is in it, so what follows"
              + " cannot be replayed");
    }
    virtualRtClock = ns;
  }

  private void violated(Violation violation) {
    int count = broken.merge(violation.rule(), 1, Integer::sum);
    if (count <= TOLD_OF_A_SORT) {
      problems.add(problem(violation, log.position()));
    }
  }

  /** What a broken rule is told as. */
  static Problem problem(Violation violation, Position position) {
    return new Problem(
        severity(violation.rule()), code(violation.rule()), position, violation.message());
  }

  /** What a problem is called that comes from a rule. */
  static String code(Violation.Rule rule) {
    return rule.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What a log without its first checkpoint is told as. */
  static Problem noInit(Position end) {
    return new Problem(Severity.ERROR, "init-missing", end, "there is no checkpoint/init");
  }

  /** How bad it is that a rule is broken. */
  static Severity severity(Violation.Rule rule) {
    return switch (rule) {
      case INIT_FIRST,
          INIT_ONCE,
          RESET_ONCE,
          RESET_BEFORE_RUN,
          INSTRUCTION_COUNT,
          ASYNC_AT_CHECKPOINT,
          CHAR_WRITE_OFFSET,
          CHAR_READ_ERROR ->
          Severity.ERROR;
      // QEMU reads these as they are: a split count is the same count, an unknown key no key.
      case INSTRUCTIONS_IN_A_ROW, INPUT_VALUE, RANDOM_RESULT -> Severity.WARNING;
    };
  }

  private void end() {
    Position end = log.position();
    if (!rules.initSeen()) {
      problems.add(noInit(end));
    } else if (!rules.resetSeen()) {
      warn("reset-missing", end, "there is no checkpoint/reset: the machine never started");
    }
    broken.forEach(
        (rule, count) -> {
          if (count > TOLD_OF_A_SORT) {
            warn("more", end, (count - TOLD_OF_A_SORT) + " more of " + code(rule));
          }
        });
    if (backwards > TOLD_OF_A_SORT) {
      warn("more", end, (backwards - TOLD_OF_A_SORT) + " more of host-clock-backwards");
    }
    if (failedWrites > 0) {
      warn(
          "char-write-failed",
          firstFailedWrite,
          failedWrites + " writes to a character device failed; this is the first");
    }
    ending(end);
  }

  private void ending(Position end) {
    switch (log.ending()) {
      case END_EVENT -> {
        if (!shutdownSeen) {
          warn(
              "shutdown-missing",
              end,
              "no shutdown before the end: QEMU's replay stands still there instead of ending");
        }
      }
      case BETWEEN_EVENTS -> error("end-missing", end, log.problem());
      case INSIDE_EVENT -> error("event-truncated", end, log.problem());
      case UNDECODABLE ->
          error(last == EventKind.END ? "data-after-end" : "undecodable", end, log.problem());
    }
    if (log.ending() != Ending.END_EVENT
        && !reader.detection().readings().isEmpty()
        && !reader.detection().readings().getFirst().accepted()) {
      error(
          "content-mismatch",
          end,
          "the content fits no dialect of the header's version; "
              + reader.dialect().id()
              + " came farthest");
    }
  }

  private void error(String code, Position position, String message) {
    problems.add(new Problem(Severity.ERROR, code, position, message));
  }

  private void warn(String code, Position position, String message) {
    problems.add(new Problem(Severity.WARNING, code, position, message));
  }
}
