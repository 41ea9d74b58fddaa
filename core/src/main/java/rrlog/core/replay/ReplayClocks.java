package rrlog.core.replay;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;
import rrlog.core.event.Clock;
import rrlog.core.event.Event;

/** Readings of the clocks that are not functions of the instruction count. */
public final class ReplayClocks {
  private final Journal journal;
  private final EnumMap<Clock, Long> cached = new EnumMap<>(Clock.class);
  private boolean strict;

  ReplayClocks(Journal journal) {
    this.journal = journal;
  }

  /**
   * Whether playing insists on an event for every reading. QEMU does not: without one it repeats
   * the last value (that is how its other thread may look at the time for free), and so does a new
   * engine. An embedder with one thread finds lost events by being strict; a virtual-rt clock that
   * goes back is then found too.
   */
  public void strict(boolean insist) {
    journal.lock.check();
    strict = insist;
  }

  /**
   * Reads a clock. Writes {@code clock/NAME}; consumes it.
   *
   * @param host the host's clock, in nanoseconds; not called when playing
   * @return nanoseconds; when playing without an event at the head the value read last, 0 before
   *     the first
   * @throws DivergenceException only when {@link #strict}
   */
  public long get(Clock clock, LongSupplier host) {
    return journal.playing() ? read(clock) : save(clock, host.getAsLong());
  }

  /**
   * Notes that a clock showed a value, in any mode. Writes {@code clock/NAME}; consumes nothing.
   *
   * @return the value
   */
  public long save(Clock clock, long ns) {
    cached.put(clock, ns);
    if (journal.recording()) {
      journal.write(new Event.ClockRead(clock, ns));
    }
    return ns;
  }

  /** Playing: as {@link #get}. Otherwise the value saved last. Nanoseconds. */
  public long read(Clock clock) {
    if (journal.playing()) {
      if (journal.head() instanceof Event.ClockRead reading && reading.clock() == clock) {
        if (strict && clock == Clock.VIRTUAL_RT && reading.ns() < last(clock)) {
          throw journal.diverge(
              "clock/virtual-rt",
              "this clock never goes back, but the value read last was " + last(clock));
        }
        journal.skip();
        cached.put(clock, reading.ns());
      } else if (strict) {
        throw journal.missing("clock/" + clock.label());
      }
    }
    return last(clock);
  }

  /** The value read or saved last, nanoseconds; 0 before the first. Touches no log. */
  public long last(Clock clock) {
    journal.lock.check();
    return cached.getOrDefault(clock, 0L);
  }

  Map<Clock, Long> cached() {
    return cached;
  }

  void restore(Map<Clock, Long> values) {
    cached.putAll(values);
  }
}
