package rrlog.core.log;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import rrlog.core.event.Checkpoint;
import rrlog.core.event.Event;
import rrlog.core.event.EventSchema;
import rrlog.core.event.Field;
import rrlog.core.event.FieldValues;
import rrlog.core.event.Payload;
import rrlog.core.event.Range;

/**
 * Writes events as the bytes of a dialect: the exact inverse of {@link EventCursor#event()}. Values
 * are written as they are; what the dialect cannot hold is refused, never narrowed. Confined to one
 * thread.
 */
final class EventEncoder {
  /** No event without data is longer. */
  private static final int MAX_FIELDS = 64;

  private static final int FRAME = 16;

  private final Dialect dialect;
  private ByteBuffer buffer = ByteBuffer.allocate(1 << 16);

  EventEncoder(Dialect dialect) {
    this.dialect = dialect;
  }

  /**
   * Encodes one event.
   *
   * @return a buffer with its bytes, valid until the next call
   */
  ByteBuffer encode(Event event) throws InexpressibleEventException {
    buffer.clear();
    switch (event) {
      case Event.Async async -> async(event, async.at());
      case Event.Shutdown(var cause) -> code(dialect.codeOf(cause), event, "has no such cause");
      case Event.ClockRead(var clock, _) ->
          code(OptionalInt.of(dialect.codeOf(clock)), event, "has no such clock");
      case Event.CheckpointReached(var checkpoint) ->
          code(dialect.codeOf(checkpoint), event, "has no such checkpoint");
      default -> plain(event);
    }
    EventSchema schema = EventSchema.of(event);
    FieldValues values = schema.valuesOf(event);
    fields(event, values, chosen(event, schema, values));
    return buffer.flip();
  }

  private void plain(Event event) throws InexpressibleEventException {
    code(dialect.codeOf(event.kind()), event, "has no such event");
  }

  private void code(OptionalInt code, Event event, String otherwise)
      throws InexpressibleEventException {
    if (code.isEmpty()) {
      throw new InexpressibleEventException(dialect, event, otherwise);
    }
    buffer.put((byte) code.getAsInt());
  }

  private void async(Event event, Optional<Checkpoint> at) throws InexpressibleEventException {
    boolean wantsCheckpoint = dialect.asyncStyle() == AsyncStyle.CHECKPOINT_KIND;
    if (at.isPresent() && !wantsCheckpoint) {
      throw new InexpressibleEventException(dialect, event, "does not record its checkpoint");
    }
    if (dialect.asyncStyle() == AsyncStyle.CODE) {
      plain(event);
      return;
    }
    OptionalInt number = dialect.asyncNumber(event.kind());
    if (number.isEmpty()) {
      throw new InexpressibleEventException(dialect, event, "has no such event");
    }
    code(dialect.asyncQueueCode(), event, "has no asynchronous events");
    if (wantsCheckpoint) {
      int index = at.map(dialect.checkpoints()::indexOf).orElse(-1);
      if (index < 0) {
        throw new InexpressibleEventException(dialect, event, "has to name a checkpoint it knows");
      }
      buffer.put((byte) index);
    }
    buffer.put((byte) number.getAsInt());
  }

  /** The layout for an event, after the numbers that choose it have been written. */
  private FieldLayout chosen(Event event, EventSchema schema, FieldValues values)
      throws InexpressibleEventException {
    Layout layout = dialect.layout(event.kind());
    while (layout instanceof Layout.Choice choice) {
      List<Layout> alternatives = choice.alternatives();
      int number = 0;
      while (number < alternatives.size() && !fits(alternatives.get(number), schema, values)) {
        number++;
      }
      if (number == alternatives.size()) {
        throw new InexpressibleEventException(dialect, event, whyNot(choice, schema, values));
      }
      buffer.putInt(number);
      layout = alternatives.get(number);
    }
    return (FieldLayout) layout;
  }

  private static boolean fits(Layout layout, EventSchema schema, FieldValues values) {
    return switch (layout) {
      case Layout.Choice choice -> choice.tells(schema);
      case FieldLayout fields ->
          fields.tells(schema)
              && fields.parts.stream()
                  .allMatch(
                      part ->
                          part.wire() != Wire.CONSTANT
                              || part.constant() == values.number(schema.indexOf(part.field())));
    };
  }

  /** Why none of the alternatives fits: the schema, or what they take for constant. */
  private static String whyNot(Layout.Choice choice, EventSchema schema, FieldValues values) {
    for (Layout layout : choice.alternatives()) {
      if (layout instanceof FieldLayout fields && fields.tells(schema)) {
        for (Layout.Part part : fields.parts) {
          if (part.wire() == Wire.CONSTANT) {
            int field = schema.indexOf(part.field());
            String label = schema.fields().get(field).label(values.number(field));
            return "has no " + part.field() + " " + label;
          }
        }
      }
    }
    return "has no such " + choice.what();
  }

  private void fields(Event event, FieldValues values, FieldLayout layout)
      throws InexpressibleEventException {
    List<Field> fields = layout.schema.fields();
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).type() == Field.Type.NUMBER
          && !layout.records(i)
          && values.number(i) != 0) {
        throw new InexpressibleEventException(
            dialect, event, "does not record " + fields.get(i).name());
      }
    }
    for (Layout.Part part : layout.parts) {
      int field = layout.schema.indexOf(part.field());
      switch (part.wire()) {
        case U8, FLAG -> buffer.put((byte) number(event, part, values.number(field)));
        case S32, U32 -> buffer.putInt((int) number(event, part, values.number(field)));
        case S64, U64 -> buffer.putLong(values.number(field));
        case CONSTANT -> {}
        case ARRAY -> {
          buffer.putInt(values.bytes(field).length());
          bytes(values.bytes(field));
        }
        case FRAMES, FRAMES_UNLESS_FULL ->
            frames(
                event,
                layout,
                values.number(layout.frameCount),
                values.bytes(field),
                part.wire() == Wire.FRAMES_UNLESS_FULL);
      }
    }
  }

  private void frames(
      Event event, FieldLayout layout, long recorded, Payload samples, boolean canOmit)
      throws InexpressibleEventException {
    if (recorded < 0 && layout.range(layout.frameCount) == Range.S32) {
      throw outOfRange(event, layout.schema.fields().get(layout.frameCount).name(), recorded);
    }
    boolean left = samples.length() == 0 && recorded != 0;
    if (left && !canOmit) {
      throw new InexpressibleEventException(dialect, event, "always has the frames of a full ring");
    }
    if (!left && (samples.length() % FRAME != 0 || samples.length() / FRAME != recorded)) {
      throw new InexpressibleEventException(
          dialect, event, "needs 16 bytes for each recorded frame");
    }
    bytes(samples);
  }

  private void bytes(Payload data) {
    if (buffer.remaining() < data.length()) {
      ByteBuffer larger = ByteBuffer.allocate(Math.addExact(data.length(), MAX_FIELDS));
      buffer = larger.put(buffer.flip());
    }
    data.copyTo(buffer);
  }

  private long number(Event event, Layout.Part part, long value)
      throws InexpressibleEventException {
    if (!part.wire().range.contains(value)) {
      throw outOfRange(event, part.field(), value);
    }
    return value;
  }

  private InexpressibleEventException outOfRange(Event event, String field, long value) {
    return new InexpressibleEventException(
        dialect, event, "has no room for " + field + " " + value);
  }
}
