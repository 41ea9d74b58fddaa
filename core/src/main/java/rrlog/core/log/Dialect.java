package rrlog.core.log;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import rrlog.core.event.Checkpoint;
import rrlog.core.event.Clock;
import rrlog.core.event.Event;
import rrlog.core.event.EventKind;
import rrlog.core.event.EventSchema;
import rrlog.core.event.FieldValues;
import rrlog.core.event.Input;
import rrlog.core.event.Payload;
import rrlog.core.event.Range;
import rrlog.core.event.ShutdownCause;
import rrlog.core.qemu.Habits;

/**
 * One byte layout of the replay log. All of them stand, as a history of changes, in {@link
 * DialectHistory}; {@link Dialects} finds one by name, release or version. Immutable and
 * thread-safe.
 */
public final class Dialect {
  /** Largest number of event codes that a code byte can tell apart. */
  static final int CODES = 256;

  private final String id;
  private final int version;
  private final Optional<ReleaseRange> releases;
  private final String change;
  private final List<EventCode> codes;
  private final AsyncStyle asyncStyle;
  private final List<EventKind> asyncKinds;
  private final List<Checkpoint> checkpoints;
  private final List<Input.Kind> inputKinds;
  private final KeyTable keys;
  private final ButtonTable buttons;
  private final Habits habits;

  // What the cursor and the encoder look up, by code or by ordinal.
  final Layout[] layouts = new Layout[CODES];
  private final Layout[] layoutByKind = new Layout[EventKind.values().length];
  final EventKind[] kinds = new EventKind[CODES];

  /** Length of the whole event by code, or 0 where the payload has to be looked at. */
  final byte[] fixedSize = new byte[CODES];

  /** The ordinal of the clock, checkpoint or cause that a code stands for. */
  final byte[] subOrdinal = new byte[CODES];

  /** The events of codes that say all by themselves. */
  private final Event[] wholeEvents = new Event[CODES];

  final int endCode;
  private final Map<EventKind, Integer> plainCodes = new EnumMap<>(EventKind.class);
  private final int[] clockCodes = new int[Clock.values().length];
  private final int[] checkpointCodes = new int[Checkpoint.values().length];
  private final int[] shutdownCodes = new int[ShutdownCause.values().length];
  private final int shutdownWithoutCause;
  private final int asyncQueueCode;

  Dialect(
      String id,
      int version,
      Optional<ReleaseRange> releases,
      String change,
      DialectHistory state) {
    this.id = id;
    this.version = version;
    this.releases = releases;
    this.change = change;
    this.codes = List.copyOf(state.codes);
    this.asyncStyle = state.asyncStyle;
    this.asyncKinds = List.copyOf(state.asyncKinds);
    this.inputKinds = List.copyOf(state.inputKinds);
    this.keys = state.keys;
    this.buttons = state.buttons;
    this.habits = state.habits;

    Arrays.fill(layouts, Layout.UNKNOWN);
    Arrays.fill(wholeEvents, Event.End.REACHED);
    Arrays.fill(layoutByKind, Layout.UNKNOWN);
    state.layouts.forEach((kind, layout) -> layoutByKind[kind.ordinal()] = layout);
    Arrays.fill(kinds, EventKind.END);
    Arrays.fill(clockCodes, -1);
    Arrays.fill(checkpointCodes, -1);
    Arrays.fill(shutdownCodes, -1);
    List<Checkpoint> numbered = new ArrayList<>();
    int bareShutdown = -1;
    int queue = -1;
    for (int code = 0; code < codes.size(); code++) {
      switch (codes.get(code)) {
        case EventCode.Plain(EventKind kind) -> {
          define(code, kind, 0);
          plainCodes.put(kind, code);
        }
        case EventCode.AsyncQueue() -> queue = code;
        case EventCode.OfShutdown(Optional<ShutdownCause> cause) -> {
          define(code, EventKind.SHUTDOWN, cause.map(Enum::ordinal).orElse(-1));
          if (cause.isPresent()) {
            shutdownCodes[cause.get().ordinal()] = code;
          } else {
            bareShutdown = code;
          }
        }
        case EventCode.ReservedShutdown() -> {}
        case EventCode.OfClock(Clock clock) -> {
          define(code, EventKind.CLOCK, clock.ordinal());
          clockCodes[clock.ordinal()] = code;
        }
        case EventCode.OfCheckpoint(Checkpoint checkpoint) -> {
          define(code, EventKind.CHECKPOINT, checkpoint.ordinal());
          checkpointCodes[checkpoint.ordinal()] = code;
          numbered.add(checkpoint);
        }
      }
    }
    this.checkpoints = List.copyOf(numbered);
    this.shutdownWithoutCause = bareShutdown;
    this.asyncQueueCode = queue;
    this.endCode = codes.size() - 1;
  }

  private void define(int code, EventKind kind, int sub) {
    int length = layout(kind).fixedLength();
    kinds[code] = kind;
    layouts[code] = layout(kind);
    boolean stepped = length >= 0 && length < EventCursor.MAX_FIXED;
    fixedSize[code] = (byte) (stepped ? 1 + length : 0);
    subOrdinal[code] = (byte) sub;
    if (length == 0) {
      wholeEvents[code] = EventSchema.of(kind).make(new Numbered(kind.isAsync() ? -1 : sub));
    }
  }

  /** What follows the code, or the asynchronous kind, of this dialect. */
  Layout layout(EventKind kind) {
    return layoutByKind[kind.ordinal()];
  }

  /** A label that a code says, and nothing else. */
  private record Numbered(long label) implements FieldValues {
    @Override
    public long number(int field) {
      return label;
    }

    @Override
    public Payload bytes(int field) {
      return Payload.EMPTY;
    }
  }

  /** The event of a code that nothing follows. */
  Event eventOfCode(int code) {
    return wholeEvents[code];
  }

  /** Whether this dialect can tell events of a kind. */
  public boolean records(EventKind kind) {
    return layout(kind) != Layout.UNKNOWN;
  }

  /**
   * The numbers that a field of a kind can hold in this dialect, empty where it does not record the
   * field.
   *
   * @param field the field's name, as in {@link EventSchema#fields()}; of a kind that is not input
   */
  public Optional<Range> range(EventKind kind, String field) {
    int index = EventSchema.of(kind).indexOf(field);
    return index >= 0 && layout(kind) instanceof FieldLayout fields && fields.records(index)
        ? Optional.of(fields.range(index))
        : Optional.empty();
  }

  /** The dialect's name, such as {@code e0200c-b}. */
  public String id() {
    return id;
  }

  /** The version word that a finished log of this dialect begins with. */
  public int version() {
    return version;
  }

  /** The version word as it is printed, such as {@code 0xe0200c}. */
  public String versionText() {
    return "0x" + Integer.toHexString(version);
  }

  /** The releases that write this dialect; empty where only a development tree did. */
  public Optional<ReleaseRange> releases() {
    return releases;
  }

  /** One sentence: what differs from the dialect before. */
  public String change() {
    return change;
  }

  /** What each code stands for; the index is the code. The last one is END. */
  public List<EventCode> codes() {
    return codes;
  }

  /**
   * Length in bytes of an event with a code, the code included, or 0 where it has to be measured:
   * it depends on what the event holds, or is more than 9.
   */
  public int fixedSize(int code) {
    return fixedSize[code];
  }

  /** How asynchronous events are written. */
  public AsyncStyle asyncStyle() {
    return asyncStyle;
  }

  /** The kinds of asynchronous events, in the order of their numbers. */
  public List<EventKind> asyncKinds() {
    return asyncKinds;
  }

  /** The checkpoints, in the order of their numbers. */
  public List<Checkpoint> checkpoints() {
    return checkpoints;
  }

  /** The kinds of input events, in the order of their numbers. */
  public List<Input.Kind> inputKinds() {
    return inputKinds;
  }

  /** The meaning of key codes. */
  public KeyTable keys() {
    return keys;
  }

  /** The meaning of button numbers. */
  public ButtonTable buttons() {
    return buttons;
  }

  /** What the releases of the dialect do that is not layout. */
  public Habits habits() {
    return habits;
  }

  /**
   * What a number means in this dialect, such as a key's name; empty where nothing names it.
   *
   * @param field place in the schema of the field that holds the number
   */
  public Optional<String> nameOf(EventSchema schema, FieldValues values, int field) {
    return switch (schema.fields().get(field).unit()) {
      case KEY ->
          // A scan code "number" is in no table of names.
          values.number(schema.indexOf("encoding")) == Input.KeyEncoding.NUMBER.ordinal()
              ? Optional.empty()
              : keys.name(values.number(field));
      case BUTTON -> buttons.name(values.number(field));
      default -> Optional.empty();
    };
  }

  /** The code that asynchronous events share, empty where each kind has its own. */
  OptionalInt asyncQueueCode() {
    return optional(asyncQueueCode);
  }

  /** The code of a kind that has exactly one, empty where this dialect has none. */
  OptionalInt codeOf(EventKind kind) {
    Integer code = plainCodes.get(kind);
    return code == null ? OptionalInt.empty() : OptionalInt.of(code);
  }

  /** The code of a clock reading. */
  int codeOf(Clock clock) {
    return clockCodes[clock.ordinal()];
  }

  /** The code of a checkpoint, empty where this dialect does not have it. */
  OptionalInt codeOf(Checkpoint checkpoint) {
    return optional(checkpointCodes[checkpoint.ordinal()]);
  }

  /** The code of a shutdown, empty where this dialect cannot say the cause or its absence. */
  OptionalInt codeOf(Optional<ShutdownCause> cause) {
    return optional(
        cause.isPresent() ? shutdownCodes[cause.get().ordinal()] : shutdownWithoutCause);
  }

  /** The number of an asynchronous kind, empty where this dialect does not have it. */
  OptionalInt asyncNumber(EventKind kind) {
    return optional(asyncKinds.indexOf(kind));
  }

  private static OptionalInt optional(int code) {
    return code < 0 ? OptionalInt.empty() : OptionalInt.of(code);
  }

  @Override
  public String toString() {
    return id;
  }
}
