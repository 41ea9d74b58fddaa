package rrlog.formats.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import rrlog.core.event.Checkpoint;
import rrlog.core.event.Clock;
import rrlog.core.event.Event;
import rrlog.core.event.Input;
import rrlog.core.event.Payload;
import rrlog.core.event.ShutdownCause;
import rrlog.core.log.AsyncStyle;
import rrlog.core.log.Dialect;
import rrlog.core.log.InexpressibleEventException;
import rrlog.core.log.LogHeader;
import rrlog.core.log.LogWriter;

/** Makes logs of any dialect in which every kind of event that it has occurs, with any values. */
final class GeneratedLog {
  private final Dialect dialect;
  private final RandomGenerator random;

  private GeneratedLog(Dialect dialect, long seed) {
    this.dialect = dialect;
    this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  /** A finished log of about so many events. */
  static byte[] of(Dialect dialect, long seed, int events) throws IOException {
    return new GeneratedLog(dialect, seed).write(events);
  }

  private byte[] write(int events) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (LogWriter writer = new LogWriter(bytes, dialect)) {
      writer.header(LogHeader.finished(dialect));
      for (int i = 0; i < events; i++) {
        for (Event event : some()) {
          put(writer, event);
        }
      }
      put(writer, Event.End.REACHED);
    }
    return bytes.toByteArray();
  }

  private static void put(LogWriter writer, Event event) throws IOException {
    try {
      writer.event(event);
    } catch (InexpressibleEventException another) {
      // The dialect does not have it.
    }
  }

  /** The loop that real logs mostly consist of, or one event of any kind. */
  private List<Event> some() {
    if (random.nextInt(3) > 0) {
      return List.of(
          new Event.Instruction(random.nextInt(4) == 0 ? count() : 92),
          new Event.CheckpointReached(Checkpoint.CLOCK_VIRTUAL),
          new Event.ClockRead(Clock.HOST, 1_700_000_000_000_000_000L + 1000L * random.nextInt()));
    }
    List<Event> all = new ArrayList<>();
    Optional<Checkpoint> at =
        dialect.asyncStyle() == AsyncStyle.CHECKPOINT_KIND
            ? Optional.of(dialect.checkpoints().get(random.nextInt(dialect.checkpoints().size())))
            : Optional.empty();
    all.add(new Event.Instruction(count()));
    all.add(Event.InterruptTaken.TAKEN);
    all.add(Event.ExceptionTaken.DELIVERED);
    all.add(new Event.AsyncBh(at, random.nextLong()));
    all.add(new Event.AsyncBhOneshot(at, random.nextLong()));
    all.add(new Event.AsyncInput(at, input()));
    all.add(new Event.AsyncInputSync(at));
    all.add(new Event.AsyncCharRead(at, random.nextInt(256), data(40)));
    all.add(new Event.AsyncBlock(at, random.nextInt(1000)));
    all.add(new Event.AsyncNet(at, random.nextInt(256), random.nextInt(2), data(1500)));
    all.add(new Event.Shutdown(Optional.empty()));
    all.add(new Event.Shutdown(Optional.of(ShutdownCause.GUEST_RESET)));
    all.add(new Event.CharWrite(random.nextInt(), random.nextInt(1 << 20)));
    all.add(new Event.CharReadAll(data(9)));
    all.add(new Event.CharReadAllError(-1 - random.nextInt(1000)));
    all.add(new Event.AudioOut(random.nextInt(4096)));
    int frames = random.nextInt(50);
    all.add(new Event.AudioIn(frames, random.nextInt(1 << 16), silence(frames)));
    all.add(new Event.Random(random.nextInt(2) - 1, data(64)));
    all.add(new Event.ClockRead(Clock.HOST, random.nextLong()));
    all.add(new Event.ClockRead(Clock.VIRTUAL_RT, random.nextLong() >>> random.nextInt(64)));
    Checkpoint[] checkpoints = Checkpoint.values();
    all.add(new Event.CheckpointReached(checkpoints[random.nextInt(checkpoints.length)]));
    return List.of(all.get(random.nextInt(all.size())));
  }

  private long count() {
    return 1 + (random.nextInt() >>> 1 + random.nextInt(31));
  }

  private Payload data(int most) {
    byte[] bytes = new byte[random.nextInt(most + 1)];
    random.nextBytes(bytes);
    return Payload.wrapping(bytes);
  }

  private static Payload silence(int frames) {
    return Payload.wrapping(new byte[16 * frames]);
  }

  private Input input() {
    return switch (random.nextInt(6)) {
      case 0 -> new Input.Key(Input.KeyEncoding.NUMBER, random.nextLong(), random.nextBoolean());
      case 1 -> new Input.Key(Input.KeyEncoding.QCODE, random.nextInt(100), random.nextBoolean());
      case 2 -> new Input.Key(Input.KeyEncoding.LINUX, random.nextInt(200), random.nextBoolean());
      case 3 -> new Input.Button(random.nextInt(4), random.nextBoolean());
      case 4 -> new Input.Absolute(random.nextInt(2), random.nextInt(32768));
      default -> new Input.MultiTouch(1, random.nextInt(5), -1, random.nextInt(2), 77);
    };
  }
}
