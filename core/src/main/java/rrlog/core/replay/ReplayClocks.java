package rrlog.core.replay;

import java.util.function.LongSupplier;
import rrlog.core.event.Clock;
import rrlog.core.event.Event;
import rrlog.core.state.StateVisitor;
import rrlog.core.state.Stateful;

/** Readings of the clocks that are not functions of the instruction count. */
public final class ReplayClocks implements Stateful {
  private final Journal journal;
  private final long[] cached = new long[Clock.values().length];
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
    cached[clock.ordinal()] = ns;
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
        cached[clock.ordinal()] = reading.ns();
      } else if (strict) {
        throw journal.missing("clock/" + clock.label());
      }
    }
    return last(clock);
  }

  /** The value read or saved last, nanoseconds; 0 before the first. Touches no log. */
  public long last(Clock clock) {
    journal.lock.check();
    return cached[clock.ordinal()];
  }

  @Override
  public void visitState(StateVisitor visitor) {
    visitor.numbers("read-last", cached);
  }
}
