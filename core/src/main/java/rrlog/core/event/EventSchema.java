package rrlog.core.event;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * What an event consists of: the one list of fields that decoding, encoding, JSON, text and
 * comparison walk. There is an entry for each kind, and for {@link EventKind#ASYNC_INPUT} one for
 * each kind of input. How a dialect lays the fields out is told by {@code rrlog.core.log}.
 * Immutable and thread-safe.
 *
 * <p>A new kind of event is a record in {@link Event}, its constant in {@link EventKind}, its entry
 * in {@link EventTable}, and its line in the history of dialects.
 */
public final class EventSchema {
  private final EventKind kind;
  private final Optional<Input.Kind> input;
  private final String name;
  private final String phrase;
  private final List<Field> fields;
  private final int nameField;
  private final int bytesField;
  private final Function<FieldValues, Event> maker;
  private final List<ToLongFunction<Event>> numbers;
  private final Function<Event, Payload> data;
  private final List<String> fullNames;

  EventSchema(EventTable.Entry<?> entry, Function<FieldValues, Event> maker) {
    this.kind = entry.kind;
    this.input = entry.input;
    this.name = entry.kind.label() + entry.input.map(in -> "/" + in.label()).orElse("");
    this.phrase = entry.phrase;
    this.fields = List.copyOf(entry.fields);
    this.nameField = entry.nameField;
    this.numbers = List.copyOf(entry.numbers);
    this.data = entry.data;
    this.maker = maker;
    this.bytesField =
        !fields.isEmpty() && fields.getLast().type() == Field.Type.BYTES ? fields.size() - 1 : -1;
    this.fullNames =
        nameField < 0
            ? List.of()
            : fields.get(nameField).labels().stream().map(label -> name + "/" + label).toList();
  }

  /** The kind of the events. */
  public EventKind kind() {
    return kind;
  }

  /** The kind of input, where the events are {@link EventKind#ASYNC_INPUT}. */
  public Optional<Input.Kind> input() {
    return input;
  }

  /** The fields, in the order of JSON; bytes come last. */
  public List<Field> fields() {
    return fields;
  }

  /** The place of a field, or -1 where the event has none of that name. */
  public int indexOf(String field) {
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).name().equals(field)) {
        return i;
      }
    }
    return -1;
  }

  /** The place of the label that is the second half of the full name, -1 where there is none. */
  public int nameField() {
    return nameField;
  }

  /** The place of the field that holds bytes, -1 where there is none. */
  public int bytesField() {
    return bytesField;
  }

  /**
   * What a run does in such an event, in the past tense, with fields in braces: {@code read the
   * {clock} clock}. A field of bytes stands for its length.
   */
  public String phrase() {
    return phrase;
  }

  /**
   * The full name of an event.
   *
   * @param sub the number of the label in its name, -1 for none
   */
  public String fullName(long sub) {
    return sub < 0 || nameField < 0 ? name : fullNames.get((int) sub);
  }

  /**
   * The event with these values.
   *
   * @throws IllegalArgumentException where a value is outside its field's range
   */
  public Event make(FieldValues values) {
    return maker.apply(values);
  }

  /**
   * The values of an event.
   *
   * @param event one that {@link #of(Event)} gives this schema for
   */
  public FieldValues valuesOf(Event event) {
    return new FieldValues() {
      @Override
      public long number(int field) {
        return numbers.get(field).applyAsLong(event);
      }

      @Override
      public Payload bytes(int field) {
        return data.apply(event);
      }
    };
  }

  /** The event with another number in one field. */
  public Event with(Event event, int field, long number) {
    FieldValues old = valuesOf(event);
    return old.number(field) == number ? event : make(replacing(old, field, number));
  }

  /** An asynchronous event as delivered at another checkpoint, or at none that is recorded. */
  public static Event placed(Event.Async event, Optional<Checkpoint> at) {
    EventSchema schema = of(event);
    return schema.with(event, schema.indexOf("checkpoint"), at.map(Enum::ordinal).orElse(-1));
  }

  private static FieldValues replacing(FieldValues old, int changed, long number) {
    return new FieldValues() {
      @Override
      public long number(int field) {
        return field == changed ? number : old.number(field);
      }

      @Override
      public Payload bytes(int field) {
        return old.bytes(field);
      }
    };
  }

  @Override
  public String toString() {
    return name;
  }

  // --- finding one

  /** The schema of an event. */
  public static EventSchema of(Event event) {
    return event instanceof Event.AsyncInput in ? of(in.input().kind()) : of(event.kind());
  }

  /**
   * The schema of a kind.
   *
   * @throws IllegalArgumentException for {@link EventKind#ASYNC_INPUT}, which has one for each kind
   *     of input
   */
  public static EventSchema of(EventKind kind) {
    EventSchema schema = EventTable.BY_KIND.get(kind);
    if (schema == null) {
      throw new IllegalArgumentException(kind + " depends on the kind of input");
    }
    return schema;
  }

  /** The schema of input events of a kind. */
  public static EventSchema of(Input.Kind kind) {
    return Objects.requireNonNull(EventTable.BY_INPUT.get(kind)); // every kind has one
  }

  /** All schemas, in the order of kinds. */
  public static List<EventSchema> all() {
    return EventTable.ALL;
  }

  /** All full names of events, each with what it stands for, in alphabetical order. */
  public static Map<String, EventName> names() {
    return EventTable.NAMES;
  }
}
