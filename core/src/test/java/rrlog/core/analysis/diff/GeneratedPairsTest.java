package rrlog.core.analysis.diff;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import rrlog.core.analysis.EventFilter;
import rrlog.core.event.Checkpoint;
import rrlog.core.event.Clock;
import rrlog.core.event.Event;
import rrlog.core.event.Payload;
import rrlog.core.log.Dialect;
import rrlog.core.log.Dialects;
import rrlog.core.log.LogReader;
import rrlog.core.testing.Rolls;

/** Thousands of logs and changed copies of them, compared here and by {@link Reference}. */
final class GeneratedPairsTest {
  private static final List<DiffOptions> OPTIONS =
      List.of(
          options("", ""),
          options("clock", ""),
          options("clock/host", "random"),
          options("", "clock"),
          options("checkpoint/clock-virtual,end", "async-char-read"),
          options("", "").guestVisible());

  private static DiffOptions options(String ignore, String values) {
    return new DiffOptions(filter(ignore), filter(values), 3, true);
  }

  private static EventFilter filter(String names) {
    return EventFilter.of(names.isEmpty() ? List.of() : Arrays.asList(names.split(",")));
  }

  /** The dialects whose asynchronous events have a code each, and those where they share one. */
  private static final List<Dialect> DIALECTS =
      List.of(Dialects.named("e0200c-b").orElseThrow(), Dialects.named("e0200a").orElseThrow());

  /** A log, a changed copy, and how they are to be compared. */
  private record Pair(Dialect dialect, byte[] a, byte[] b, DiffOptions options, int margin) {
    Found inMemory() throws IOException {
      return Found.in(
          new LogDiff(Found.inMemory(a, dialect), Found.inMemory(b, dialect), options, margin));
    }

    Found asStreams() throws IOException {
      try (LogReader one = Found.asStream(a, dialect);
          LogReader other = Found.asStream(b, dialect)) {
        return Found.between(one, other, options);
      }
    }

    List<Reference.Item> itemsA() throws IOException {
      return Reference.read(Found.inMemory(a, dialect), options);
    }

    List<Reference.Item> itemsB() throws IOException {
      return Reference.read(Found.inMemory(b, dialect), options);
    }
  }

  private static Pair pair(Random random, int changes) {
    Dialect dialect = DIALECTS.get(random.nextInt(DIALECTS.size()));
    List<Event> events = new ArrayList<>();
    int size = random.nextInt(random.nextInt(10) == 0 ? 400 : 60);
    for (int i = 0; i < size; i++) {
      events.add(event(random, dialect));
    }
    if (random.nextBoolean()) {
      events.add(Event.End.REACHED);
    }
    List<Event> changed = new ArrayList<>(events);
    for (int i = 0; i < changes; i++) {
      change(changed, random, dialect);
    }
    changed.remove(Event.End.REACHED);
    if (random.nextInt(8) > 0 == events.contains(Event.End.REACHED)) {
      changed.add(Event.End.REACHED);
    }
    return new Pair(
        dialect,
        damaged(Found.log(dialect, events), random),
        damaged(Found.log(dialect, changed), random),
        OPTIONS.get(random.nextInt(OPTIONS.size())),
        random.nextInt(100));
  }

  /** Few values, so that equal events are frequent and alignment is hard. */
  private static Event event(Random random, Dialect dialect) {
    Optional<Checkpoint> at =
        dialect.id().equals("e0200a")
            ? Optional.of(Checkpoint.values()[4 + random.nextInt(2)])
            : Optional.empty();
    return switch (random.nextInt(9)) {
      case 0, 1, 2 -> new Event.Instruction(random.nextInt(4));
      case 3 -> new Event.ClockRead(Clock.values()[random.nextInt(2)], random.nextInt(3));
      case 4 ->
          new Event.CheckpointReached(
              random.nextBoolean() ? Checkpoint.CLOCK_VIRTUAL : Checkpoint.CLOCK_WARP_ACCOUNT);
      case 5 -> Event.InterruptTaken.TAKEN;
      case 6 -> new Event.AsyncCharRead(at, random.nextInt(2), data(random));
      case 7 -> new Event.Random(0, data(random));
      default -> new Event.AsyncBh(at, random.nextInt(3));
    };
  }

  /** Short, or so long that it is kept as a digest, and then different behind its first bytes. */
  private static Payload data(Random random) {
    byte[] bytes = new byte[random.nextInt(10) == 0 ? 300 : random.nextInt(3)];
    if (bytes.length > 0 && random.nextBoolean()) {
      bytes[bytes.length - 1] = 1;
    }
    return Payload.of(bytes);
  }

  private static void change(List<Event> log, Random random, Dialect dialect) {
    int at = random.nextInt(log.size() + 1);
    switch (random.nextInt(6)) {
      case 0 -> log.add(at, event(random, dialect));
      case 1 -> {
        if (at < log.size()) {
          log.remove(at);
        }
      }
      case 2 -> {
        if (at < log.size()) {
          log.set(at, event(random, dialect));
        }
      }
      case 3 -> {
        if (at + 1 < log.size()) {
          Collections.swap(log, at, at + 1);
        }
      }
      default -> {
        for (int i = at; i < log.size(); i++) {
          if (log.get(i) instanceof Event.Instruction(long count)) {
            long part = random.nextLong(count + 1);
            log.set(i, new Event.Instruction(part));
            log.add(i, new Event.Instruction(count - part));
            return;
          }
        }
      }
    }
    // END has to be the last one.
    if (log.remove(Event.End.REACHED)) {
      log.add(Event.End.REACHED);
    }
  }

  private static byte[] damaged(byte[] log, Random random) {
    return switch (random.nextInt(12)) {
      case 0 -> Arrays.copyOf(log, Math.max(12, log.length - 1 - random.nextInt(6)));
      case 1 -> {
        byte[] longer = Arrays.copyOf(log, log.length + 2);
        longer[log.length] = (byte) 0xff;
        longer[log.length + 1] = (byte) random.nextInt(2);
        yield longer;
      }
      default -> log;
    };
  }

  @Test
  void the_first_divergence_is_where_plain_lists_differ_first() {
    Rolls.each(
        4000,
        // Opening a stream takes its time.
        rolls ->
            assertFindsTheFirst(
                pair(rolls.random(), (int) rolls.between(0, 4)), rolls.random().nextInt(8) == 0));
  }

  private static void assertFindsTheFirst(Pair pair, boolean alsoAsStreams) throws IOException {
    List<Reference.Item> a = pair.itemsA();
    List<Reference.Item> b = pair.itemsB();
    Optional<Integer> expected = Reference.firstDifference(a, b);
    for (Found found :
        alsoAsStreams ? List.of(pair.inMemory(), pair.asStreams()) : List.of(pair.inMemory())) {
      assertThat(found.first().map(d -> d.a().position()))
          .isEqualTo(expected.map(i -> a.get(i).position()));
      assertThat(found.first().map(d -> d.b().position()))
          .isEqualTo(expected.map(i -> b.get(i).position()));
      if (expected.isPresent()) {
        int from = Math.max(0, expected.get() - pair.options().context());
        assertThat(found.first().get().beforeA())
            .extracting(Moment::position)
            .isEqualTo(
                a.subList(from, expected.get()).stream().map(Reference.Item::position).toList());
        assertThat(found.first().get().beforeB())
            .extracting(Moment::position)
            .isEqualTo(
                b.subList(from, expected.get()).stream().map(Reference.Item::position).toList());
      }
    }
  }

  @Test
  void what_is_in_no_hunk_is_equal_and_every_event_is_accounted_for() {
    Rolls.each(4000, rolls -> assertAccountedFor(pair(rolls.random(), (int) rolls.between(0, 8))));
  }

  private static void assertAccountedFor(Pair pair) throws IOException {
    List<Reference.Item> a = pair.itemsA();
    List<Reference.Item> b = pair.itemsB();
    Found found = pair.inMemory();
    int atA = 0;
    int atB = 0;
    long shift = 0;
    for (Hunk hunk : found.hunks()) {
      while (a.get(atA).position().event() < hunk.a().event()) {
        assertThat(a.get(atA).same(b.get(atB), shift)).as("event before %s", hunk).isTrue();
        atA++;
        atB++;
      }
      assertThat(a.get(atA).position()).isEqualTo(hunk.a());
      assertThat(b.get(atB).position()).isEqualTo(hunk.b());
      assertThat(a.get(atA).same(b.get(atB), shift)).as("begin of %s", hunk).isFalse();
      // A label says what was counted.
      switch (hunk.kind()) {
        case MISSING -> assertThat(hunk.eventsA()).as("%s", hunk).isPositive();
        case EXTRA -> assertThat(hunk.eventsB()).as("%s", hunk).isPositive();
        case ORDER -> assertThat(hunk.eventsA() * hunk.eventsB()).as("%s", hunk).isPositive();
        case VALUE, INSTRUCTION_COUNT ->
            assertThat(hunk.eventsA() > 0).as("%s", hunk).isEqualTo(hunk.eventsB() > 0);
      }
      atA += (int) hunk.eventsA();
      atB += (int) hunk.eventsB();
      shift = hunk.shift();
    }
    boolean endsDiffer = !found.hunks().isEmpty() && atA == a.size() - 1 && atB == b.size() - 1;
    while (atA < a.size() - (endsDiffer ? 1 : 0)) {
      assertThat(a.get(atA).same(b.get(atB), shift)).as("item %d of A", atA).isTrue();
      atA++;
      atB++;
    }
    assertThat(b.size() - atB).isEqualTo(a.size() - atA);
    assertThat(found.summary().count()).isEqualTo(found.hunks().size());
    assertThat(found.hunks().isEmpty()).isEqualTo(found.first().isEmpty());
  }
}
