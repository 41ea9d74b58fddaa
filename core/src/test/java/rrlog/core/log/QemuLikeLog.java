package rrlog.core.log;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import rrlog.core.event.Checkpoint;
import rrlog.core.event.Clock;
import rrlog.core.event.Event;
import rrlog.core.event.EventKind;
import rrlog.core.event.Input;
import rrlog.core.event.Payload;
import rrlog.core.event.ShutdownCause;

/**
 * Makes up logs that keep what {@code docs/log-format.md#order} says of all real ones, in any
 * dialect: for layouts of which there is no recording.
 */
final class QemuLikeLog {
  private final Dialect dialect;
  private final Random random;
  private final List<Event> events = new ArrayList<>();
  private long host = 1_600_000_000_000_000_000L;
  private long virtualRt;
  private long blocks;
  private long icount;

  QemuLikeLog(Dialect dialect, Random random, int turns) {
    this.dialect = dialect;
    this.random = random;
    if (dialect.habits().startsWithHostClock()) {
      clock(Clock.HOST);
    }
    checkpoint(Checkpoint.INIT);
    clock(Clock.HOST);
    if (has(EventKind.RANDOM)) {
      events.add(new Event.Random(0, data(32)));
    }
    checkpoint(Checkpoint.RESET);
    for (int turn = 0; turn < turns; turn++) {
      mainLoop();
      vcpu();
    }
  }

  /** The events so far. */
  List<Event> events() {
    return events;
  }

  /** The log as an orderly quit would leave it. */
  byte[] finished() {
    List<Event> all = new ArrayList<>(events);
    if (dialect.codeOf(Optional.of(ShutdownCause.HOST_SIGNAL)).isPresent()
        && dialect.habits().endsWithHostSignal()) {
      all.add(new Event.Shutdown(Optional.of(ShutdownCause.HOST_SIGNAL)));
    }
    all.add(Event.End.REACHED);
    return Decoding.encode(dialect, all);
  }

  /** The log as a killed QEMU would leave it, had it written up to here: no version word. */
  byte[] unfinished() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (LogWriter writer = new LogWriter(bytes, dialect)) {
      writer.header(LogHeader.of(new byte[LogHeader.SIZE]));
      for (Event event : events) {
        writer.event(event);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InexpressibleEventException failure) {
      throw new AssertionError(failure);
    }
    return bytes.toByteArray();
  }

  private void mainLoop() {
    checkpoint(Checkpoint.CLOCK_HOST);
    clock(Clock.HOST);
    checkpoint(Checkpoint.CLOCK_VIRTUAL);
    if (has(EventKind.AUDIO_OUT)) {
      events.add(new Event.AudioOut(random.nextInt(0, 1024)));
      int frames = random.nextInt(0, 20);
      boolean hasWpos = dialect.range(EventKind.AUDIO_IN, "wpos").isPresent();
      events.add(new Event.AudioIn(frames, hasWpos ? frames : 0, samples(frames)));
    }
    Checkpoint account =
        dialect.checkpoints().contains(Checkpoint.CLOCK_WARP)
            ? Checkpoint.CLOCK_WARP
            : Checkpoint.CLOCK_WARP_ACCOUNT;
    if (dialect.asyncStyle() == AsyncStyle.CHECKPOINT_KIND) {
      checkpoint(account);
      queue(Optional.of(account));
    } else {
      queue(Optional.empty());
      checkpoint(account);
    }
    clock(Clock.VIRTUAL_RT);
  }

  private void vcpu() {
    long count = random.nextLong(1, 100_000);
    events.add(new Event.Instruction(count));
    icount += count;
    events.add(random.nextBoolean() ? Event.InterruptTaken.TAKEN : Event.ExceptionTaken.DELIVERED);
    if (has(EventKind.CHAR_WRITE)) {
      events.add(new Event.CharWrite(1, 1));
    }
  }

  private void queue(Optional<Checkpoint> at) {
    EventKind kind = dialect.asyncKinds().get(random.nextInt(dialect.asyncKinds().size()));
    switch (kind) {
      case ASYNC_BH -> events.add(new Event.AsyncBh(at, random.nextLong(0, icount + 1)));
      case ASYNC_BH_ONESHOT ->
          events.add(new Event.AsyncBhOneshot(at, random.nextLong(0, icount + 1)));
      case ASYNC_BLOCK -> events.add(new Event.AsyncBlock(at, blocks++));
      case ASYNC_CHAR_READ ->
          events.add(new Event.AsyncCharRead(at, 0, data(random.nextInt(1, 5))));
      case ASYNC_NET -> events.add(new Event.AsyncNet(at, 0, 0, data(random.nextInt(60, 90))));
      default -> {
        events.add(new Event.AsyncInput(at, input()));
        events.add(new Event.AsyncInputSync(at));
      }
    }
  }

  private Input input() {
    Input.Kind kind = dialect.inputKinds().get(random.nextInt(dialect.inputKinds().size()));
    boolean down = random.nextBoolean();
    int axis = random.nextInt(2);
    return switch (kind) {
      case KEY -> {
        boolean linux = dialect.keys().encoding() == Input.KeyEncoding.LINUX;
        yield new Input.Key(
            linux ? Input.KeyEncoding.LINUX : Input.KeyEncoding.QCODE,
            random.nextInt(1, 120),
            down);
      }
      case BTN -> new Input.Button(random.nextInt(5), down);
      case REL -> new Input.Relative(axis, random.nextInt(-100, 100));
      case ABS -> new Input.Absolute(axis, random.nextInt(32768));
      case MTT -> new Input.MultiTouch(random.nextInt(5), 1, -1, axis, random.nextInt(32768));
    };
  }

  private boolean has(EventKind kind) {
    return dialect.codeOf(kind).isPresent();
  }

  private void checkpoint(Checkpoint checkpoint) {
    events.add(new Event.CheckpointReached(checkpoint));
  }

  private void clock(Clock clock) {
    host += 1000L * random.nextInt(1, 1_000_000);
    virtualRt += random.nextInt(1_000_000);
    events.add(new Event.ClockRead(clock, clock == Clock.HOST ? host : virtualRt));
  }

  private Payload data(int length) {
    byte[] data = new byte[length];
    random.nextBytes(data);
    return Payload.of(data);
  }

  private Payload samples(int frames) {
    java.nio.ByteBuffer bytes = java.nio.ByteBuffer.allocate(16 * frames);
    while (bytes.hasRemaining()) {
      bytes.putLong(random.nextInt(-32768, 32768) * 65536L);
    }
    return Payload.of(bytes.array());
  }
}
