package rrlog.core.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import rrlog.core.event.Checkpoint;
import rrlog.core.event.Clock;
import rrlog.core.event.Event;
import rrlog.core.event.EventKind;
import rrlog.core.event.Input;
import rrlog.core.event.Payload;
import rrlog.core.event.Range;
import rrlog.core.event.ShutdownCause;

/**
 * Everything that a dialect can say, with the values at the limits more often than chance would
 * have them. Not everything is what a QEMU would do: the codec has to hold what the bytes can hold.
 */
final class EventArbitraries {
  private static final Arbitrary<Integer> ANY_INT = Arbitraries.integers();
  private static final Arbitrary<Long> ANY_LONG = Arbitraries.longs();
  private static final Arbitrary<Long> U32 = Arbitraries.longs().between(0, 0xffffffffL);
  private static final Arbitrary<Integer> U8 = Arbitraries.integers().between(0, 255);
  private static final Arbitrary<Boolean> FLAG = Arbitraries.of(true, false);
  private static final Arbitrary<Payload> DATA =
      Arbitraries.bytes().array(byte[].class).ofMaxSize(200).map(Payload::of);

  private final Dialect dialect;

  EventArbitraries(Dialect dialect) {
    this.dialect = dialect;
  }

  /** A log's events: any, and perhaps END as the last one. */
  Arbitrary<List<Event>> logs() {
    Arbitrary<List<Event>> events = event().list().ofMaxSize(60);
    return Combinators.combine(events, FLAG)
        .as(
            (any, ended) -> {
              List<Event> log = new ArrayList<>(any);
              if (ended) {
                log.add(Event.End.REACHED);
              }
              return withoutDoubtAboutFrames(log);
            });
  }

  /**
   * Where the frames of a full ring were left out, what follows must not look like samples, nor be
   * missing: nothing else tells that they were left out. A clock reading never looks so.
   */
  private static List<Event> withoutDoubtAboutFrames(List<Event> events) {
    List<Event> clear = new ArrayList<>();
    boolean doubt = false;
    for (Event event : events) {
      if (doubt && event instanceof Event.Instruction) {
        clear.add(new Event.ClockRead(Clock.HOST, 0));
      }
      clear.add(event);
      doubt = isWithoutFrames(event);
    }
    if (doubt) {
      clear.add(new Event.ClockRead(Clock.HOST, 0));
    }
    return clear;
  }

  /** Whether an event is a capture of a full ring, whose frames are not in the log. */
  static boolean isWithoutFrames(Event event) {
    return event instanceof Event.AudioIn(long recorded, _, Payload samples)
        && recorded != 0
        && samples.length() == 0;
  }

  /** Whether audio counters have 32 bits. */
  private boolean narrow() {
    return dialect.range(EventKind.AUDIO_OUT, "played").equals(Optional.of(Range.S32));
  }

  /** Any event but END. */
  Arbitrary<Event> event() {
    List<Arbitrary<? extends Event>> events = new ArrayList<>();
    dialect.asyncKinds().forEach(kind -> events.add(async(kind)));
    for (EventCode code : dialect.codes()) {
      switch (code) {
        case EventCode.Plain(EventKind kind) when !kind.isAsync() && kind != EventKind.END ->
            events.add(plain(kind));
        case EventCode.OfClock(Clock clock) ->
            events.add(ANY_LONG.map(ns -> new Event.ClockRead(clock, ns)));
        case EventCode.Plain _,
            EventCode.AsyncQueue _,
            EventCode.OfCheckpoint _,
            EventCode.OfShutdown _,
            EventCode.ReservedShutdown _ -> {}
      }
    }
    events.add(Arbitraries.of(dialect.checkpoints()).<Event>map(Event.CheckpointReached::new));
    events.add(Arbitraries.of(causes()).map(Event.Shutdown::new));
    return Arbitraries.oneOf(events).map(event -> (Event) event);
  }

  private List<Optional<ShutdownCause>> causes() {
    return dialect.codes().stream()
        .filter(EventCode.OfShutdown.class::isInstance)
        .map(code -> ((EventCode.OfShutdown) code).cause())
        .toList();
  }

  private Arbitrary<? extends Event> plain(EventKind kind) {
    return switch (kind) {
      case INSTRUCTION -> U32.map(Event.Instruction::new);
      case INTERRUPT -> Arbitraries.just(Event.InterruptTaken.TAKEN);
      case EXCEPTION -> Arbitraries.just(Event.ExceptionTaken.DELIVERED);
      case CHAR_WRITE -> Combinators.combine(ANY_INT, ANY_INT).as(Event.CharWrite::new);
      case CHAR_READ_ALL -> DATA.map(Event.CharReadAll::new);
      case CHAR_READ_ALL_ERROR -> ANY_INT.map(Event.CharReadAllError::new);
      case AUDIO_OUT -> counter().map(Event.AudioOut::new);
      case AUDIO_IN -> audioIn();
      case RANDOM -> Combinators.combine(ANY_INT, DATA).as(Event.Random::new);
      case ASYNC_BH,
          ASYNC_BH_ONESHOT,
          ASYNC_INPUT,
          ASYNC_INPUT_SYNC,
          ASYNC_CHAR_READ,
          ASYNC_BLOCK,
          ASYNC_NET,
          SHUTDOWN,
          CLOCK,
          CHECKPOINT,
          END ->
          throw new IllegalArgumentException(kind + " has a value beside it");
    };
  }

  private Arbitrary<Long> counter() {
    return narrow() ? ANY_INT.map(Integer::longValue) : ANY_LONG;
  }

  private Arbitrary<Event> audioIn() {
    boolean hasWpos = dialect.range(EventKind.AUDIO_IN, "wpos").isPresent();
    Arbitrary<Long> wpos = hasWpos ? counter() : Arbitraries.just(0L);
    Arbitrary<Event> withFrames =
        Combinators.combine(Arbitraries.integers().between(0, 80).flatMap(this::frames), wpos)
            .as((samples, at) -> new Event.AudioIn(samples.length() / 16, at, samples));
    if (!hasWpos) {
      return withFrames;
    }
    Arbitrary<Long> recorded =
        narrow()
            ? Arbitraries.longs().between(1, Integer.MAX_VALUE)
            : ANY_LONG.filter(count -> count != 0);
    Arbitrary<Event> withoutFrames =
        Combinators.combine(recorded, wpos)
            .as((count, at) -> new Event.AudioIn(count, at, Payload.EMPTY));
    return Arbitraries.oneOf(withFrames, withoutFrames);
  }

  /** Frames of samples as the mixing engine has them, at most 2^31 in size. */
  private Arbitrary<Payload> frames(int count) {
    return Arbitraries.longs()
        .between(-(1L << 31), 1L << 31)
        .array(long[].class)
        .ofSize(2 * count)
        .map(
            samples -> {
              java.nio.ByteBuffer bytes = java.nio.ByteBuffer.allocate(8 * samples.length);
              bytes.asLongBuffer().put(samples);
              return Payload.of(bytes.array());
            });
  }

  private Arbitrary<? extends Event> async(EventKind kind) {
    Arbitrary<Optional<Checkpoint>> at =
        dialect.asyncStyle() == AsyncStyle.CHECKPOINT_KIND
            ? Arbitraries.of(dialect.checkpoints()).map(Optional::of)
            : Arbitraries.just(Optional.empty());
    return switch (kind) {
      case ASYNC_BH -> Combinators.combine(at, ANY_LONG).as(Event.AsyncBh::new);
      case ASYNC_BH_ONESHOT -> Combinators.combine(at, ANY_LONG).as(Event.AsyncBhOneshot::new);
      case ASYNC_BLOCK -> Combinators.combine(at, ANY_LONG).as(Event.AsyncBlock::new);
      case ASYNC_INPUT -> Combinators.combine(at, input()).as(Event.AsyncInput::new);
      case ASYNC_INPUT_SYNC -> at.map(Event.AsyncInputSync::new);
      case ASYNC_CHAR_READ -> Combinators.combine(at, U8, DATA).as(Event.AsyncCharRead::new);
      case ASYNC_NET -> Combinators.combine(at, U8, U32, DATA).as(Event.AsyncNet::new);
      default -> throw new IllegalArgumentException(kind + " is not asynchronous");
    };
  }

  private Arbitrary<Input> input() {
    return Arbitraries.of(dialect.inputKinds()).flatMap(this::input);
  }

  private Arbitrary<Input> input(Input.Kind kind) {
    return switch (kind) {
      case KEY -> key();
      case BTN -> Combinators.combine(U32, FLAG).as(Input.Button::new);
      case REL -> Combinators.combine(U32, ANY_LONG).as(Input.Relative::new);
      case ABS -> Combinators.combine(U32, ANY_LONG).as(Input.Absolute::new);
      case MTT ->
          Combinators.combine(U32, ANY_LONG, ANY_LONG, U32, ANY_LONG).as(Input.MultiTouch::new);
    };
  }

  private Arbitrary<Input> key() {
    if (dialect.keys().encoding() == Input.KeyEncoding.LINUX) {
      return Combinators.combine(U32, FLAG)
          .as((code, down) -> new Input.Key(Input.KeyEncoding.LINUX, code, down));
    }
    return Arbitraries.oneOf(
        Combinators.combine(ANY_LONG, FLAG)
            .as((code, down) -> new Input.Key(Input.KeyEncoding.NUMBER, code, down)),
        Combinators.combine(U32, FLAG)
            .as((code, down) -> new Input.Key(Input.KeyEncoding.QCODE, code, down)));
  }
}
