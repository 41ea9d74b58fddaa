package rrlog.formats.jsonl;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import rrlog.core.event.Checkpoint;
import rrlog.core.event.Clock;
import rrlog.core.event.Event;
import rrlog.core.event.EventKind;
import rrlog.core.event.Input;
import rrlog.core.event.Payload;
import rrlog.core.event.ShutdownCause;

/**
 * The fields of one event object while it is read, in whatever order they come, and the event that
 * they make. Fields that no event has are refused, so that a misspelt one is not lost silently.
 */
final class EventFields {
  private static final BigInteger MAX_U64 = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
  private static final BigInteger MIN_S64 = BigInteger.valueOf(Long.MIN_VALUE);

  private static final Map<String, Event> WHOLE_NAMES = wholeNames();
  private static final Map<String, Checkpoint> CHECKPOINTS =
      Stream.of(Checkpoint.values())
          .collect(Collectors.toMap(Checkpoint::label, Function.identity()));

  private final Map<String, Object> values = new TreeMap<>();
  private String name = "";

  /** Events that their name says completely. */
  private static Map<String, Event> wholeNames() {
    Map<String, Event> events = new TreeMap<>();
    events.put("interrupt", Event.InterruptTaken.TAKEN);
    events.put("exception", Event.ExceptionTaken.DELIVERED);
    events.put("end", Event.End.REACHED);
    events.put("shutdown", new Event.Shutdown(Optional.empty()));
    for (ShutdownCause cause : ShutdownCause.values()) {
      events.put("shutdown/" + cause.label(), new Event.Shutdown(Optional.of(cause)));
    }
    for (Checkpoint checkpoint : Checkpoint.values()) {
      events.put("checkpoint/" + checkpoint.label(), new Event.CheckpointReached(checkpoint));
    }
    return events;
  }

  /** Something in an event object does not fit. */
  static final class FieldException extends Exception {
    private static final long serialVersionUID = 1L;

    FieldException(String message) {
      super(message);
    }
  }

  void clear() {
    values.clear();
    name = "";
  }

  void name(String value) {
    name = value;
  }

  void put(String field, Object value) {
    values.put(field, value);
  }

  /** The event that the fields make; all of them have to belong to it. */
  Event toEvent() throws FieldException {
    Event event = WHOLE_NAMES.get(name);
    if (event == null) {
      event = made();
    }
    if (!values.isEmpty()) {
      throw new FieldException(
          name + " has no field \"" + values.keySet().iterator().next() + "\"");
    }
    return event;
  }

  private Event made() throws FieldException {
    int slash = name.indexOf('/');
    String kindName = slash < 0 ? name : name.substring(0, slash);
    String sub = slash < 0 ? "" : name.substring(slash + 1);
    EventKind kind =
        EventKind.ofLabel(kindName)
            .orElseThrow(() -> new FieldException("no event is called \"" + name + "\""));
    return switch (kind) {
      case INSTRUCTION -> new Event.Instruction(number("count"));
      case CLOCK -> new Event.ClockRead(clock(sub), number("ns"));
      case ASYNC_BH -> new Event.AsyncBh(checkpoint(), unsigned("id"));
      case ASYNC_BH_ONESHOT -> new Event.AsyncBhOneshot(checkpoint(), unsigned("id"));
      case ASYNC_INPUT -> new Event.AsyncInput(checkpoint(), input(sub));
      case ASYNC_INPUT_SYNC -> new Event.AsyncInputSync(checkpoint());
      case ASYNC_CHAR_READ ->
          new Event.AsyncCharRead(checkpoint(), s32("charId"), data("data", true));
      case ASYNC_BLOCK -> new Event.AsyncBlock(checkpoint(), unsigned("id"));
      case ASYNC_NET ->
          new Event.AsyncNet(checkpoint(), s32("filterId"), number("flags"), data("data", true));
      case CHAR_WRITE -> new Event.CharWrite(s32("res"), s32("written"));
      case CHAR_READ_ALL -> new Event.CharReadAll(data("data", true));
      case CHAR_READ_ALL_ERROR -> new Event.CharReadAllError(s32("error"));
      case AUDIO_OUT -> new Event.AudioOut(unsigned("played"));
      case AUDIO_IN ->
          new Event.AudioIn(
              unsigned("recorded"),
              values.containsKey("wpos") ? unsigned("wpos") : 0,
              data("samples", false));
      case RANDOM -> new Event.Random(s32("ret"), data("data", true));
      case INTERRUPT, EXCEPTION, END, SHUTDOWN, CHECKPOINT ->
          throw new FieldException("no event is called \"" + name + "\"");
    };
  }

  private Clock clock(String sub) throws FieldException {
    return switch (sub) {
      case "host" -> Clock.HOST;
      case "virtual-rt" -> Clock.VIRTUAL_RT;
      default -> throw new FieldException("no event is called \"" + name + "\"");
    };
  }

  private Optional<Checkpoint> checkpoint() throws FieldException {
    Object label = values.remove("checkpoint");
    if (label == null) {
      return Optional.empty();
    }
    Checkpoint checkpoint = label instanceof String text ? CHECKPOINTS.get(text) : null;
    if (checkpoint == null) {
      throw new FieldException("no checkpoint is called " + label);
    }
    return Optional.of(checkpoint);
  }

  private Input input(String kind) throws FieldException {
    return switch (kind) {
      case "key" -> {
        values.remove("keyName");
        yield new Input.Key(encoding(), number("key"), flag("down"));
      }
      case "btn" -> {
        values.remove("buttonName");
        yield new Input.Button(number("button"), flag("down"));
      }
      case "rel" -> new Input.Relative(number("axis"), number("value"));
      case "abs" -> new Input.Absolute(number("axis"), number("value"));
      case "mtt" ->
          new Input.MultiTouch(
              number("type"),
              number("slot"),
              number("trackingId"),
              number("axis"),
              number("value"));
      default -> throw new FieldException("no event is called \"" + name + "\"");
    };
  }

  private Input.KeyEncoding encoding() throws FieldException {
    Object encoding = take("encoding");
    try {
      return Input.KeyEncoding.valueOf(encoding.toString().toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      throw new FieldException("keys are not encoded as \"" + encoding + "\"");
    }
  }

  private Object take(String field) throws FieldException {
    Object value = values.remove(field);
    if (value == null) {
      throw new FieldException(name + " needs a field \"" + field + "\"");
    }
    return value;
  }

  /** A signed 64-bit number. */
  private long number(String field) throws FieldException {
    Object value = take(field);
    if (value instanceof Long number) {
      return number;
    }
    throw new FieldException("\"" + field + "\" is not a 64-bit number: " + value);
  }

  /** A number from -2^63 to 2^64 - 1, kept in 64 bits; the encoder checks narrower ranges. */
  private long unsigned(String field) throws FieldException {
    Object value = take(field);
    if (value instanceof Long number) {
      return number;
    }
    if (value instanceof BigInteger big
        && big.compareTo(MAX_U64) <= 0
        && big.compareTo(MIN_S64) >= 0) {
      return big.longValue();
    }
    throw new FieldException("\"" + field + "\" is not a 64-bit number: " + value);
  }

  private int s32(String field) throws FieldException {
    long value = number(field);
    if (value != (int) value) {
      throw new FieldException("\"" + field + "\" is not a 32-bit number: " + value);
    }
    return (int) value;
  }

  private boolean flag(String field) throws FieldException {
    Object value = take(field);
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw new FieldException("\"" + field + "\" is not true or false: " + value);
  }

  /** Bytes: base64 where given, else the readable form that is told beside it. */
  private Payload data(String field, boolean required) throws FieldException {
    Object text = values.remove("text");
    Object bytes = values.remove(field);
    if (bytes instanceof byte[] array) {
      return Payload.wrapping(array);
    }
    if (text instanceof String readable) {
      return Payload.ofText(readable);
    }
    if (required) {
      throw new FieldException(name + " needs a field \"" + field + "\"");
    }
    return Payload.EMPTY;
  }
}
