package rrlog.core.analysis.diff;

import java.util.Optional;
import rrlog.core.event.Checkpoint;
import rrlog.core.event.Event;
import rrlog.core.event.EventKind;
import rrlog.core.event.EventSchema;
import rrlog.core.event.Field;
import rrlog.core.event.Input;
import rrlog.core.event.ShutdownCause;
import rrlog.core.log.AsyncStyle;
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
  private final Dialect dialectA;
  private final Dialect dialectB;
  private final boolean sameKeys;

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
    dialectA = a;
    dialectB = b;
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

  /** The event as both dialects can say it, keys aside: {@link #key}. */
  Event canonical(Event event) {
    if (sameDialect) {
      return event;
    }
    return switch (event) {
      case Event.CheckpointReached(Checkpoint checkpoint) ->
          new Event.CheckpointReached(folded(checkpoint));
      case Event.Async async -> EventSchema.placed(async, place(async.at()));
      case Event.Shutdown(var why) -> new Event.Shutdown(why.filter(w -> cause).map(this::folded));
      default -> withoutUnrecorded(event);
    };
  }

  /** Numbers that one of the dialects does not record, such as the write position of audio-in. */
  private Event withoutUnrecorded(Event event) {
    EventSchema schema = EventSchema.of(event);
    Event common = event;
    for (int i = 0; i < schema.fields().size(); i++) {
      Field field = schema.fields().get(i);
      if (field.type() == Field.Type.NUMBER
          && field.optional()
          && (dialectA.range(schema.kind(), field.name()).isEmpty()
              || dialectB.range(schema.kind(), field.name()).isEmpty())) {
        common = schema.with(common, i, 0);
      }
    }
    return common;
  }

  /**
   * What two events have in common if and only if they are equal. A key is its name; where a table
   * has no name for it, its number there.
   *
   * @param canonical the event as both dialects can say it
   * @param dialect the dialect that it comes from
   */
  Object key(Event canonical, Dialect dialect) {
    if (sameKeys
        || !(canonical instanceof Event.AsyncInput(var at, Input input))
        || !(input instanceof Input.Key(var encoding, long code, boolean down))
        || encoding == Input.KeyEncoding.NUMBER) {
      return canonical;
    }
    Optional<String> name = dialect.keys().name(code);
    return name.isPresent() ? new NamedKey(at, name.get(), down) : canonical;
  }

  /** A key whose number differs between the dialects. */
  private record NamedKey(Optional<Checkpoint> at, String name, boolean down) {}

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
}
