package rrlog.core.analysis.diff;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import rrlog.core.event.Checkpoint;
import rrlog.core.event.Event;
import rrlog.core.event.EventKind;
import rrlog.core.event.Input;
import rrlog.core.event.ShutdownCause;
import rrlog.core.log.AsyncStyle;
import rrlog.core.log.AudioLayout;
import rrlog.core.log.Dialect;
import rrlog.core.log.EventCode;
import rrlog.core.log.EventCursor;

/**
 * What two dialects can both say: an event of either is brought to it before events are compared
 * ({@code docs/diff.md#across-dialects}). Nothing is lost where both logs have one dialect.
 */
final class CommonModel {
  private final boolean sameDialect;
  private final boolean place;
  private final boolean cause;
  private final boolean oneHostQmp;
  private final boolean oneClockWarp;
  private final boolean wpos;
  private final boolean sameKeys;
  private final Map<String, Integer> keyNumbers = new HashMap<>();

  CommonModel(Dialect a, Dialect b) {
    sameDialect = a.equals(b);
    place =
        a.asyncStyle() == AsyncStyle.CHECKPOINT_KIND
            && b.asyncStyle() == AsyncStyle.CHECKPOINT_KIND;
    cause = sameDialect || !(saysNoCause(a) || saysNoCause(b));
    oneHostQmp = !sameDialect && (has(a, ShutdownCause.HOST_QMP) || has(b, ShutdownCause.HOST_QMP));
    oneClockWarp =
        !sameDialect
            && (a.checkpoints().contains(Checkpoint.CLOCK_WARP)
                || b.checkpoints().contains(Checkpoint.CLOCK_WARP));
    wpos = a.audio() != AudioLayout.INT64_NO_WPOS && b.audio() != AudioLayout.INT64_NO_WPOS;
    sameKeys = a.keys() == b.keys();
  }

  private static boolean saysNoCause(Dialect dialect) {
    return dialect.codes().contains(new EventCode.OfShutdown(Optional.empty()));
  }

  private static boolean has(Dialect dialect, ShutdownCause cause) {
    return dialect.codes().contains(new EventCode.OfShutdown(Optional.of(cause)));
  }

  boolean sameDialect() {
    return sameDialect;
  }

  /**
   * Whether two events of the most frequent kinds are surely the same; false where that has to be
   * found out the slow way.
   */
  boolean surelySame(EventCursor a, EventCursor b) {
    if (sameDialect) {
      return a.sameBytes(b);
    }
    EventKind kind = a.kind();
    if (kind != b.kind()) {
      return false;
    }
    return switch (kind) {
      case INTERRUPT, EXCEPTION, END -> true;
      case CLOCK -> a.clock() == b.clock() && a.ns() == b.ns();
      case CHECKPOINT -> a.checkpoint() == b.checkpoint();
      case CHAR_WRITE -> a.result() == b.result() && a.written() == b.written();
      default -> false;
    };
  }

  /** The event as both dialects can say it. */
  Event canonical(Event event, Dialect dialect) {
    if (sameDialect) {
      return event;
    }
    return switch (event) {
      case Event.CheckpointReached(Checkpoint checkpoint) ->
          new Event.CheckpointReached(folded(checkpoint));
      case Event.AsyncBh(var at, long id) -> new Event.AsyncBh(place(at), id);
      case Event.AsyncBhOneshot(var at, long id) -> new Event.AsyncBhOneshot(place(at), id);
      case Event.AsyncInput(var at, Input input) ->
          new Event.AsyncInput(place(at), input(input, dialect));
      case Event.AsyncInputSync(var at) -> new Event.AsyncInputSync(place(at));
      case Event.AsyncCharRead(var at, int id, var data) ->
          new Event.AsyncCharRead(place(at), id, data);
      case Event.AsyncBlock(var at, long id) -> new Event.AsyncBlock(place(at), id);
      case Event.AsyncNet(var at, int id, long flags, var data) ->
          new Event.AsyncNet(place(at), id, flags, data);
      case Event.Shutdown(var why) -> new Event.Shutdown(why.filter(w -> cause).map(this::folded));
      case Event.AudioIn(long recorded, long at, var samples) ->
          new Event.AudioIn(recorded, wpos ? at : 0, samples);
      default -> event;
    };
  }

  private Optional<Checkpoint> place(Optional<Checkpoint> at) {
    return at.filter(c -> place).map(this::folded);
  }

  private Checkpoint folded(Checkpoint checkpoint) {
    return switch (checkpoint) {
      case CLOCK_WARP_START, CLOCK_WARP_ACCOUNT ->
          oneClockWarp ? Checkpoint.CLOCK_WARP : checkpoint;
      default -> checkpoint;
    };
  }

  private ShutdownCause folded(ShutdownCause why) {
    return switch (why) {
      case HOST_QMP_QUIT, HOST_QMP_SYSTEM_RESET -> oneHostQmp ? ShutdownCause.HOST_QMP : why;
      default -> why;
    };
  }

  /** A key is its name; where a table has no name for it, its number there. */
  private Input input(Input input, Dialect dialect) {
    if (sameKeys
        || !(input instanceof Input.Key(var encoding, long code, boolean down))
        || encoding == Input.KeyEncoding.NUMBER) {
      return input;
    }
    Optional<String> name = dialect.keys().name(code);
    if (name.isEmpty()) {
      return input;
    }
    int number = keyNumbers.computeIfAbsent(name.get(), n -> keyNumbers.size());
    // Negative: no number of a log, which are unsigned.
    return new Input.Key(Input.KeyEncoding.QCODE, -1L - number, down);
  }
}
