package rrlog.core.event;

import static rrlog.core.event.Field.Unit.AXIS;
import static rrlog.core.event.Field.Unit.BUTTON;
import static rrlog.core.event.Field.Unit.BYTES;
import static rrlog.core.event.Field.Unit.DEVICE;
import static rrlog.core.event.Field.Unit.DOWN;
import static rrlog.core.event.Field.Unit.FLAGS;
import static rrlog.core.event.Field.Unit.FRAMES;
import static rrlog.core.event.Field.Unit.INSTRUCTIONS;
import static rrlog.core.event.Field.Unit.KEY;
import static rrlog.core.event.Field.Unit.NANOSECONDS;
import static rrlog.core.event.Field.Unit.NONE;
import static rrlog.core.event.Field.Unit.POSITION;
import static rrlog.core.event.Field.Unit.STATUS;
import static rrlog.core.event.Range.S32;
import static rrlog.core.event.Range.S64;
import static rrlog.core.event.Range.U32;
import static rrlog.core.event.Range.U64;
import static rrlog.core.event.Range.U8;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * The entries of {@link EventSchema}: what stands here about a kind of event, and its record, is
 * all that has to be said about it outside {@code rrlog.core.log}'s history of layouts.
 */
final class EventTable {
  private EventTable() {}

  private static final List<Optional<Checkpoint>> CHECKPOINTS =
      Stream.of(Checkpoint.values()).map(Optional::of).toList();
  private static final List<Optional<ShutdownCause>> CAUSES =
      Stream.of(ShutdownCause.values()).map(Optional::of).toList();
  private static final List<Event.CheckpointReached> REACHED =
      Stream.of(Checkpoint.values()).map(Event.CheckpointReached::new).toList();
  private static final Clock[] CLOCKS = Clock.values();
  private static final Input.KeyEncoding[] ENCODINGS = Input.KeyEncoding.values();

  static final List<EventSchema> ALL =
      List.of(
          entry(Event.Instruction.class, EventKind.INSTRUCTION, "executed {count}")
              .number("count", U32, INSTRUCTIONS, Event.Instruction::count)
              .made(v -> new Event.Instruction(v.number(0))),
          entry(Event.InterruptTaken.class, EventKind.INTERRUPT, "took an interrupt")
              .made(v -> Event.InterruptTaken.TAKEN),
          entry(Event.ExceptionTaken.class, EventKind.EXCEPTION, "took an exception")
              .made(v -> Event.ExceptionTaken.DELIVERED),
          async(Event.AsyncBh.class, EventKind.ASYNC_BH, "ran bottom half {id}")
              .number("id", U64, NONE, Event.AsyncBh::id)
              .made(v -> new Event.AsyncBh(v.checkpoint(0), v.number(1))),
          async(
                  Event.AsyncBhOneshot.class,
                  EventKind.ASYNC_BH_ONESHOT,
                  "ran one-shot bottom half {id}")
              .number("id", U64, NONE, Event.AsyncBhOneshot::id)
              .made(v -> new Event.AsyncBhOneshot(v.checkpoint(0), v.number(1))),
          input(Input.Kind.KEY, "got input (key {key} {down})")
              .label("encoding", ENCODINGS, false, e -> key(e).encoding().ordinal())
              .number("key", S64, KEY, e -> key(e).code())
              .flag("down", e -> key(e).down())
              .made(
                  v ->
                      new Event.AsyncInput(
                          v.checkpoint(0),
                          new Input.Key(ENCODINGS[v.s32(1)], v.number(2), v.flag(3)))),
          input(Input.Kind.BTN, "got input (button {button} {down})")
              .number("button", U32, BUTTON, e -> ((Input.Button) e.input()).button())
              .flag("down", e -> ((Input.Button) e.input()).down())
              .made(
                  v ->
                      new Event.AsyncInput(
                          v.checkpoint(0), new Input.Button(v.number(1), v.flag(2)))),
          input(Input.Kind.REL, "got input (moved {axis} by {value})")
              .number("axis", U32, AXIS, e -> ((Input.Relative) e.input()).axis())
              .number("value", S64, POSITION, e -> ((Input.Relative) e.input()).value())
              .made(
                  v ->
                      new Event.AsyncInput(
                          v.checkpoint(0), new Input.Relative(v.number(1), v.number(2)))),
          input(Input.Kind.ABS, "got input (moved {axis} to {value})")
              .number("axis", U32, AXIS, e -> ((Input.Absolute) e.input()).axis())
              .number("value", S64, POSITION, e -> ((Input.Absolute) e.input()).value())
              .made(
                  v ->
                      new Event.AsyncInput(
                          v.checkpoint(0), new Input.Absolute(v.number(1), v.number(2)))),
          input(Input.Kind.MTT, "got input (touch of type {type}, slot {slot}, {axis} {value})")
              .number("type", U32, NONE, e -> touch(e).type())
              .number("slot", S64, NONE, e -> touch(e).slot())
              .number("trackingId", S64, NONE, e -> touch(e).trackingId())
              .number("axis", U32, AXIS, e -> touch(e).axis())
              .number("value", S64, POSITION, e -> touch(e).value())
              .made(
                  v ->
                      new Event.AsyncInput(
                          v.checkpoint(0),
                          new Input.MultiTouch(
                              v.number(1), v.number(2), v.number(3), v.number(4), v.number(5)))),
          async(
                  Event.AsyncInputSync.class,
                  EventKind.ASYNC_INPUT_SYNC,
                  "got the end of a group of input")
              .made(v -> new Event.AsyncInputSync(v.checkpoint(0))),
          async(
                  Event.AsyncCharRead.class,
                  EventKind.ASYNC_CHAR_READ,
                  "got {data} on char device {charId}")
              .number("charId", U8, DEVICE, Event.AsyncCharRead::charId)
              .bytes("data", BYTES, false, Event.AsyncCharRead::data)
              .made(v -> new Event.AsyncCharRead(v.checkpoint(0), v.s32(1), v.bytes(2))),
          async(Event.AsyncBlock.class, EventKind.ASYNC_BLOCK, "completed block request {id}")
              .number("id", U64, NONE, Event.AsyncBlock::id)
              .made(v -> new Event.AsyncBlock(v.checkpoint(0), v.number(1))),
          async(
                  Event.AsyncNet.class,
                  EventKind.ASYNC_NET,
                  "got a packet of {data} from network filter {filterId}")
              .number("filterId", U8, DEVICE, Event.AsyncNet::filterId)
              .number("flags", U32, FLAGS, Event.AsyncNet::flags)
              .bytes("data", BYTES, false, Event.AsyncNet::data)
              .made(v -> new Event.AsyncNet(v.checkpoint(0), v.s32(1), v.number(2), v.bytes(3))),
          entry(Event.Shutdown.class, EventKind.SHUTDOWN, "was asked to stop or reset ({cause})")
              .named("cause", ShutdownCause.values(), true, e -> number(e.cause()))
              .made(v -> new Event.Shutdown(cause(v.number(0)))),
          entry(
                  Event.CharWrite.class,
                  EventKind.CHAR_WRITE,
                  "wrote {written} bytes to a char device with result {res}")
              .number("res", S32, BYTES, Event.CharWrite::res)
              .number("written", S32, BYTES, Event.CharWrite::offset)
              .made(v -> new Event.CharWrite(v.s32(0), v.s32(1))),
          entry(Event.CharReadAll.class, EventKind.CHAR_READ_ALL, "read {data} from a char device")
              .bytes("data", BYTES, false, Event.CharReadAll::data)
              .made(v -> new Event.CharReadAll(v.bytes(0))),
          entry(
                  Event.CharReadAllError.class,
                  EventKind.CHAR_READ_ALL_ERROR,
                  "failed to read a char device ({error})")
              .number("error", S32, NONE, Event.CharReadAllError::error)
              .made(v -> new Event.CharReadAllError(v.s32(0))),
          entry(Event.AudioOut.class, EventKind.AUDIO_OUT, "played {played} audio frames")
              .number("played", U64, FRAMES, Event.AudioOut::played)
              .made(v -> new Event.AudioOut(v.number(0))),
          entry(Event.AudioIn.class, EventKind.AUDIO_IN, "captured {recorded} audio frames")
              .number("recorded", U64, FRAMES, Event.AudioIn::recorded)
              .optional("wpos", U64, FRAMES, Event.AudioIn::wpos)
              .bytes("samples", FRAMES, true, Event.AudioIn::samples)
              .made(v -> new Event.AudioIn(v.number(0), v.number(1), v.bytes(2))),
          entry(Event.Random.class, EventKind.RANDOM, "got {data} of random data")
              .number("ret", S32, STATUS, Event.Random::ret)
              .bytes("data", BYTES, false, Event.Random::data)
              .made(v -> new Event.Random(v.s32(0), v.bytes(1))),
          entry(Event.ClockRead.class, EventKind.CLOCK, "read the {clock} clock")
              .named("clock", Clock.values(), false, e -> e.clock().ordinal())
              .number("ns", S64, NANOSECONDS, Event.ClockRead::ns)
              .made(v -> new Event.ClockRead(CLOCKS[v.s32(0)], v.number(1))),
          entry(
                  Event.CheckpointReached.class,
                  EventKind.CHECKPOINT,
                  "passed checkpoint {checkpoint}")
              .named("checkpoint", Checkpoint.values(), false, e -> e.checkpoint().ordinal())
              .made(v -> REACHED.get(v.s32(0))),
          entry(Event.End.class, EventKind.END, "came to the end event")
              .made(v -> Event.End.REACHED));

  static final Map<EventKind, EventSchema> BY_KIND = new EnumMap<>(EventKind.class);
  static final Map<Input.Kind, EventSchema> BY_INPUT = new EnumMap<>(Input.Kind.class);
  static final Map<String, EventName> NAMES = new TreeMap<>();

  static {
    for (EventSchema schema : ALL) {
      schema
          .input()
          .ifPresentOrElse(
              in -> BY_INPUT.put(in, schema), () -> BY_KIND.put(schema.kind(), schema));
      int sub = schema.nameField();
      if (sub < 0 || schema.fields().get(sub).optional()) {
        NAMES.put(schema.fullName(-1), new EventName(schema, -1));
      }
      for (int i = 0; sub >= 0 && i < schema.fields().get(sub).labels().size(); i++) {
        NAMES.put(schema.fullName(i), new EventName(schema, i));
      }
    }
  }

  static Optional<Checkpoint> checkpoint(long number) {
    return number < 0 ? Optional.empty() : CHECKPOINTS.get((int) number);
  }

  private static Optional<ShutdownCause> cause(long number) {
    return number < 0 ? Optional.empty() : CAUSES.get((int) number);
  }

  private static long number(Optional<? extends Enum<?>> constant) {
    return constant.isPresent() ? constant.get().ordinal() : -1;
  }

  private static Input.Key key(Event.AsyncInput event) {
    return (Input.Key) event.input();
  }

  private static Input.MultiTouch touch(Event.AsyncInput event) {
    return (Input.MultiTouch) event.input();
  }

  private static <E extends Event> Entry<E> entry(Class<E> type, EventKind kind, String phrase) {
    return new Entry<>(type, kind, Optional.empty(), phrase);
  }

  /** Asynchronous events begin with the checkpoint at which they were delivered. */
  private static <E extends Event.Async> Entry<E> async(
      Class<E> type, EventKind kind, String phrase) {
    return entry(type, kind, phrase)
        .label("checkpoint", Checkpoint.values(), true, e -> number(e.at()));
  }

  private static Entry<Event.AsyncInput> input(Input.Kind kind, String phrase) {
    return new Entry<>(Event.AsyncInput.class, EventKind.ASYNC_INPUT, Optional.of(kind), phrase)
        .label("checkpoint", Checkpoint.values(), true, e -> number(e.at()));
  }

  /** An entry while it is written. */
  static final class Entry<E extends Event> {
    final EventKind kind;
    final Optional<Input.Kind> input;
    final String phrase;
    final List<Field> fields = new ArrayList<>();
    final List<ToLongFunction<Event>> numbers = new ArrayList<>();
    Function<Event, Payload> data = event -> Payload.EMPTY;
    int nameField = -1;
    private final Class<E> type;

    private Entry(Class<E> type, EventKind kind, Optional<Input.Kind> input, String phrase) {
      this.type = type;
      this.kind = kind;
      this.input = input;
      this.phrase = phrase;
    }

    private Entry<E> add(Field field, ToLongFunction<? super E> value) {
      fields.add(field);
      numbers.add(event -> value.applyAsLong(type.cast(event)));
      return this;
    }

    Entry<E> number(String field, Range range, Field.Unit unit, ToLongFunction<? super E> value) {
      return add(new Field(field, Field.Type.NUMBER, unit, range, List.of(), false), value);
    }

    /** A number that some dialects do not record. */
    Entry<E> optional(String field, Range range, Field.Unit unit, ToLongFunction<? super E> value) {
      return add(new Field(field, Field.Type.NUMBER, unit, range, List.of(), true), value);
    }

    Entry<E> flag(String field, Predicate<? super E> value) {
      return add(
          new Field(field, Field.Type.FLAG, DOWN, Range.BIT, List.of(), false),
          event -> value.test(event) ? 1 : 0);
    }

    Entry<E> label(
        String field, Enum<?>[] constants, boolean optional, ToLongFunction<? super E> value) {
      List<String> words = Stream.of(constants).map(Labels::of).toList();
      return add(new Field(field, Field.Type.LABEL, NONE, S32, words, optional), value);
    }

    /** A label that is the second half of the full name. */
    Entry<E> named(
        String field, Enum<?>[] constants, boolean optional, ToLongFunction<? super E> value) {
      nameField = fields.size();
      return label(field, constants, optional, value);
    }

    Entry<E> bytes(String field, Field.Unit unit, boolean optional, Function<E, Payload> value) {
      data = event -> value.apply(type.cast(event));
      return add(
          new Field(field, Field.Type.BYTES, unit, Range.S64, List.of(), optional), event -> 0);
    }

    EventSchema made(Function<FieldValues, ? extends Event> maker) {
      return new EventSchema(this, maker::apply);
    }
  }
}
