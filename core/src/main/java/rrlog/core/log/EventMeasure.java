package rrlog.core.log;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import rrlog.core.event.EventKind;
import rrlog.core.event.Range;

/**
 * Finds the length of an event by looking at its payload, and tells where there is no whole event.
 * Every length is checked against what the log holds before anything follows from it.
 */
final class EventMeasure {
  /** No byte is left. */
  static final long NOTHING = 0;

  /** The log ends inside the event. */
  static final long CUT = -1;

  /** The bytes are no event of the dialect. */
  static final long NONSENSE = -2;

  private static final ValueLayout.OfInt INT = JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private final LogSource source;
  private final Dialect dialect;
  private final AudioFrames frames;
  private final int queueCode;

  private long event;
  private EventKind kind = EventKind.END;
  private String problem = "";
  private long claimed;

  EventMeasure(LogSource source, Dialect dialect) {
    this(source, dialect, true);
  }

  private EventMeasure(LogSource source, Dialect dialect, boolean looksAhead) {
    this.source = source;
    this.dialect = dialect;
    this.queueCode = dialect.asyncQueueCode().orElse(-1);
    this.frames = new AudioFrames(source, dialect, looksAhead);
  }

  /** Whether bytes are whole events up to an END as the last one. */
  static boolean leadsToEnd(MemorySegment bytes, Dialect dialect) throws IOException {
    EventMeasure measure = new EventMeasure(MappedSource.of(bytes), dialect, false);
    long offset = 0;
    long size = measure.at(offset);
    while (size > 0 && measure.kind() != EventKind.END) {
      offset += size;
      size = measure.at(offset);
    }
    return size > 0 && offset + size == bytes.byteSize();
  }

  /** Why the last call of {@link #at} found no whole event. */
  String problem() {
    return problem;
  }

  /** Length in bytes that the event measured last claims by a length field, 0 without one. */
  long claimed() {
    return claimed;
  }

  /** The kind of the event that the last call of {@link #at} measured. */
  EventKind kind() {
    return kind;
  }

  /**
   * Measures the event at an offset and makes all of it available in the source's window.
   *
   * @return its length, or one of {@link #NOTHING}, {@link #CUT}, {@link #NONSENSE}
   */
  long at(long offset) throws IOException {
    event = offset;
    claimed = 0;
    if (!source.require(offset, 1)) {
      return NOTHING;
    }
    int code = u8(0);
    kind = dialect.kinds[code];
    if (code == queueCode) {
      return dialect.asyncStyle() == AsyncStyle.CHECKPOINT_KIND
          ? asyncWithCheckpoint()
          : has(2) ? async(1) : cut("async event");
    }
    Layout layout = dialect.layouts[code];
    return layout == Layout.UNKNOWN ? nonsense("unknown event code " + code) : layout(layout, 1);
  }

  private long asyncWithCheckpoint() throws IOException {
    if (!has(2)) {
      return cut("async event");
    }
    if (u8(1) >= dialect.checkpoints().size()) {
      return nonsense("async event at unknown checkpoint " + u8(1));
    }
    return has(3) ? async(2) : cut("async event");
  }

  private long async(int kindAt) throws IOException {
    int number = u8(kindAt);
    if (number >= dialect.asyncKinds().size()) {
      return nonsense("unknown kind " + number + " of async event");
    }
    kind = dialect.asyncKinds().get(number);
    return layout(dialect.layout(kind), kindAt + 1);
  }

  private long layout(Layout layout, long body) throws IOException {
    return switch (layout) {
      case FieldLayout fields -> fields(fields, body);
      case Layout.Choice choice -> {
        if (!has(body + 4)) {
          yield cut(kind.label());
        }
        long number = u32(body);
        yield number < choice.alternatives().size()
            ? layout(choice.alternatives().get((int) number), body + 4)
            : nonsense("unknown " + choice.what() + " " + number);
      }
    };
  }

  private long fields(FieldLayout fields, long body) throws IOException {
    long end = body + fields.head;
    if (!has(end)) {
      return cut(kind.label());
    }
    if (fields.flagAt >= 0 && u8(body + fields.flagAt) > 1) {
      return nonsense("a boolean of value " + u8(body + fields.flagAt));
    }
    if (fields.tail.isEmpty()) {
      return end;
    }
    return switch (fields.tail.get()) {
      case ARRAY -> array(end);
      case FRAMES -> frames(fields, body, false);
      case FRAMES_UNLESS_FULL -> frames(fields, body, true);
      case U8, FLAG, S32, U32, S64, U64, CONSTANT -> end;
    };
  }

  private long array(long lengthAt) throws IOException {
    if (!has(lengthAt + 4)) {
      return cut(kind.label());
    }
    long length = u32(lengthAt);
    claimed = lengthAt + 4 + length;
    return has(claimed) ? claimed : cut(kind.label() + " of " + length + " bytes");
  }

  private long frames(FieldLayout fields, long body, boolean canOmit) throws IOException {
    long start = event + body - source.windowStart();
    long recorded = fields.number(source.window(), start, fields.frameCount);
    if (recorded < 0 && fields.range(fields.frameCount) == Range.S32) {
      return nonsense(kind.label() + " of " + recorded + " frames");
    }
    long samples = body + fields.head;
    long length = frames.length(event, event + samples, recorded, canOmit);
    return length < 0
        ? cut(kind.label() + " of " + Long.toUnsignedString(recorded) + " frames")
        : samples + length;
  }

  private boolean has(long size) throws IOException {
    return source.require(event, size);
  }

  private long cut(String what) {
    problem = "the log ends inside an event: " + what;
    return CUT;
  }

  private long nonsense(String what) {
    problem = what;
    return NONSENSE;
  }

  private int u8(long at) {
    return source.window().get(JAVA_BYTE, event + at - source.windowStart()) & 0xff;
  }

  private long u32(long at) {
    return source.window().get(INT, event + at - source.windowStart()) & 0xffffffffL;
  }
}
