package rrlog.core.log;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import rrlog.core.event.EventKind;
import rrlog.core.event.EventSchema;
import rrlog.core.event.Field;
import rrlog.core.event.Range;

/**
 * Where the fields of an event stand, one after the other; only the last may vary in length.
 * Immutable.
 */
final class FieldLayout implements Layout {
  private static final ValueLayout.OfInt INT = JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  /** A field that the dialect does not record. */
  private static final int ABSENT = -1;

  final EventSchema schema;
  final List<Part> parts;

  /** By place in the schema: offset from the layout's start, in bytes. */
  private final int[] offsets;

  private final Part[] byField;

  /** Bytes before what varies in length, or all. */
  final int head;

  /** What stands at the end and varies in length, empty where nothing does. */
  final Optional<Wire> tail;

  /** Offset of the flag, or -1 where there is none. */
  final int flagAt;

  /** Place in the schema of the number of frames, -1 where there is none. */
  final int frameCount;

  FieldLayout(EventSchema schema, List<Part> parts) {
    this.schema = schema;
    this.parts = List.copyOf(parts);
    this.offsets = new int[schema.fields().size()];
    this.byField = new Part[offsets.length];
    Arrays.fill(offsets, ABSENT);
    int at = 0;
    int flag = -1;
    int count = -1;
    Optional<Wire> varying = Optional.empty();
    for (Part part : parts) {
      int field = schema.indexOf(part.field());
      if (field < 0 || varying.isPresent()) {
        throw new IllegalStateException(schema + " cannot have " + part.field() + " there");
      }
      offsets[field] = at;
      byField[field] = part;
      at += part.wire().size;
      flag = part.wire() == Wire.FLAG ? at - 1 : flag;
      if (part.wire().varies()) {
        varying = Optional.of(part.wire());
      } else if (count < 0 && schema.fields().get(field).unit() == Field.Unit.FRAMES) {
        count = field;
      }
    }
    for (int field = 0; field < offsets.length; field++) {
      Field missing = schema.fields().get(field);
      if (offsets[field] == ABSENT && !missing.optional() && field != schema.nameField()) {
        throw new IllegalStateException(schema + " is laid out without " + missing.name());
      }
    }
    this.head = at;
    this.tail = varying;
    this.flagAt = flag;
    this.frameCount = count;
  }

  @Override
  public boolean tells(EventSchema other) {
    return schema == other;
  }

  @Override
  public int fixedLength() {
    // A flag has to be looked at, and nothing may follow the end event.
    return tail.isPresent() || flagAt >= 0 || schema.kind() == EventKind.END ? -1 : head;
  }

  /** Whether a field is recorded. */
  boolean records(int field) {
    return offsets[field] != ABSENT;
  }

  /** The numbers that a recorded field can hold here. */
  Range range(int field) {
    return byField[field].wire().range;
  }

  /** Offset from the layout's start of the bytes that the event carries. */
  int bytesAt() {
    return tail.isPresent() && tail.get() == Wire.ARRAY ? head + Integer.BYTES : head;
  }

  /**
   * A number of an event, 0 where it is not recorded.
   *
   * @param start where the layout starts in the window
   */
  long number(MemorySegment window, long start, int field) {
    int offset = offsets[field];
    if (offset == ABSENT) {
      return 0;
    }
    long at = start + offset;
    return switch (byField[field].wire()) {
      case U8, FLAG -> window.get(JAVA_BYTE, at) & 0xff;
      case S32 -> window.get(INT, at);
      case U32 -> window.get(INT, at) & 0xffffffffL;
      case S64, U64 -> window.get(LONG, at);
      case CONSTANT -> byField[field].constant();
      case ARRAY, FRAMES, FRAMES_UNLESS_FULL -> 0;
    };
  }
}
