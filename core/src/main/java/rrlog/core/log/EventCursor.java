package rrlog.core.log;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.stream.Stream;
import rrlog.core.event.Checkpoint;
import rrlog.core.event.Clock;
import rrlog.core.event.Event;
import rrlog.core.event.EventKind;
import rrlog.core.event.EventSchema;
import rrlog.core.event.Field;
import rrlog.core.event.FieldValues;
import rrlog.core.event.Input;
import rrlog.core.event.Payload;
import rrlog.core.event.Position;
import rrlog.core.event.Range;
import rrlog.core.event.ShutdownCause;

/**
 * Steps through the events of a log without allocating.
 *
 * <p>{@link #next()} moves to the next event; the accessors then tell about it until the following
 * call. Accessors of fields may be called only for the kinds that have the field. What cannot be
 * decoded ends the iteration and is told by {@link #ending()} and {@link #problem()}; its bytes
 * start at {@link #endOffset()}. Confined to one thread.
 *
 * <p>An event of fixed length costs one table look-up: the tables are those of the dialect that the
 * cursor was made for, so nothing here asks for versions.
 *
 * <p>More than 400 lines in one file: the accessors read the fields that the step sets, and another
 * class between them would be on the way of every event.
 */
public final class EventCursor implements FieldValues {
  private static final ValueLayout.OfInt INT = JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  /** The longest events that are stepped over by their code alone; longer ones are measured. */
  static final int MAX_FIXED = 9;

  /** After so many bytes at most the source is asked again, which lets it see how far we are. */
  private static final long STRIDE = 4L << 20;

  private final LogSource source;
  private final Dialect dialect;
  private final byte[] fixedSize;
  private final EventKind[] kinds;
  private final int queueCode;
  private final EventMeasure measure;

  private MemorySegment window;
  private long windowStart;

  /** Up to here in the window a whole fixed event can be read without asking. */
  private long fastEnd;

  // Offsets in the window.
  private long at;
  private long nextAt;

  /** -1 before the first and after the last event. */
  private int code = -1;

  private EventKind asyncKind = EventKind.END;
  private long ordinal;
  private long nextIcount;
  private Ending ending = Ending.BETWEEN_EVENTS;
  private String problem = "";
  private boolean afterEnd;
  private boolean finished;

  /**
   * A cursor before the first event of a log.
   *
   * @param source the log, from its header on
   * @param dialect the layout to read
   * @throws IOException where the first bytes cannot be read
   */
  public EventCursor(LogSource source, Dialect dialect) throws IOException {
    this(source, dialect, new Position(0, LogHeader.SIZE, 0));
  }

  private EventCursor(LogSource source, Dialect dialect, Position start) throws IOException {
    this.source = source;
    this.dialect = dialect;
    this.fixedSize = dialect.fixedSize;
    this.kinds = dialect.kinds;
    this.queueCode = dialect.asyncQueueCode().orElse(-1);
    this.measure = new EventMeasure(source, dialect);
    this.ordinal = start.event() - 1;
    this.nextIcount = start.icount();
    if (source.windowEnd() < start.offset()) {
      source.require(source.windowStart(), start.offset() + 1 - source.windowStart());
    }
    adoptWindow(Math.min(start.offset(), source.windowEnd()));
    at = nextAt;
  }

  /**
   * A cursor before an event in the middle of a log.
   *
   * @param source the log, with a window that starts at or before the event
   * @param dialect the layout to read
   * @param start the position of the event, known from an index or an earlier pass
   * @throws IOException where what stands before it cannot be read
   */
  public static EventCursor startingAt(LogSource source, Dialect dialect, Position start)
      throws IOException {
    return new EventCursor(source, dialect, start);
  }

  /**
   * Moves to the next event.
   *
   * @return whether there is one
   * @throws IOException where bytes cannot be read; not for bytes that make no sense
   */
  public boolean next() throws IOException {
    long p = nextAt;
    if (p > fastEnd) {
      return nextAtEdge();
    }
    // Branches, not a look-up alone: the processor predicts them well on real logs, and then need
    // not wait for the size before it looks at the next event.
    int c = window.get(JAVA_BYTE, p) & 0xff;
    if (c == 0) {
      // INSTRUCTION in every dialect
      step(p, c, 5);
      nextIcount += window.get(INT, p + 1) & 0xffffffffL;
      return true;
    }
    int size = fixedSize[c];
    if (size == 1) {
      step(p, c, 1);
      return true;
    }
    if (size == 0) {
      return nextMeasured();
    }
    step(p, c, size);
    return true;
  }

  private void step(long p, int c, int size) {
    at = p;
    code = c;
    nextAt = p + size;
    ordinal++;
  }

  /** Near the end of the window: get more bytes, and where there are none go on with care. */
  private boolean nextAtEdge() throws IOException {
    if (finished) {
      return false;
    }
    long from = windowStart + nextAt;
    if (afterEnd) {
      boolean more = source.require(from, 1);
      adoptWindow(from);
      return more
          ? stop(Ending.UNDECODABLE, "data after the end event")
          : stop(Ending.END_EVENT, "");
    }
    boolean plenty = source.require(from, MAX_FIXED + 1L);
    adoptWindow(from);
    return plenty ? next() : nextMeasured();
  }

  /** An event whose length is not known from its code, or one near the end of the log. */
  private boolean nextMeasured() throws IOException {
    long from = windowStart + nextAt;
    long size = measure.at(from);
    adoptWindow(from);
    if (size == EventMeasure.NOTHING) {
      return stop(Ending.BETWEEN_EVENTS, "the log stops without an end event");
    }
    if (size == EventMeasure.CUT) {
      return stop(Ending.INSIDE_EVENT, measure.problem());
    }
    if (size == EventMeasure.NONSENSE) {
      return stop(Ending.UNDECODABLE, measure.problem());
    }
    at = nextAt;
    code = window.get(JAVA_BYTE, at) & 0xff;
    nextAt = at + size;
    ordinal++;
    if (code == queueCode) {
      asyncKind = measure.kind();
    } else if (code == 0) {
      nextIcount += window.get(INT, at + 1) & 0xffffffffL;
    } else if (code == dialect.endCode) {
      afterEnd = true;
      fastEnd = -1;
    }
    return true;
  }

  private boolean stop(Ending how, String why) {
    finished = true;
    ending = how;
    problem = why;
    at = nextAt;
    code = -1;
    ordinal++;
    fastEnd = -1;
    return false;
  }

  private void adoptWindow(long next) {
    window = source.window();
    windowStart = source.windowStart();
    fastEnd = Math.min(window.byteSize() - MAX_FIXED, next - windowStart + STRIDE);
    nextAt = next - windowStart;
  }

  /** The dialect that this cursor reads. */
  public Dialect dialect() {
    return dialect;
  }

  /** Whether {@link #next()} found no further event, so that what follows is known. */
  public boolean ended() {
    return finished;
  }

  /** How the log ends; meaningful once {@link #next()} returned {@code false}. */
  public Ending ending() {
    return ending;
  }

  /** What is wrong where the log ends; empty after a proper end event. */
  public String problem() {
    return problem;
  }

  /**
   * Length in bytes that the event in whose middle the log ends claims by a length field, 0 where
   * it has none.
   */
  long claimedSize() {
    return measure.claimed();
  }

  /** Offset of the first byte that is not part of a decoded event, once the end is reached. */
  public long endOffset() {
    return windowStart + nextAt;
  }

  // --- position

  /** Ordinal of the event, from 0; after the last event, their number. */
  public long ordinal() {
    return ordinal;
  }

  /** Offset of the event's first byte in the log, in bytes. */
  public long offset() {
    return windowStart + at;
  }

  /** Length of the event, its code included, in bytes. */
  public long size() {
    return nextAt - at;
  }

  /** Guest instructions executed before the event. */
  public long icount() {
    // Derived, so that stepping has one value less to store.
    return code == 0 ? nextIcount - count() : nextIcount;
  }

  /** Guest instructions executed before the next event. */
  public long icountAfter() {
    return nextIcount;
  }

  /** The position of the event, or of the end. */
  public Position position() {
    return new Position(ordinal, offset(), icount());
  }

  // --- what it is

  /** The event code byte, 0 to 255. */
  public int code() {
    return code;
  }

  /** The kind of the event. */
  public EventKind kind() {
    return code == queueCode ? asyncKind : kinds[code];
  }

  /** The clock of a {@link EventKind#CLOCK}. */
  public Clock clock() {
    return CLOCKS[dialect.subOrdinal[code]];
  }

  /** The checkpoint of a {@link EventKind#CHECKPOINT}. */
  public Checkpoint checkpoint() {
    return CHECKPOINTS[dialect.subOrdinal[code]];
  }

  /** The cause of a {@link EventKind#SHUTDOWN}; empty for the code without cause. */
  public Optional<ShutdownCause> cause() {
    int cause = dialect.subOrdinal[code];
    return cause < 0 ? Optional.empty() : CAUSES[cause];
  }

  /** Index in the dialect of the checkpoint byte of an asynchronous event, -1 where it has none. */
  public int asyncCheckpoint() {
    return code == queueCode && dialect.asyncStyle() == AsyncStyle.CHECKPOINT_KIND
        ? window.get(JAVA_BYTE, at + 1) & 0xff
        : -1;
  }

  /** What the event consists of. */
  public EventSchema schema() {
    return code == queueCode || kinds[code] == EventKind.ASYNC_INPUT
        ? layout().schema
        : EventSchema.of(kinds[code]);
  }

  /** The event's own name with its sub-name, as {@link Event#fullName()}. */
  public String fullName() {
    EventSchema schema = schema();
    return schema.fullName(schema.nameField() < 0 ? -1 : dialect.subOrdinal[code]);
  }

  // --- fields, by the schema

  /** Where the fields start that the last call of {@link #layout} found. */
  private long fieldsAt;

  private FieldLayout layout() {
    Layout layout = dialect.layout(kind());
    long p = body();
    while (layout instanceof Layout.Choice choice) {
      layout = choice.alternatives().get(window.get(INT, p));
      p += Integer.BYTES;
    }
    fieldsAt = p;
    return (FieldLayout) layout;
  }

  /**
   * The number of a field, by its place in {@link EventSchema#fields()} of {@link #schema()}: 0, or
   * of a label -1, where the dialect does not record it.
   */
  @Override
  public long number(int field) {
    if (field == 0) {
      if (kind().isAsync()) {
        int index = asyncCheckpoint();
        return index < 0 ? -1 : dialect.checkpoints().get(index).ordinal();
      }
      if (kinds[code].isNamed()) {
        return dialect.subOrdinal[code];
      }
    }
    return layout().number(window, fieldsAt, field);
  }

  /** Whether the dialect records a field. */
  public boolean records(int field) {
    EventSchema schema = schema();
    return field == schema.nameField()
        || (field == 0 && kind().isAsync() ? asyncCheckpoint() >= 0 : layout().records(field));
  }

  /** The numbers that a field can hold in this dialect; only for what it records. */
  public Range range(int field) {
    return schema().fields().get(field).type() == Field.Type.LABEL
        ? Range.S32
        : layout().range(field);
  }

  /**
   * The bytes that the event carries; its schema has one such field at most.
   *
   * @throws OutOfMemoryError where they do not fit into an array or the heap
   */
  @Override
  public Payload bytes(int field) {
    if (dataLength() > Integer.MAX_VALUE - 8) {
      throw new OutOfMemoryError("an event's data of " + dataLength() + " bytes is no array");
    }
    return Payload.wrapping(data().toArray(JAVA_BYTE));
  }

  // --- fields that are asked for most, each for the kinds that have it; a test holds them against
  // the schema. body() is where the fields start, after code and asynchronous prefix

  private long body() {
    if (code != queueCode) {
      return at + 1;
    }
    return at + (dialect.asyncStyle() == AsyncStyle.CHECKPOINT_KIND ? 3 : 2);
  }

  /** Guest instructions of an {@link EventKind#INSTRUCTION}, unsigned 32-bit. */
  public long count() {
    return window.get(INT, at + 1) & 0xffffffffL;
  }

  /** Nanoseconds of a {@link EventKind#CLOCK}. */
  public long ns() {
    return window.get(LONG, at + 1);
  }

  /** Id of a bottom half or block request, unsigned 64-bit. */
  public long id() {
    return window.get(LONG, body());
  }

  /** Char id of an async char-read or filter id of an async net, 0 to 255. */
  public int unit() {
    return window.get(JAVA_BYTE, body()) & 0xff;
  }

  /** Flags of an async net, unsigned 32-bit. */
  public long flags() {
    return window.get(INT, body() + 1) & 0xffffffffL;
  }

  /** The result of a char-write or random, the error of a char-read-all-error. */
  public int result() {
    return window.get(INT, at + 1);
  }

  /** Bytes written in total of a char-write. */
  public int written() {
    return window.get(INT, at + 5);
  }

  /** Frames captured of an audio-in: unsigned 64-bit, or signed 32-bit widened. */
  public long recorded() {
    return number(0);
  }

  /** What an async input delivers. */
  public Input input() {
    return ((Event.AsyncInput) event()).input();
  }

  /** Number of bytes that the event carries as data or samples, 0 for kinds without. */
  public long dataLength() {
    return nextAt - dataAt();
  }

  /**
   * The data or samples that the event carries: a view that the next call of {@link #next()} may
   * invalidate.
   */
  public MemorySegment data() {
    long start = dataAt();
    return window.asSlice(start, nextAt - start);
  }

  private long dataAt() {
    if (fixedSize[code] != 0) {
      return nextAt;
    }
    FieldLayout layout = layout();
    return layout.tail.isPresent() ? fieldsAt + layout.bytesAt() : nextAt;
  }

  /** The bytes of the whole event: a view that the next call of {@link #next()} may invalidate. */
  public MemorySegment bytes() {
    return window.asSlice(at, nextAt - at);
  }

  /**
   * Whether the bytes of the event are those of the event under another cursor, which means the
   * same event where both cursors read the same dialect.
   */
  public boolean sameBytes(EventCursor other) {
    long size = nextAt - at;
    if (code != other.code || size != other.nextAt - other.at) {
      return false;
    }
    if (size == 1) {
      return true;
    }
    if (size == MAX_FIXED) {
      return window.get(LONG, at + 1) == other.window.get(LONG, other.at + 1);
    }
    return MemorySegment.mismatch(window, at, nextAt, other.window, other.at, other.nextAt) < 0;
  }

  /**
   * The event as an immutable record.
   *
   * @throws OutOfMemoryError where its data does not fit into an array or the heap
   */
  public Event event() {
    // What most events are is made without a walk over the schema.
    if (fixedSize[code] == 1) {
      return dialect.eventOfCode(code);
    }
    EventKind kind = kind();
    return kind == EventKind.INSTRUCTION
        ? new Event.Instruction(count())
        : kind == EventKind.CLOCK ? new Event.ClockRead(clock(), ns()) : schema().make(this);
  }

  private static final Clock[] CLOCKS = Clock.values();
  private static final Checkpoint[] CHECKPOINTS = Checkpoint.values();

  @SuppressWarnings({"unchecked", "rawtypes"}) // arrays of a generic type cannot be made otherwise
  private static final Optional<ShutdownCause>[] CAUSES =
      Stream.of(ShutdownCause.values()).map(Optional::of).toArray(Optional[]::new);
}
