package rrlog.core.log;

import org.jspecify.annotations.Nullable;
import rrlog.core.event.Checkpoint;
import rrlog.core.event.EventKind;
import rrlog.core.event.Input;
import rrlog.core.log.Violation.Rule;

/**
 * Checks, event by event, what holds in every log that a QEMU wrote: the order of start-up, where
 * asynchronous events may stand, the ranges of values. They held in all of several hundred real
 * logs ({@code docs/log-format.md#order}), which makes them fit to tell dialects apart. Allocates
 * only for a violation.
 */
public final class OrderRules {
  private static final int AXES = 2;
  private static final int TOUCH_TYPES = 5;

  private final Dialect dialect;
  private final boolean asyncBeforeCheckpoint;
  private final boolean laterPart;
  private boolean initSeen;
  private boolean resetSeen;
  private boolean afterInstruction;

  /** Until 7.0: the vCPU ran since the last checkpoint, so no asynchronous event may come. */
  private boolean ranSinceCheckpoint;

  /** From 7.1 on: asynchronous events were drained, so a checkpoint comes before the vCPU runs. */
  private boolean draining;

  /** Rules for a log of a dialect, before its first event. */
  public OrderRules(Dialect dialect) {
    this(dialect, false);
  }

  /**
   * The same.
   *
   * @param laterPart whether what comes before the first event was looked at elsewhere: then the
   *     machine may have started already
   */
  public OrderRules(Dialect dialect, boolean laterPart) {
    this.dialect = dialect;
    this.laterPart = laterPart;
    this.asyncBeforeCheckpoint = dialect.asyncStyle() != AsyncStyle.CHECKPOINT_KIND;
  }

  /** Whether checkpoint init was seen, or may have been. */
  public boolean initSeen() {
    return initSeen || laterPart;
  }

  /** Whether checkpoint reset was seen, or may have been. */
  public boolean resetSeen() {
    return resetSeen || laterPart;
  }

  /**
   * Looks at the next event.
   *
   * @return what it breaks first, or {@code null}
   */
  public @Nullable Violation check(EventCursor event) {
    EventKind kind = event.kind();
    boolean afterInstructionBefore = afterInstruction;
    afterInstruction = kind == EventKind.INSTRUCTION;
    return switch (kind) {
      case CHECKPOINT -> checkpoint(event.checkpoint());
      case CLOCK, END, SHUTDOWN -> null;
      case RANDOM ->
          event.result() == 0 || event.result() == -1
              ? null
              : new Violation(Rule.RANDOM_RESULT, "random result " + event.result());
      case INSTRUCTION -> instruction(event.count(), afterInstructionBefore);
      case INTERRUPT, EXCEPTION -> ran(kind);
      case ASYNC_INPUT -> {
        Violation order = async(kind);
        yield order != null ? order : input(event.input());
      }
      case CHAR_WRITE ->
          event.written() < 0
              ? new Violation(Rule.CHAR_WRITE_OFFSET, "char-write offset " + event.written())
              : afterInit(kind);
      case CHAR_READ_ALL_ERROR ->
          event.result() >= 0
              ? new Violation(Rule.CHAR_READ_ERROR, "char-read-all-error " + event.result())
              : afterInit(kind);
      default -> kind.isAsync() ? async(kind) : afterInit(kind);
    };
  }

  private @Nullable Violation checkpoint(Checkpoint checkpoint) {
    ranSinceCheckpoint = false;
    draining = false;
    if (checkpoint == Checkpoint.INIT) {
      if (initSeen) {
        return new Violation(Rule.INIT_ONCE, "a second checkpoint/init");
      }
      initSeen = true;
      return null;
    }
    Violation order = afterInit(EventKind.CHECKPOINT);
    if (order == null && checkpoint == Checkpoint.RESET) {
      if (resetSeen) {
        return new Violation(Rule.RESET_ONCE, "a second checkpoint/reset");
      }
      resetSeen = true;
    }
    return order;
  }

  private @Nullable Violation instruction(long count, boolean afterAnother) {
    Violation order = ran(EventKind.INSTRUCTION);
    if (order != null) {
      return order;
    }
    if (count < 1 || count > Integer.MAX_VALUE) {
      return new Violation(Rule.INSTRUCTION_COUNT, "instruction count " + count);
    }
    return afterAnother
        ? new Violation(Rule.INSTRUCTIONS_IN_A_ROW, "two instruction events in a row")
        : null;
  }

  private @Nullable Violation ran(EventKind kind) {
    if (!resetSeen()) {
      return beforeReset(kind);
    }
    ranSinceCheckpoint = true;
    return draining
        ? new Violation(
            Rule.ASYNC_AT_CHECKPOINT,
            kind.label() + " between an asynchronous event and its checkpoint")
        : null;
  }

  private @Nullable Violation async(EventKind kind) {
    if (!resetSeen()) {
      return beforeReset(kind);
    }
    if (asyncBeforeCheckpoint) {
      draining = true;
      return null;
    }
    return ranSinceCheckpoint
        ? new Violation(Rule.ASYNC_AT_CHECKPOINT, kind.label() + " outside a checkpoint")
        : null;
  }

  private @Nullable Violation afterInit(EventKind kind) {
    return initSeen()
        ? null
        : new Violation(Rule.INIT_FIRST, kind.label() + " before checkpoint/init");
  }

  private static Violation beforeReset(EventKind kind) {
    return new Violation(Rule.RESET_BEFORE_RUN, kind.label() + " before checkpoint/reset");
  }

  private @Nullable Violation input(Input input) {
    return switch (input) {
      case Input.Key key ->
          key.encoding() == Input.KeyEncoding.NUMBER
              ? null
              : below("key", key.code(), dialect.keys().size());
      case Input.Button button ->
          below("button", button.button(), dialect.buttons().names().size());
      case Input.Relative motion -> below("axis", motion.axis(), AXES);
      case Input.Absolute motion -> below("axis", motion.axis(), AXES);
      case Input.MultiTouch touch -> {
        Violation type = below("touch type", touch.type(), TOUCH_TYPES);
        yield type != null ? type : below("axis", touch.axis(), AXES);
      }
    };
  }

  private static @Nullable Violation below(String what, long value, long limit) {
    return value < limit
        ? null
        : new Violation(Rule.INPUT_VALUE, what + " " + value + " is not below " + limit);
  }
}
