package rrlog.core.analysis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import rrlog.core.event.Event;
import rrlog.core.event.Position;
import rrlog.core.log.Ending;
import rrlog.core.log.EventCursor;
import rrlog.core.log.LogReader;
import rrlog.core.log.OrderRules;
import rrlog.core.log.Violation;

/**
 * What makes the log of a killed QEMU replayable ({@code docs/repair.md}).
 *
 * @param plan the log as it will be; {@link SlicePlan#write} writes it
 * @param steps what is changed, in the order of the file; empty for a sound log, which is copied
 * @param left the first few errors that a repair cannot mend and the result still has, in the order
 *     of the file: {@link Validator} finds them there
 */
public record Repair(SlicePlan plan, List<RepairStep> steps, List<Problem> left) {
  /**
   * Decides what to do about a log.
   *
   * @param log an open log before its first event; read to its end
   * @throws SliceImpossibleException where nothing of it can be replayed
   * @throws IOException where it cannot be read
   */
  public static Repair of(LogReader log) throws IOException {
    Judge judge = new Judge(log);
    SlicePlan plan = SlicePlanner.forReplay(log, Optional.empty(), judge::look);
    List<RepairStep> steps = new ArrayList<>();
    if (!plan.header().equals(log.header())) {
      steps.add(
          new RepairStep(
              "header-written",
              new Position(0, 0, 0),
              "wrote version "
                  + plan.header().versionText()
                  + " of "
                  + plan.dialect().id()
                  + " into the header, which said "
                  + log.header().versionText()));
    }
    cutBack(log.cursor(), plan, steps);
    rest(log, steps);
    List<Event> closing = plan.closing().events(plan.dialect());
    if (!closing.isEmpty()) {
      steps.add(
          new RepairStep(
              "ending-added",
              plan.end().position(),
              "added "
                  + closing.stream().map(Event::fullName).collect(Collectors.joining(" and "))));
    }
    return new Repair(plan, List.copyOf(steps), judge.errorsIn(plan));
  }

  /** Finds the errors that {@link Validator} would find in what is kept. */
  private static final class Judge {
    private final OrderRules rules;
    private final List<Problem> errors = new ArrayList<>();
    private long init = Long.MAX_VALUE;

    Judge(LogReader log) {
      rules = new OrderRules(log.dialect());
    }

    void look(EventCursor event) {
      Violation violation = rules.check(event);
      if (violation != null
          && Validator.severity(violation.rule()) == Problem.Severity.ERROR
          && errors.size() < Validator.TOLD_OF_A_SORT) {
        errors.add(Validator.problem(violation, event.position()));
      }
      if (init == Long.MAX_VALUE && rules.initSeen()) {
        init = event.ordinal();
      }
    }

    /** Whether it is that the count was too large of an event that is split. */
    private static boolean isCutAway(Problem error, SliceCut cut) {
      return cut.splits()
          && error.position().event() == cut.event().event()
          && error.code().equals(Validator.code(Violation.Rule.INSTRUCTION_COUNT))
          && cut.instructions() <= Integer.MAX_VALUE;
    }

    List<Problem> errorsIn(SlicePlan plan) {
      SliceCut cut = plan.end();
      long kept = cut.event().event() + (cut.splits() ? 1 : 0);
      List<Problem> left = new ArrayList<>(errors);
      left.removeIf(error -> error.position().event() >= kept || isCutAway(error, cut));
      if (init >= kept) {
        left.add(Validator.noInit(cut.position()));
      }
      return List.copyOf(left);
    }
  }

  private static void cutBack(EventCursor log, SlicePlan plan, List<RepairStep> steps) {
    if (plan.moved().isEmpty()) {
      return;
    }
    SliceCut end = plan.end();
    long whole = log.ordinal() - end.event().event() - (end.splits() ? 1 : 0);
    long instructions = log.icount() - end.position().icount();
    steps.add(
        new RepairStep(
            "cut-back",
            end.position(),
            "dropped the last "
                + (instructions == 1 ? "instruction" : instructions + " instructions")
                + " and "
                + (whole == 1 ? "1 event" : whole + " events")
                + ": "
                + plan.moved().get().reason()));
  }

  private static void rest(LogReader log, List<RepairStep> steps) throws IOException {
    EventCursor cursor = log.cursor();
    long bytes = log.drain() - cursor.endOffset();
    if (bytes == 0) {
      return;
    }
    String code = cursor.ending() == Ending.INSIDE_EVENT ? "event-dropped" : "rest-dropped";
    steps.add(
        new RepairStep(
            code,
            cursor.position(),
            "dropped the last "
                + bytes
                + (bytes == 1 ? " byte: " : " bytes: ")
                + cursor.problem()));
  }

  /** Whether nothing has to be done, or can be done. */
  public boolean sound() {
    return steps.isEmpty();
  }
}
