package rrlog.formats.jsonl;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import rrlog.core.event.EventKind;
import rrlog.core.event.Input;
import rrlog.core.log.AudioLayout;
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

  private static final SerializableString EVENT = new SerializedString("event");
  private static final SerializableString OFFSET = new SerializedString("offset");
  private static final SerializableString ICOUNT = new SerializedString("icount");
  private static final SerializableString NAME = new SerializedString("name");
  private static final SerializableString COUNT = new SerializedString("count");
  private static final SerializableString NS = new SerializedString("ns");

  private final Dialect dialect;
  private final boolean hasWpos;

  /** The full names by event code, made once; {@code null} where the code alone does not tell. */
  private final SerializableString[] names;

  EventJson(Dialect dialect) {
    this.dialect = dialect;
    this.hasWpos = dialect.audio() != AudioLayout.INT64_NO_WPOS;
    this.names = new SerializableString[256];
  }

  void write(EventCursor event, JsonGenerator json) {
    json.writeStartObject();
    json.writeName(EVENT).writeNumber(event.ordinal());
    json.writeName(OFFSET).writeNumber(event.offset());
    json.writeName(ICOUNT).writeNumber(event.icount());
    EventKind kind = event.kind();
    json.writeName(NAME).writeString(name(event, kind));
    switch (kind) {
      case INSTRUCTION -> json.writeName(COUNT).writeNumber(event.count());
      case CLOCK -> json.writeName(NS).writeNumber(event.ns());
      case CHECKPOINT, INTERRUPT, EXCEPTION, SHUTDOWN, END -> {}
      default -> {
        if (kind.isAsync()) {
          checkpoint(event, json);
        }
        fields(event, kind, json);
      }
    }
    json.writeEndObject();
  }

  private SerializableString name(EventCursor event, EventKind kind) {
    if (kind.isAsync()) {
      return new SerializedString(event.fullName());
    }
    SerializableString name = names[event.code()];
    if (name == null) {
      name = new SerializedString(event.fullName());
      names[event.code()] = name;
    }
    return name;
  }

  private void checkpoint(EventCursor event, JsonGenerator json) {
    int index = event.asyncCheckpoint();
    if (index >= 0) {
      json.writeStringProperty("checkpoint", dialect.checkpoints().get(index).label());
    }
  }

  private void fields(EventCursor event, EventKind kind, JsonGenerator json) {
    switch (kind) {
      case ASYNC_BH, ASYNC_BH_ONESHOT, ASYNC_BLOCK -> unsigned(json, "id", event.id());
      case ASYNC_INPUT -> input(event.input(), json);
      case ASYNC_CHAR_READ -> {
        json.writeNumberProperty("charId", event.unit());
        data(event, json);
      }
      case ASYNC_NET -> {
        json.writeNumberProperty("filterId", event.unit());
        json.writeNumberProperty("flags", event.flags());
        data(event, json);
      }
      case CHAR_WRITE -> {
        json.writeNumberProperty("res", event.result());
        json.writeNumberProperty("written", event.written());
      }
      case CHAR_READ_ALL -> data(event, json);
      case CHAR_READ_ALL_ERROR -> json.writeNumberProperty("error", event.result());
      case AUDIO_OUT -> counter(json, "played", event.played());
      case AUDIO_IN -> {
        counter(json, "recorded", event.recorded());
        if (hasWpos) {
          counter(json, "wpos", event.wpos());
        }
        if (event.dataLength() > 0) {
          base64(json, "samples", event.data());
        }
      }
      case RANDOM -> {
        json.writeNumberProperty("ret", event.result());
        data(event, json);
      }
      case ASYNC_INPUT_SYNC,
          INSTRUCTION,
          INTERRUPT,
          EXCEPTION,
          SHUTDOWN,
          CLOCK,
          CHECKPOINT,
          END -> {}
    }
  }

  private void input(Input input, JsonGenerator json) {
    switch (input) {
      case Input.Key(var encoding, long code, boolean down) -> {
        json.writeStringProperty("encoding", encoding.label());
        json.writeNumberProperty("key", code);
        if (encoding != Input.KeyEncoding.NUMBER) {
          dialect.keys().name(code).ifPresent(name -> json.writeStringProperty("keyName", name));
        }
        json.writeBooleanProperty("down", down);
      }
      case Input.Button(long button, boolean down) -> {
        json.writeNumberProperty("button", button);
        dialect.buttons().name(button).ifPresent(n -> json.writeStringProperty("buttonName", n));
        json.writeBooleanProperty("down", down);
      }
      case Input.Relative(long axis, long value) -> axis(json, axis, value);
      case Input.Absolute(long axis, long value) -> axis(json, axis, value);
      case Input.MultiTouch(long type, long slot, long trackingId, long axis, long value) -> {
        json.writeNumberProperty("type", type);
        json.writeNumberProperty("slot", slot);
        json.writeNumberProperty("trackingId", trackingId);
        axis(json, axis, value);
      }
    }
  }

  private static void axis(JsonGenerator json, long axis, long value) {
    json.writeNumberProperty("axis", axis);
    json.writeNumberProperty("value", value);
  }

  /** Audio counters are signed where they have 32 bits and unsigned where they have 64. */
  private void counter(JsonGenerator json, String name, long value) {
    if (dialect.audio() == AudioLayout.INT32) {
      json.writeNumberProperty(name, value);
    } else {
      unsigned(json, name, value);
    }
  }

  private static void unsigned(JsonGenerator json, String name, long value) {
    if (value >= 0) {
      json.writeNumberProperty(name, value);
    } else {
      json.writeNumberProperty(name, new BigInteger(Long.toUnsignedString(value)));
    }
  }

  private static void data(EventCursor event, JsonGenerator json) {
    MemorySegment data = event.data();
    base64(json, "data", data);
    if (isText(data)) {
      json.writeName("text");
      byte[] text = data.toArray(JAVA_BYTE);
      json.writeString(new String(text, StandardCharsets.US_ASCII));
    }
  }

  static void base64(JsonGenerator json, String name, MemorySegment data) {
    json.writeName(name);
    if (data.byteSize() <= LONGEST_TEXT) {
      byte[] bytes = data.toArray(JAVA_BYTE);
      json.writeBinary(Base64Variants.MIME_NO_LINEFEEDS, bytes, 0, bytes.length);
    } else {
      json.writeBinary(
          Base64Variants.MIME_NO_LINEFEEDS,
          new SegmentInputStream(data),
          Math.toIntExact(data.byteSize()));
    }
  }

  /** Whether data is worth showing as text: printable ASCII, tabs and line ends. */
  private static boolean isText(MemorySegment data) {
    long size = data.byteSize();
    if (size == 0 || size > LONGEST_TEXT) {
      return false;
    }
    for (long i = 0; i < size; i++) {
      byte b = data.get(JAVA_BYTE, i);
      if ((b < ' ' || b > '~') && b != '\n' && b != '\r' && b != '\t') {
        return false;
      }
    }
    return true;
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
