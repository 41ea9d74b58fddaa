package rrlog.core.log;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import rrlog.core.event.EventKind;
import rrlog.core.event.Input;

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
  private static final ValueLayout.OfLong LONG =
      JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private final LogSource source;
  private final Dialect dialect;
  private final AudioFrames frames;

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

  /** Bytes of the counters before the samples of an audio-in. */
  long audioCounters() {
    return switch (dialect.audio()) {
      case NONE -> 0;
      case INT32, INT64_NO_WPOS -> 8;
      case INT64 -> 16;
    };
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
    PayloadForm form = dialect.forms[code];
    kind = dialect.kinds[code];
    return switch (form) {
      case UNKNOWN -> nonsense("unknown event code " + code);
      case ASYNC_CHECKPOINT_KIND -> asyncWithCheckpoint();
      case ASYNC_KIND -> has(2) ? async(1) : cut("async event");
      default -> payload(form, 1);
    };
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
    return payload(dialect.formOf(kind), kindAt + 1);
  }

  private long payload(PayloadForm form, long body) throws IOException {
    return switch (form) {
      case NONE, COUNT, ID, CHAR_WRITE, ERROR, AUDIO_OUT_32, AUDIO_OUT_64, CLOCK ->
          whole(body + form.fixedLength);
      case END -> 1;
      case ARRAY -> array(body);
      case CHAR_READ -> array(body + 1);
      case NET -> array(body + 5);
      case RANDOM -> array(body + 4);
      case INPUT -> input(body);
      case AUDIO_IN_32, AUDIO_IN_64, AUDIO_IN_NO_WPOS -> audioIn(form, body);
      case UNKNOWN, ASYNC_CHECKPOINT_KIND, ASYNC_KIND -> nonsense("no payload follows this code");
    };
  }

  private long array(long lengthAt) throws IOException {
    if (!has(lengthAt + 4)) {
      return cut(kind.label());
    }
    long length = u32(lengthAt);
    claimed = lengthAt + 4 + length;
    return has(lengthAt + 4 + length)
        ? lengthAt + 4 + length
        : cut(kind.label() + " of " + length + " bytes");
  }

  private long input(long body) throws IOException {
    if (!has(body + 4)) {
      return cut(kind.label());
    }
    long number = u32(body);
    if (number >= dialect.inputKinds().size()) {
      return nonsense("unknown input kind " + number);
    }
    return switch (dialect.inputKinds().get((int) number)) {
      case KEY -> key(body + 4);
      case BTN -> pressed(body + 8);
      case REL, ABS -> whole(body + 16);
      case MTT -> whole(body + 36);
    };
  }

  private long key(long at) throws IOException {
    if (dialect.keys().encoding() == Input.KeyEncoding.LINUX) {
      return pressed(at + 4);
    }
    if (!has(at + 4)) {
      return cut(kind.label());
    }
    long how = u32(at);
    return switch ((int) Math.min(how, 2)) {
      case 0 -> pressed(at + 12);
      case 1 -> pressed(at + 8);
      default -> nonsense("unknown key kind " + how);
    };
  }

  /** An event that ends with a boolean, which has to be 0 or 1 to be kept as one. */
  private long pressed(long at) throws IOException {
    if (!has(at + 1)) {
      return cut(kind.label());
    }
    return u8(at) <= 1 ? at + 1 : nonsense("a boolean of value " + u8(at));
  }

  private long audioIn(PayloadForm form, long body) throws IOException {
    long samples = body + audioCounters();
    if (!has(samples)) {
      return cut(kind.label());
    }
    boolean narrow = form == PayloadForm.AUDIO_IN_32;
    long recorded = narrow ? s32(body) : s64(body);
    if (narrow && recorded < 0) {
      return nonsense("audio-in of " + recorded + " frames");
    }
    boolean canOmit = form != PayloadForm.AUDIO_IN_NO_WPOS;
    long length = frames.length(event, event + samples, recorded, canOmit);
    return length < 0
        ? cut("audio-in of " + Long.toUnsignedString(recorded) + " frames")
        : samples + length;
  }

  private long whole(long size) throws IOException {
    return has(size) ? size : cut(kind.label());
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

  private int s32(long at) {
    return source.window().get(INT, event + at - source.windowStart());
  }

  private long u32(long at) {
    return s32(at) & 0xffffffffL;
  }

  private long s64(long at) {
    return source.window().get(LONG, event + at - source.windowStart());
  }
}
