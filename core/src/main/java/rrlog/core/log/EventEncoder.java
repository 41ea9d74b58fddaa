package rrlog.core.log;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;
import rrlog.core.event.Checkpoint;
import rrlog.core.event.Event;
import rrlog.core.event.Input;
import rrlog.core.event.Payload;

/**
 * Writes events as the bytes of a dialect: the exact inverse of {@link EventCursor#event()}. Values
 * are written as they are; what the dialect cannot hold is refused, never narrowed. Confined to one
 * thread.
 */
final class EventEncoder {
  /** No event without data is longer. */
  private static final int MAX_FIELDS = 64;

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
      case Event.Instruction(long count) -> plain(event).putInt(u32(count, event, "count"));
      case Event.InterruptTaken() -> plain(event);
      case Event.ExceptionTaken() -> plain(event);
      case Event.AsyncBh(var at, long id) -> async(event, at).putLong(id);
      case Event.AsyncBhOneshot(var at, long id) -> async(event, at).putLong(id);
      case Event.AsyncInput(var at, Input input) -> {
        async(event, at);
        input(event, input);
      }
      case Event.AsyncInputSync(var at) -> async(event, at);
      case Event.AsyncCharRead(var at, int charId, Payload data) -> {
        async(event, at).put(u8(charId, event, "char id"));
        array(data);
      }
      case Event.AsyncBlock(var at, long id) -> async(event, at).putLong(id);
      case Event.AsyncNet(var at, int filterId, long flags, Payload data) -> {
        async(event, at).put(u8(filterId, event, "filter id")).putInt(u32(flags, event, "flags"));
        array(data);
      }
      case Event.Shutdown(var cause) -> code(dialect.codeOf(cause), event, "has no such cause");
      case Event.CharWrite(int res, int offset) -> plain(event).putInt(res).putInt(offset);
      case Event.CharReadAll(Payload data) -> {
        plain(event);
        array(data);
      }
      case Event.CharReadAllError(int error) -> plain(event).putInt(error);
      case Event.AudioOut(long played) -> {
        plain(event);
        counter(played, event, "played");
      }
      case Event.AudioIn in -> audioIn(in);
      case Event.Random(int ret, Payload data) -> {
        plain(event).putInt(ret);
        array(data);
      }
      case Event.ClockRead(var clock, long ns) ->
          code(OptionalInt.of(dialect.codeOf(clock)), event, "").putLong(ns);
      case Event.CheckpointReached(var checkpoint) ->
          code(dialect.codeOf(checkpoint), event, "has no such checkpoint");
      case Event.End() -> plain(event);
    }
    return buffer.flip();
  }

  private ByteBuffer plain(Event event) throws InexpressibleEventException {
    return code(dialect.codeOf(event.kind()), event, "has no such event");
  }

  private ByteBuffer code(OptionalInt code, Event event, String otherwise)
      throws InexpressibleEventException {
    if (code.isEmpty()) {
      throw new InexpressibleEventException(dialect, event, otherwise);
    }
    return buffer.put((byte) code.getAsInt());
  }

  private ByteBuffer async(Event event, Optional<Checkpoint> at)
      throws InexpressibleEventException {
    boolean wantsCheckpoint = dialect.asyncStyle() == AsyncStyle.CHECKPOINT_KIND;
    if (at.isPresent() && !wantsCheckpoint) {
      throw new InexpressibleEventException(dialect, event, "does not record its checkpoint");
    }
    if (dialect.asyncStyle() == AsyncStyle.CODE) {
      return plain(event);
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
    return buffer.put((byte) number.getAsInt());
  }

  private void input(Event event, Input input) throws InexpressibleEventException {
    int number = dialect.inputKinds().indexOf(input.kind());
    if (number < 0) {
      throw new InexpressibleEventException(dialect, event, "has no such input");
    }
    buffer.putInt(number);
    switch (input) {
      case Input.Key key -> key(event, key);
      case Input.Button(long button, boolean down) ->
          buffer.putInt(u32(button, event, "button")).put((byte) (down ? 1 : 0));
      case Input.Relative(long axis, long value) ->
          buffer.putInt(u32(axis, event, "axis")).putLong(value);
      case Input.Absolute(long axis, long value) ->
          buffer.putInt(u32(axis, event, "axis")).putLong(value);
      case Input.MultiTouch(long type, long slot, long trackingId, long axis, long value) ->
          buffer
              .putInt(u32(type, event, "type"))
              .putLong(slot)
              .putLong(trackingId)
              .putInt(u32(axis, event, "axis"))
              .putLong(value);
    }
  }

  private void key(Event event, Input.Key key) throws InexpressibleEventException {
    boolean linux = dialect.keys().encoding() == Input.KeyEncoding.LINUX;
    if (linux != (key.encoding() == Input.KeyEncoding.LINUX)) {
      throw new InexpressibleEventException(
          dialect, event, "does not tell keys as " + key.encoding().label());
    }
    switch (key.encoding()) {
      case NUMBER -> buffer.putInt(0).putLong(key.code());
      case QCODE -> buffer.putInt(1).putInt(u32(key.code(), event, "key"));
      case LINUX -> buffer.putInt(u32(key.code(), event, "key"));
    }
    buffer.put((byte) (key.down() ? 1 : 0));
  }

  private void audioIn(Event.AudioIn in) throws InexpressibleEventException {
    plain(in);
    counter(in.recorded(), in, "recorded");
    boolean hasWpos = dialect.audio() != AudioLayout.INT64_NO_WPOS;
    if (hasWpos) {
      counter(in.wpos(), in, "wpos");
    } else if (in.wpos() != 0) {
      throw new InexpressibleEventException(dialect, in, "does not record wpos");
    }
    boolean left = in.samples().length() == 0 && in.recorded() != 0;
    if (left && !hasWpos) {
      throw new InexpressibleEventException(dialect, in, "always has the frames of a full ring");
    }
    if (!left && (in.samples().length() % 16 != 0 || in.samples().length() / 16 != in.recorded())) {
      throw new InexpressibleEventException(dialect, in, "needs 16 bytes for each recorded frame");
    }
    bytes(in.samples());
  }

  /** An audio counter: 32 or 64 bits. */
  private void counter(long value, Event event, String field) throws InexpressibleEventException {
    if (dialect.audio() == AudioLayout.INT32) {
      if (value != (int) value || (value < 0 && field.equals("recorded"))) {
        throw outOfRange(event, field, value);
      }
      buffer.putInt((int) value);
    } else {
      buffer.putLong(value);
    }
  }

  private void array(Payload data) {
    buffer.putInt(data.length());
    bytes(data);
  }

  private void bytes(Payload data) {
    if (buffer.remaining() < data.length()) {
      ByteBuffer larger = ByteBuffer.allocate(Math.addExact(data.length(), MAX_FIELDS));
      buffer = larger.put(buffer.flip());
    }
    data.copyTo(buffer);
  }

  private int u32(long value, Event event, String field) throws InexpressibleEventException {
    if (value != (value & 0xffffffffL)) {
      throw outOfRange(event, field, value);
    }
    return (int) value;
  }

  private byte u8(int value, Event event, String field) throws InexpressibleEventException {
    if (value != (value & 0xff)) {
      throw outOfRange(event, field, value);
    }
    return (byte) value;
  }

  private InexpressibleEventException outOfRange(Event event, String field, long value) {
    return new InexpressibleEventException(
        dialect, event, "has no room for " + field + " " + value);
  }
}
