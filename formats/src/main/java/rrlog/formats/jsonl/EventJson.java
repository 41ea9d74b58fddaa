package rrlog.formats.jsonl;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rrlog.core.event.EventSchema;
import rrlog.core.event.Field;
import rrlog.core.event.Range;
import rrlog.core.log.Dialect;
import rrlog.core.log.EventCursor;
import tools.jackson.core.Base64Variants;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.SerializedString;

/** Writes the event under a cursor as one JSON object. */
final class EventJson {
  /** Longer data is not repeated as text. */
  private static final int LONGEST_TEXT = 4096;

  /** Behind the name of a field whose number means something: what it means, for people. */
  static final String NAMED = "Name";

  private static final SerializableString EVENT = new SerializedString("event");
  private static final SerializableString OFFSET = new SerializedString("offset");
  private static final SerializableString ICOUNT = new SerializedString("icount");
  private static final SerializableString TEXT = new SerializedString("text");
  private static final SerializableString KIND = new SerializedString("kind");
  private static final SerializableString NAME = new SerializedString("name");

  private final Dialect dialect;

  /** By event code, where the code alone tells which event it is; made at the first of them. */
  private final @Nullable Words[] byCode = new Words[256];

  private final Map<EventSchema, Words> bySchema = new HashMap<>();

  /** What is the same in every object of an event. */
  private record Words(
      EventSchema schema, SerializableString name, SerializableString kind, List<Column> columns) {
    static Words of(EventCursor event) {
      EventSchema schema = event.schema();
      List<Column> columns = new ArrayList<>();
      for (int i = 0; i < schema.fields().size(); i++) {
        if (i != schema.nameField() && event.records(i)) {
          Field field = schema.fields().get(i);
          columns.add(new Column(i, field, new SerializedString(field.name()), event.range(i)));
        }
      }
      return new Words(
          schema,
          new SerializedString(event.fullName()),
          new SerializedString(schema.kind().label()),
          List.copyOf(columns));
    }
  }

  /** A field that the dialect records, with its place in the schema and its numbers there. */
  private record Column(int index, Field field, SerializableString name, Range range) {}

  EventJson(Dialect dialect) {
    this.dialect = dialect;
  }

  void write(EventCursor event, JsonGenerator json) {
    json.writeStartObject();
    json.writeName(EVENT).writeNumber(event.ordinal());
    json.writeName(OFFSET).writeNumber(event.offset());
    json.writeName(ICOUNT).writeNumber(event.icount());
    Words words = words(event);
    json.writeName(NAME).writeString(words.name);
    json.writeName(KIND).writeString(words.kind);
    List<Column> columns = words.columns;
    for (int i = 0; i < columns.size(); i++) {
      column(event, words, columns.get(i), json);
    }
    json.writeEndObject();
  }

  private Words words(EventCursor event) {
    if (event.kind().isAsync()) {
      return bySchema.computeIfAbsent(event.schema(), schema -> Words.of(event));
    }
    Words words = byCode[event.code()];
    if (words == null) {
      words = Words.of(event);
      byCode[event.code()] = words;
    }
    return words;
  }

  private void column(EventCursor event, Words words, Column column, JsonGenerator json) {
    Field field = column.field;
    switch (field.type()) {
      case NUMBER -> {
        json.writeName(column.name);
        number(json, column.range, event.number(column.index));
        if (field.unit() == Field.Unit.KEY || field.unit() == Field.Unit.BUTTON) {
          dialect
              .nameOf(words.schema, event, column.index)
              .ifPresent(word -> json.writeStringProperty(field.name() + NAMED, word));
        }
      }
      case FLAG -> json.writeName(column.name).writeBoolean(event.flag(column.index));
      case LABEL ->
          json.writeName(column.name).writeString(field.label(event.number(column.index)));
      case BYTES -> {
        if (!field.optional() || event.dataLength() > 0) {
          json.writeName(column.name);
          data(event.data(), field.unit() == Field.Unit.BYTES, json);
        }
      }
    }
  }

  private static void number(JsonGenerator json, Range range, long value) {
    if (value < 0 && range == Range.U64) {
      json.writeNumber(new BigInteger(Long.toUnsignedString(value)));
    } else {
      json.writeNumber(value);
    }
  }

  /** Bytes as base64, and where they may be text beside it. */
  private static void data(MemorySegment data, boolean mayBeText, JsonGenerator json) {
    if (data.byteSize() > LONGEST_TEXT) {
      json.writeBinary(
          Base64Variants.MIME_NO_LINEFEEDS,
          new SegmentInputStream(data),
          Math.toIntExact(data.byteSize()));
      return;
    }
    byte[] bytes = data.toArray(JAVA_BYTE);
    json.writeBinary(Base64Variants.MIME_NO_LINEFEEDS, bytes, 0, bytes.length);
    if (mayBeText && isText(bytes)) {
      json.writeName(TEXT).writeString(new String(bytes, StandardCharsets.US_ASCII));
    }
  }

  /** Whether data is worth showing as text: printable ASCII, tabs and line ends. */
  private static boolean isText(byte[] data) {
    for (byte b : data) {
      if ((b < ' ' || b > '~') && b != '\n' && b != '\r' && b != '\t') {
        return false;
      }
    }
    return data.length > 0;
  }

  /** The bytes of a segment, for base64 of data that is not to be copied as a whole. */
  private static final class SegmentInputStream extends InputStream {
    private final MemorySegment bytes;
    private long next;

    SegmentInputStream(MemorySegment bytes) {
      this.bytes = bytes;
    }

    @Override
    public int read() {
      return next < bytes.byteSize() ? bytes.get(JAVA_BYTE, next++) & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int from, int length) {
      int part = (int) Math.min(length, bytes.byteSize() - next);
      if (part == 0 && length > 0) {
        return -1;
      }
      MemorySegment.copy(bytes, JAVA_BYTE, next, target, from, part);
      next += part;
      return part;
    }
  }
}
