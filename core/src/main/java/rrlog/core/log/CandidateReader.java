package rrlog.core.log;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import rrlog.core.event.Checkpoint;
import rrlog.core.event.Clock;
import rrlog.core.event.EventKind;
import rrlog.core.event.ShutdownCause;

/**
 * Reads the first part of a log strictly with one dialect, to find out whether it can be that one
 * and what speaks against it ({@code docs/log-format.md#telling-dialects-apart}).
 */
final class CandidateReader {
  private static final long YEAR_2015 = 1_420_000_000_000_000_000L;
  private static final long YEAR_2100 = 4_102_444_800_000_000_000L;

  /** More requests than this are hardly in flight at a time. */
  private static final long IN_FLIGHT = 1L << 16;

  /** No event before checkpoint init is longer: clock readings, a few random bytes. */
  private static final long PREAMBLE_EVENT = 1L << 12;

  private final Dialect dialect;
  private final MemorySegment log;
  private final boolean whole;
  private final OrderRules rules;

  private long trace;
  private long blocks;
  private long lastVirtualRt = Long.MIN_VALUE;
  private int lastCheckpoint = -1;
  private EventKind previous = EventKind.END;
  private boolean warpAccountSeen;
  private final List<String> oddities = new ArrayList<>();

  /**
   * A reader.
   *
   * @param log the log's first bytes, header included
   * @param whole whether that is all of it
   */
  CandidateReader(Dialect dialect, MemorySegment log, boolean whole) {
    this.dialect = dialect;
    this.log = log;
    this.whole = whole;
    this.rules = new OrderRules(dialect);
  }

  Detection.Reading read() throws IOException {
    EventCursor cursor = new EventCursor(MappedSource.of(log), dialect);
    String rejection = "";
    while (rejection.isEmpty() && cursor.next()) {
      Violation violation = rules.check(cursor);
      if (violation != null) {
        rejection = violation.message();
      } else {
        look(cursor);
      }
    }
    long events = cursor.ordinal() + (rejection.isEmpty() ? 0 : 1);
    if (rejection.isEmpty()) {
      rejection = rejectEnding(cursor);
    }
    if (rejection.isEmpty() && whole) {
      lookAtEnd(cursor);
    }
    return new Detection.Reading(
        dialect, events, cursor.offset(), rejection, List.copyOf(oddities), trace);
  }

  /** Why an ending rules the dialect out; empty where it does not. */
  private String rejectEnding(EventCursor cursor) {
    return switch (cursor.ending()) {
      case UNDECODABLE -> cursor.problem();
      case INSIDE_EVENT ->
          // A reading that is shifted takes clock values for lengths at once.
          !rules.initSeen() && cursor.claimedSize() > PREAMBLE_EVENT ? cursor.problem() : "";
      case BETWEEN_EVENTS, END_EVENT -> "";
    };
  }

  private void look(EventCursor event) {
    EventKind kind = event.kind();
    int sub = kind.isAsync() ? event.asyncCheckpoint() : dialect.subOrdinal[event.code()];
    trace = mix(trace ^ mix(((long) kind.ordinal() << 40) ^ ((long) sub << 32) ^ event.size()));
    if (kind.isAsync()) {
      lookAtAsync(event, sub);
    }
    switch (kind) {
      case CLOCK -> lookAtClock(event);
      case CHECKPOINT -> lookAtCheckpoint(event.checkpoint());
      case INSTRUCTION -> {
        if (previous == EventKind.SHUTDOWN && dialect.habits().flushesBeforeShutdown()) {
          odd("instructions right after a shutdown event");
        }
      }
      case INTERRUPT -> {
        if (previous == EventKind.INTERRUPT && dialect.habits().checkpointPerTimer()) {
          odd("two interrupts in a row");
        }
      }
      default -> {}
    }
    if (event.ordinal() == 0) {
      lookAtFirst(kind == EventKind.CLOCK && event.clock() == Clock.HOST);
    }
    previous = kind;
  }

  private void lookAtFirst(boolean hostClock) {
    if (hostClock != dialect.habits().startsWithHostClock()) {
      odd(
          hostClock
              ? "a host clock reading as first event"
              : "no host clock reading as first event");
    }
  }

  private void lookAtCheckpoint(Checkpoint checkpoint) {
    int index = dialect.checkpoints().indexOf(checkpoint);
    if (checkpoint == Checkpoint.CLOCK_VIRTUAL
        && previous == EventKind.CHECKPOINT
        && lastCheckpoint == index
        && !dialect.habits().checkpointPerTimer()) {
      odd("two checkpoints clock-virtual in a row");
    }
    warpAccountSeen |= checkpoint == Checkpoint.CLOCK_WARP_ACCOUNT;
    lastCheckpoint = index;
  }

  private void lookAtAsync(EventCursor event, int checkpoint) {
    if (checkpoint >= 0
        && checkpoint != lastCheckpoint
        && dialect.habits().neverNestsCheckpoints()) {
      odd("an asynchronous event at another checkpoint than the last");
    }
    if (event.kind() == EventKind.ASYNC_BLOCK) {
      if (Long.compareUnsigned(event.id(), blocks++ + IN_FLIGHT) > 0) {
        odd("a block request with a very large number");
      }
    }
  }

  private void lookAtClock(EventCursor event) {
    long ns = event.ns();
    if (event.clock() == Clock.HOST) {
      if (ns % 1000 != 0 || ns < YEAR_2015 || ns > YEAR_2100) {
        odd("a host clock that is no wall-clock time in microseconds");
      }
    } else {
      if (ns < lastVirtualRt) {
        odd("a virtual-rt clock that runs backwards");
      }
      lastVirtualRt = ns;
    }
  }

  private void lookAtEnd(EventCursor cursor) {
    if (rules.resetSeen() && warpAccountSeen != dialect.habits().recordsWithSleep()) {
      odd(
          warpAccountSeen
              ? "checkpoints clock-warp-account, as with sleep=on"
              : "no checkpoint clock-warp-account, as with sleep=off");
    }
    if (cursor.ending() == Ending.END_EVENT) {
      int before = log.get(JAVA_BYTE, log.byteSize() - 2) & 0xff;
      boolean signal =
          dialect.kinds[before] == EventKind.SHUTDOWN
              && dialect.subOrdinal[before] == ShutdownCause.HOST_SIGNAL.ordinal();
      if (signal != dialect.habits().endsWithHostSignal()) {
        odd(signal ? "host-signal before the end event" : "no host-signal before the end event");
      }
    }
  }

  private void odd(String what) {
    if (!oddities.contains(what)) {
      oddities.add(what);
    }
  }

  private static long mix(long value) {
    long mixed = value * 0x9e3779b97f4a7c15L;
    mixed ^= mixed >>> 29;
    mixed *= 0xbf58476d1ce4e5b9L;
    return mixed ^ (mixed >>> 32);
  }
}
