package rrlog.core.analysis;

import java.util.Optional;
import java.util.OptionalInt;
import rrlog.core.event.Checkpoint;
import rrlog.core.event.Event;
import rrlog.core.event.EventSchema;
import rrlog.core.event.Field;
import rrlog.core.event.Input;
import rrlog.core.event.ShutdownCause;
import rrlog.core.log.AsyncStyle;
import rrlog.core.log.Dialect;
import rrlog.core.log.EventCode;
import rrlog.core.log.InexpressibleEventException;

/**
 * Says the events of one dialect in another ({@code docs/convert.md}).
 *
 * <p>The checkpoint byte of asynchronous events follows from their place: it is dropped for a
 * dialect without it and is the last checkpoint passed for one that has it. Keys keep their name,
 * not their number. Where only a detail is lost, a lossy translation keeps the event without it; an
 * exact one refuses. What then still does not fit is refused by the encoder. Confined to one
 * thread.
 */
public final class Translation {
  private final Dialect from;
  private final Dialect to;
  private final boolean lossy;
  private Optional<Checkpoint> lastCheckpoint = Optional.empty();

  /**
   * A translation of one log, from its first event.
   *
   * @param lossy whether a detail that {@code to} has no room for may be left out
   */
  public Translation(Dialect from, Dialect to, boolean lossy) {
    this.from = from;
    this.to = to;
    this.lossy = lossy;
  }

  /**
   * The next event of the log in the other dialect.
   *
   * @throws InexpressibleEventException where it cannot be said without losing something
   */
  public Event translate(Event event) throws InexpressibleEventException {
    return switch (event) {
      case Event.CheckpointReached(Checkpoint checkpoint) -> {
        lastCheckpoint = Optional.of(checkpoint);
        yield event;
      }
      case Event.AsyncInput(var at, Input input) ->
          new Event.AsyncInput(place(at), input(event, input));
      case Event.Async async -> EventSchema.placed(async, place(async.at()));
      case Event.Shutdown(var cause) -> new Event.Shutdown(cause(event, cause));
      default -> withoutUnrecorded(event);
    };
  }

  private Optional<Checkpoint> place(Optional<Checkpoint> at) {
    if (to.asyncStyle() != AsyncStyle.CHECKPOINT_KIND) {
      return Optional.empty();
    }
    return at.isPresent() ? at : lastCheckpoint;
  }

  private Optional<ShutdownCause> cause(Event event, Optional<ShutdownCause> cause)
      throws InexpressibleEventException {
    if (has(cause)) {
      return cause;
    }
    if (cause.isEmpty()) {
      // The single code of old releases says no more than this cause of later ones.
      return Optional.of(ShutdownCause.NONE);
    }
    Optional<ShutdownCause> near =
        switch (cause.get()) {
          case HOST_QMP -> Optional.of(ShutdownCause.HOST_QMP_QUIT);
          case HOST_QMP_QUIT, HOST_QMP_SYSTEM_RESET -> Optional.of(ShutdownCause.HOST_QMP);
          default -> Optional.empty();
        };
    Optional<ShutdownCause> nearest = has(near) ? near : Optional.empty();
    if (!lossy || !has(nearest)) {
      throw new InexpressibleEventException(to, event, "has no such cause");
    }
    return nearest;
  }

  private boolean has(Optional<ShutdownCause> cause) {
    return to.codes().contains(new EventCode.OfShutdown(cause));
  }

  /** Numbers that only one of the dialects records, such as the write position of audio-in. */
  private Event withoutUnrecorded(Event event) throws InexpressibleEventException {
    EventSchema schema = EventSchema.of(event);
    Event said = event;
    for (int i = 0; i < schema.fields().size(); i++) {
      Field field = schema.fields().get(i);
      if (field.type() != Field.Type.NUMBER || !field.optional()) {
        continue;
      }
      boolean there = to.range(schema.kind(), field.name()).isPresent();
      if (there == from.range(schema.kind(), field.name()).isPresent()) {
        continue;
      }
      if (!lossy) {
        throw new InexpressibleEventException(
            to,
            event,
            there
                ? "needs " + field.name() + ", which the log does not have"
                : "does not record " + field.name());
      }
      said = schema.with(said, i, 0);
    }
    return said;
  }

  private Input input(Event event, Input input) throws InexpressibleEventException {
    if (!(input instanceof Input.Key key)
        || key.encoding() == Input.KeyEncoding.NUMBER
        || from.keys() == to.keys()) {
      return input;
    }
    Optional<String> name = from.keys().name(key.code());
    OptionalInt code = name.isPresent() ? to.keys().number(name.get()) : OptionalInt.empty();
    if (code.isEmpty()) {
      throw new InexpressibleEventException(
          to, event, "has no key " + name.orElse(Long.toString(key.code())));
    }
    return new Input.Key(to.keys().encoding(), code.getAsInt(), key.down());
  }
}
