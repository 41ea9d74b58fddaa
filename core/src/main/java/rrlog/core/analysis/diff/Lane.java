package rrlog.core.analysis.diff;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import rrlog.core.analysis.EventFilter;
import rrlog.core.event.Clock;
import rrlog.core.event.EventKind;
import rrlog.core.event.Position;
import rrlog.core.log.EventCode;
import rrlog.core.log.EventCursor;
import rrlog.core.log.LogReader;

/**
 * One of the two logs: its events that are compared, instruction events and ignored ones left out.
 *
 * <p>Has two gears. While the logs agree, {@link #step} moves a cursor and nothing is allocated;
 * where they do not, {@link #peek} looks ahead and keeps what it saw. {@link #step} may be used
 * only while nothing is kept.
 */
final class Lane {
  private static final byte COMPARED = 0;
  private static final byte LEFT_OUT = 1;
  private static final byte PRESENCE = 2;

  /** Whether it is left out, or how it is compared, does not follow from the code. */
  private static final byte DEPENDS = 3;

  private final Side side;
  private final LogReader reader;
  private final EventFilter ignored;
  private final Capture capture;
  private final boolean orderOnly;
  private final byte[] actions = new byte[256];
  private final boolean inMemory;

  private final int hostClockCode;
  private OptionalLong firstHostClock = OptionalLong.empty();
  private EventCursor cursor;

  // What was looked at ahead: a ring.
  private Moment[] ahead;
  private int first;
  private int held;
  private boolean endSeen;

  // The last compared events: positions where one can go back to them, else the events.
  private final int context;
  private final long[] passedAt;
  private final Moment[] passedEvents;
  private int nextSlot;
  private long passed;

  Lane(Side side, LogReader reader, CommonModel model, DiffOptions options) {
    this.side = side;
    this.reader = reader;
    this.ignored = options.ignored();
    this.orderOnly = options.orderOnly();
    this.inMemory = reader.inMemory().isPresent();
    this.cursor = reader.cursor();
    boolean endIgnored = ignored.kinds().contains(EventKind.END);
    this.capture = new Capture(model, reader.dialect(), options.presenceOnly(), endIgnored);
    this.context = options.context();
    this.passedAt = new long[inMemory ? 3 * context : 0];
    this.passedEvents = new Moment[inMemory ? 0 : context];
    this.ahead = new Moment[16];
    Arrays.fill(actions, DEPENDS);
    List<EventCode> codes = reader.dialect().codes();
    this.hostClockCode = codes.indexOf(new EventCode.OfClock(Clock.HOST));
    for (int code = 0; code < codes.size(); code++) {
      actions[code] = action(codes.get(code), options);
    }
  }

  private static byte action(EventCode code, DiffOptions options) {
    return switch (code) {
      case EventCode.Plain plain -> action(plain.kind(), options);
      case EventCode.OfClock(var clock) ->
          action(EventKind.CLOCK, "clock/" + clock.label(), options);
      case EventCode.OfCheckpoint(var checkpoint) ->
          action(EventKind.CHECKPOINT, "checkpoint/" + checkpoint.label(), options);
      case EventCode.OfShutdown(var cause) ->
          action(
              EventKind.SHUTDOWN,
              cause.map(c -> "shutdown/" + c.label()).orElse("shutdown"),
              options);
      case EventCode.AsyncQueue(), EventCode.ReservedShutdown() -> DEPENDS;
    };
  }

  private static byte action(EventKind kind, DiffOptions options) {
    return switch (kind) {
      case INSTRUCTION -> LEFT_OUT;
      case ASYNC_INPUT -> DEPENDS;
      default -> action(kind, kind.label(), options);
    };
  }

  private static byte action(EventKind kind, String name, DiffOptions options) {
    if (matches(options.ignored(), kind, name)) {
      return LEFT_OUT;
    }
    return matches(options.presenceOnly(), kind, name) ? PRESENCE : COMPARED;
  }

  private static boolean matches(EventFilter filter, EventKind kind, String name) {
    return filter.kinds().contains(kind) || filter.names().contains(name);
  }

  // --- the fast gear

  /** Moves to the next event that is compared; false at the end of the log. */
  boolean step() throws SideException {
    try {
      EventCursor at = cursor;
      while (at.next()) {
        byte action = actions[at.code()];
        if (action != LEFT_OUT && (action != DEPENDS || !ignored.matches(at))) {
          return true;
        }
        if (at.code() == hostClockCode && firstHostClock.isEmpty()) {
          firstHostClock = OptionalLong.of(at.ns());
        }
      }
      return false;
    } catch (IOException failure) {
      throw new SideException(side, failure);
    }
  }

  /** The first reading of the host clock that was left out, ns. */
  OptionalLong firstHostClock() {
    return firstHostClock;
  }

  /** Where {@link #step} has come to. */
  EventCursor cursor() {
    return cursor;
  }

  /** Whether of the event under the cursor the presence alone counts, as its code tells. */
  boolean presenceOnly() {
    return actions[cursor.code()] == PRESENCE;
  }

  /** Goes on from another place of a log in memory. */
  void jumpTo(Position position) throws SideException {
    try {
      cursor = reader.cursorAt(position);
    } catch (IOException failure) {
      throw new SideException(side, failure);
    }
  }

  /** Remembers the event under the cursor as context. */
  void pass() {
    if (context == 0) {
      return;
    }
    int slot = nextSlot;
    nextSlot = slot + 1 == context ? 0 : slot + 1;
    passed++;
    if (inMemory) {
      passedAt[3 * slot] = cursor.ordinal();
      passedAt[3 * slot + 1] = cursor.offset();
      passedAt[3 * slot + 2] = cursor.icount();
    } else {
      passedEvents[slot] = capture.event(cursor);
    }
  }

  /** Takes over the context of the other lane, which read the same bytes. */
  void passedLike(Lane other) {
    System.arraycopy(other.passedAt, 0, passedAt, 0, passedAt.length);
    nextSlot = other.nextSlot;
    passed = other.passed;
  }

  /** The events remembered as context, oldest first. */
  List<Moment> passedEvents() throws SideException {
    List<Moment> events = new ArrayList<>();
    for (long n = Math.max(0, passed - context); n < passed; n++) {
      int slot = (int) (n % context);
      events.add(inMemory ? at(3 * slot) : passedEvents[slot]);
    }
    return events;
  }

  private Moment at(int slot) throws SideException {
    try {
      EventCursor there =
          reader.cursorAt(new Position(passedAt[slot], passedAt[slot + 1], passedAt[slot + 2]));
      there.next();
      return capture.event(there);
    } catch (IOException failure) {
      throw new SideException(side, failure);
    }
  }

  /** The event under the cursor; the end where {@link #step} found none. */
  Moment current() throws SideException {
    if (!cursor.ended()) {
      return capture.event(cursor);
    }
    try {
      return capture.end(reader, cursor);
    } catch (IOException failure) {
      throw new SideException(side, failure);
    }
  }

  /** Changes to the other gear: the event under the cursor is the next one there. */
  void keepCurrent() throws SideException {
    keep(current());
  }

  // --- the gear that looks ahead

  private void keep(Moment moment) {
    if (held == ahead.length) {
      Moment[] larger = new Moment[2 * held];
      for (int i = 0; i < held; i++) {
        larger[i] = ahead[(first + i) & (ahead.length - 1)];
      }
      ahead = larger;
      first = 0;
    }
    ahead[(first + held++) & (ahead.length - 1)] = moment;
    endSeen = moment.isEnd();
  }

  /**
   * How many of the next events there are, the end counted as one.
   *
   * @param wanted how many would do
   */
  int lookAhead(int wanted) throws SideException {
    while (held < wanted && !endSeen) {
      step();
      keepCurrent();
    }
    return Math.min(held, wanted);
  }

  /** The next event but {@code index}; the end where there are fewer. */
  Moment peek(int index) throws SideException {
    int there = lookAhead(index + 1);
    return ahead[(first + Math.min(index, there - 1)) & (ahead.length - 1)];
  }

  /** Takes the next event away; the end stays. */
  Moment take() throws SideException {
    Moment moment = peek(0);
    if (!moment.isEnd()) {
      ahead[first] = NOTHING;
      first = (first + 1) & (ahead.length - 1);
      held--;
    }
    return moment;
  }

  /** Whether nothing is kept, so that the fast gear may be used. */
  boolean isFast() {
    return held == 0;
  }

  /** The icount that counts: 0 where the order alone is compared. */
  long icount(Moment moment) {
    return orderOnly ? 0 : moment.icount();
  }

  private static final Moment NOTHING =
      new Moment(new Position(0, 0, 0), Optional.empty(), "", "", 0, "");
}
