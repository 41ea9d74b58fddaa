package rrlog.cli.render.text;

import rrlog.core.analysis.diff.Moment;
import rrlog.core.event.Event;
import rrlog.core.event.EventSchema;
import rrlog.core.event.Field;
import rrlog.core.event.FieldValues;
import rrlog.core.event.Payload;
import rrlog.core.log.Dialect;

/** The fields of an event in the few columns that {@code diff} has for them. */
public final class MomentText {
  private static final int SHOWN_BYTES = 4;

  private MomentText() {}

  /** The fields of an event; nothing where its name says all. */
  public static String fields(Moment moment, Dialect dialect) {
    Event event = moment.event().orElseThrow();
    EventSchema schema = EventSchema.of(event);
    FieldValues values = schema.valuesOf(event);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < schema.fields().size(); i++) {
      Field field = schema.fields().get(i);
      switch (field.type()) {
        case NUMBER -> number(text, schema, values, i, dialect);
        case FLAG -> word(text).append(values.flag(i) ? "down" : "up");
        // The checkpoint of an asynchronous event comes last, how a key is told shows in it.
        case LABEL -> {}
        case BYTES -> {
          if (field.unit() == Field.Unit.BYTES) {
            data(word(text), moment, values.bytes(i));
          }
        }
      }
    }
    if (event instanceof Event.Async async) {
      async.at().ifPresent(at -> word(text).append("at=").append(at.label()));
    }
    return text.toString();
  }

  private static void number(
      StringBuilder text, EventSchema schema, FieldValues values, int index, Dialect dialect) {
    Field field = schema.fields().get(index);
    long number = values.number(index);
    String value = field.range().text(number);
    switch (field.unit()) {
      case INSTRUCTIONS -> word(text).append('+').append(value);
      case DEVICE -> word(text).append('#').append(value);
      case KEY, BUTTON -> word(text).append(dialect.nameOf(schema, values, index).orElse(value));
      case POSITION -> text.append('=').append(value);
      case NANOSECONDS, BYTES, AXIS -> word(text).append(value);
      case FLAGS, STATUS -> {
        if (number != 0) {
          word(text).append(field.name()).append('=').append(value);
        }
      }
      case FRAMES, NONE, DOWN -> word(text).append(field.name()).append('=').append(value);
    }
  }

  private static StringBuilder word(StringBuilder text) {
    return text.isEmpty() ? text : text.append(' ');
  }

  private static void data(StringBuilder text, Moment moment, Payload data) {
    text.append(moment.dataLength()).append(" B");
    int shown = Math.min(SHOWN_BYTES, data.length());
    for (int i = 0; i < shown; i++) {
      text.append(i == 0 ? " " : "").append(String.format("%02x", data.at(i) & 0xff));
    }
    text.append(shown < moment.dataLength() ? ".." : "");
  }
}
