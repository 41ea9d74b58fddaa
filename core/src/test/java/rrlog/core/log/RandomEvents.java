package rrlog.core.log;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import rrlog.core.event.Checkpoint;
import rrlog.core.event.Clock;
import rrlog.core.event.Event;
import rrlog.core.event.EventKind;
import rrlog.core.event.Input;
import rrlog.core.event.Payload;
import rrlog.core.event.Range;
import rrlog.core.event.ShutdownCause;
import rrlog.core.testing.Rolls;

/**
 * Everything that a dialect can say, with the values at the limits more often than chance would
 * have them. Not everything is what a QEMU would do: the codec has to hold what the bytes can hold.
 */
final class RandomEvents {
  private final Dialect dialect;
  private final Rolls rolls;
  private final List<Supplier<Event>> any = new ArrayList<>();

  RandomEvents(Dialect dialect, Rolls rolls) {
    this.dialect = dialect;
    this.rolls = rolls;
    dialect.asyncKinds().forEach(kind -> any.add(() -> async(kind)));
    for (EventCode code : dialect.codes()) {
      switch (code) {
        case EventCode.Plain(EventKind kind) when !kind.isAsync() && kind != EventKind.END ->
            any.add(() -> plain(kind));
        case EventCode.OfClock(Clock clock) ->
            any.add(() -> new Event.ClockRead(clock, rolls.anyLong()));
        case EventCode.Plain _,
            EventCode.AsyncQueue _,
            EventCode.OfCheckpoint _,
            EventCode.OfShutdown _,
            EventCode.ReservedShutdown _ -> {}
      }
    }
    any.add(() -> new Event.CheckpointReached(checkpoint()));
    List<Optional<ShutdownCause>> causes = causes();
    any.add(() -> new Event.Shutdown(rolls.one(causes)));
  }

  /** A log's events: any, and perhaps END as the last one. */
  List<Event> log() {
    List<Event> log = rolls.list(60, this::event);
    if (rolls.flag()) {
      log.add(Event.End.REACHED);
    }
    return withoutDoubtAboutFrames(log);
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

  /** Any event but END. */
  Event event() {
    return rolls.one(any).get();
  }

  private List<Optional<ShutdownCause>> causes() {
    return dialect.codes().stream()
        .filter(EventCode.OfShutdown.class::isInstance)
        .map(code -> ((EventCode.OfShutdown) code).cause())
        .toList();
  }

  private Checkpoint checkpoint() {
    return rolls.one(List.copyOf(dialect.checkpoints()));
  }

  private Payload data() {
    return Payload.of(rolls.bytes(200));
  }

  private Event plain(EventKind kind) {
    return switch (kind) {
      case INSTRUCTION -> new Event.Instruction(rolls.u32());
      case INTERRUPT -> Event.InterruptTaken.TAKEN;
      case EXCEPTION -> Event.ExceptionTaken.DELIVERED;
      case CHAR_WRITE -> new Event.CharWrite(rolls.anyInt(), rolls.anyInt());
      case CHAR_READ_ALL -> new Event.CharReadAll(data());
      case CHAR_READ_ALL_ERROR -> new Event.CharReadAllError(rolls.anyInt());
      case AUDIO_OUT -> new Event.AudioOut(counter());
      case AUDIO_IN -> audioIn();
      case RANDOM -> new Event.Random(rolls.anyInt(), data());
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

  /** Whether audio counters have 32 bits. */
  private boolean narrow() {
    return dialect.range(EventKind.AUDIO_OUT, "played").equals(Optional.of(Range.S32));
  }

  private long counter() {
    return narrow() ? rolls.anyInt() : rolls.anyLong();
  }

  private Event audioIn() {
    boolean hasWpos = dialect.range(EventKind.AUDIO_IN, "wpos").isPresent();
    long wpos = hasWpos ? counter() : 0;
    if (!hasWpos || rolls.flag()) {
      int frames = (int) rolls.between(0, 80);
      return new Event.AudioIn(frames, wpos, frames(frames));
    }
    long recorded = narrow() ? rolls.between(1, Integer.MAX_VALUE) : rolls.anyLong();
    return new Event.AudioIn(recorded == 0 ? 1 : recorded, wpos, Payload.EMPTY);
  }

  /** Frames of samples as the mixing engine has them, at most 2^31 in size. */
  private Payload frames(int count) {
    ByteBuffer samples = ByteBuffer.allocate(16 * count);
    while (samples.hasRemaining()) {
      samples.putLong(rolls.between(-(1L << 31), 1L << 31));
    }
    return Payload.of(samples.array());
  }

  private Event async(EventKind kind) {
    Optional<Checkpoint> at =
        dialect.asyncStyle() == AsyncStyle.CHECKPOINT_KIND
            ? Optional.of(checkpoint())
            : Optional.empty();
    return switch (kind) {
      case ASYNC_BH -> new Event.AsyncBh(at, rolls.anyLong());
      case ASYNC_BH_ONESHOT -> new Event.AsyncBhOneshot(at, rolls.anyLong());
      case ASYNC_BLOCK -> new Event.AsyncBlock(at, rolls.anyLong());
      case ASYNC_INPUT ->
          new Event.AsyncInput(at, input(rolls.one(List.copyOf(dialect.inputKinds()))));
      case ASYNC_INPUT_SYNC -> new Event.AsyncInputSync(at);
      case ASYNC_CHAR_READ -> new Event.AsyncCharRead(at, rolls.u8(), data());
      case ASYNC_NET -> new Event.AsyncNet(at, rolls.u8(), rolls.u32(), data());
      default -> throw new IllegalArgumentException(kind + " is not asynchronous");
    };
  }

  private Input input(Input.Kind kind) {
    return switch (kind) {
      case KEY -> key();
      case BTN -> new Input.Button(rolls.u32(), rolls.flag());
      case REL -> new Input.Relative(rolls.u32(), rolls.anyLong());
      case ABS -> new Input.Absolute(rolls.u32(), rolls.anyLong());
      case MTT ->
          new Input.MultiTouch(
              rolls.u32(), rolls.anyLong(), rolls.anyLong(), rolls.u32(), rolls.anyLong());
    };
  }

  private Input key() {
    if (dialect.keys().encoding() == Input.KeyEncoding.LINUX) {
      return new Input.Key(Input.KeyEncoding.LINUX, rolls.u32(), rolls.flag());
    }
    return rolls.flag()
        ? new Input.Key(Input.KeyEncoding.NUMBER, rolls.anyLong(), rolls.flag())
        : new Input.Key(Input.KeyEncoding.QCODE, rolls.u32(), rolls.flag());
  }
}
