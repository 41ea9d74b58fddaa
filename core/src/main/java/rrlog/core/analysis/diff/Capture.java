package rrlog.core.analysis.diff;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import rrlog.core.analysis.EventFilter;
import rrlog.core.event.Event;
import rrlog.core.event.FieldValues;
import rrlog.core.event.Payload;
import rrlog.core.event.Position;
import rrlog.core.log.Dialect;
import rrlog.core.log.Ending;
import rrlog.core.log.EventCursor;
import rrlog.core.log.LogReader;

/**
 * Keeps the event under a cursor in little memory, whatever its size: long data is held as its
 * first bytes and its SHA-256.
 */
final class Capture {
  static final int FIRST_BYTES = 224;
  private static final long PART = 1 << 20;

  private final CommonModel model;
  private final Dialect dialect;
  private final EventFilter presenceOnly;
  private final boolean endIgnored;

  Capture(CommonModel model, Dialect dialect, EventFilter presenceOnly, boolean endIgnored) {
    this.model = model;
    this.dialect = dialect;
    this.presenceOnly = presenceOnly;
    this.endIgnored = endIgnored;
  }

  /** The event under the cursor. */
  Moment event(EventCursor cursor) {
    long length = cursor.dataLength();
    Event event = length <= Moment.WHOLE_DATA ? cursor.event() : shortened(cursor);
    Event canonical = model.canonical(event);
    String name = canonical.fullName();
    Object key = presenceOnly.matches(cursor) ? name : model.key(canonical, dialect);
    return new Moment(cursor.position(), Optional.of(event), name, key, length, "");
  }

  private Event shortened(EventCursor cursor) {
    Payload data = digest(cursor.data());
    return cursor
        .schema()
        .make(
            new FieldValues() {
              @Override
              public long number(int field) {
                return cursor.number(field);
              }

              @Override
              public Payload bytes(int field) {
                return data;
              }
            });
  }

  /** First bytes, length and SHA-256: longer than any data that is kept whole. */
  private static Payload digest(MemorySegment data) {
    MessageDigest sha = sha256();
    for (long from = 0; from < data.byteSize(); from += PART) {
      sha.update(data.asSlice(from, Math.min(PART, data.byteSize() - from)).asByteBuffer());
    }
    byte[] first = data.asSlice(0, FIRST_BYTES).toArray(JAVA_BYTE);
    byte[] hash = sha.digest();
    return Payload.wrapping(
        ByteBuffer.allocate(first.length + Long.BYTES + hash.length)
            .put(first)
            .putLong(data.byteSize())
            .put(hash)
            .array());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  /** The end of the log, once the cursor has reached it, with the bytes that are no events. */
  Moment end(LogReader reader, EventCursor cursor) throws IOException {
    MessageDigest sha = sha256();
    long[] size = {0};
    reader.copy(
        cursor.endOffset(),
        Long.MAX_VALUE,
        (bytes, offset) -> {
          sha.update(bytes.asByteBuffer());
          size[0] += bytes.byteSize();
        });
    Ending ending = cursor.ending();
    Ending compared = endIgnored && ending == Ending.END_EVENT ? Ending.BETWEEN_EVENTS : ending;
    Object key = List.of(compared, size[0], Payload.wrapping(sha.digest()));
    Position position = cursor.position();
    return new Moment(position, Optional.empty(), Moment.END, key, size[0], words(cursor, size[0]));
  }

  private static String words(EventCursor cursor, long size) {
    return switch (cursor.ending()) {
      case END_EVENT -> "with the end event";
      case BETWEEN_EVENTS -> "without an end event";
      case INSIDE_EVENT -> "inside an event, of which " + size + " bytes are there";
      case UNDECODABLE -> "with " + size + " bytes that are no events: " + cursor.problem();
    };
  }
}
