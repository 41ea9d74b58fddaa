package rrlog.formats.jsonl;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import rrlog.core.event.Event;
import rrlog.core.event.EventName;
import rrlog.core.event.EventSchema;
import rrlog.core.event.Field;
import rrlog.core.event.FieldValues;
import rrlog.core.event.Payload;
import rrlog.core.event.Range;

/**
 * The fields of one event object while it is read, in whatever order they come, and the event that
 * they make. Fields that no event has are refused, so that a misspelt one is not lost silently.
 */
final class EventFields {
  private static final BigInteger MAX_U64 = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

  private final Map<String, Object> values = new TreeMap<>();
  private String name = "";

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
    EventName known = EventSchema.names().get(name);
    if (known == null) {
      throw new FieldException("no event is called " + Quoted.of(name));
    }
    Event event = made(known);
    if (!values.isEmpty()) {
      throw new FieldException(
          name + " has no field " + Quoted.of(values.keySet().iterator().next()));
    }
    return event;
  }

  private Event made(EventName known) throws FieldException {
    List<Field> fields = known.schema().fields();
    long[] numbers = new long[fields.size()];
    Payload data = Payload.EMPTY;
    for (int i = 0; i < numbers.length; i++) {
      Field field = fields.get(i);
      if (i == known.schema().nameField()) {
        numbers[i] = known.sub();
      } else if (field.type() == Field.Type.BYTES) {
        data = data(field);
      } else {
        numbers[i] = number(field);
      }
    }
    try {
      return known.schema().make(new Values(numbers, data));
    } catch (IllegalArgumentException outOfRange) {
      throw new FieldException(name + ": " + outOfRange.getMessage());
    }
  }

  /** What was read, by the places of the fields in the schema. */
  private record Values(long[] numbers, Payload data) implements FieldValues {
    @Override
    public long number(int field) {
      return numbers[field];
    }

    @Override
    public Payload bytes(int field) {
      return data;
    }
  }

  private long number(Field field) throws FieldException {
    values.remove(field.name() + EventJson.NAMED);
    if (field.optional() && !values.containsKey(field.name())) {
      return field.type() == Field.Type.LABEL ? -1 : 0;
    }
    Object value = take(field.name());
    return switch (field.type()) {
      case FLAG -> flag(field, value);
      case LABEL -> label(field, value);
      case NUMBER, BYTES -> number(field, value);
    };
  }

  private Object take(String field) throws FieldException {
    Object value = values.remove(field);
    if (value == null) {
      throw new FieldException(name + " needs a field \"" + field + "\"");
    }
    return value;
  }

  private static long number(Field field, Object value) throws FieldException {
    if (value instanceof Long number && field.range().contains(number)) {
      return number;
    }
    if (field.range() == Range.U64
        && value instanceof BigInteger big
        && big.compareTo(MAX_U64) <= 0
        && big.signum() > 0) {
      return big.longValue();
    }
    throw new FieldException(
        "\""
            + field.name()
            + "\" is not a number of "
            + field.range().words()
            + ": "
            + Quoted.of(value));
  }

  private static long flag(Field field, Object value) throws FieldException {
    if (value instanceof Boolean flag) {
      return flag ? 1 : 0;
    }
    throw new FieldException("\"" + field.name() + "\" is not true or false: " + Quoted.of(value));
  }

  private static long label(Field field, Object value) throws FieldException {
    int number = value instanceof String word ? field.labels().indexOf(word) : -1;
    if (number < 0) {
      throw new FieldException("no " + field.name() + " is called " + Quoted.of(value));
    }
    return number;
  }

  /** Bytes: base64 where given, else the readable form that is told beside it. */
  private Payload data(Field field) throws FieldException {
    Object text = field.unit() == Field.Unit.BYTES ? values.remove("text") : null;
    Object bytes = values.remove(field.name());
    if (bytes instanceof byte[] array) {
      return Payload.wrapping(array);
    }
    if (text instanceof String readable) {
      return Payload.ofText(readable);
    }
    if (field.optional()) {
      return Payload.EMPTY;
    }
    throw new FieldException(name + " needs a field \"" + field.name() + "\"");
  }
}
