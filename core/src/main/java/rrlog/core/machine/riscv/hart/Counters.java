package rrlog.core.machine.riscv.hart;

import rrlog.core.qemu.Trait;
import rrlog.core.state.StateVisitor;
import rrlog.core.state.Stateful;

/**
 * mcycle, minstret and the hpm counters, as QEMU shows them: cycle, and in releases before 9.1
 * instret, count nanoseconds of the virtual clock, the 16 hpm counters stand still unless their
 * event is one of these two (semantics page, section 2).
 */
final class Counters implements Stateful {
  static final int FIRST_HPM = 3;
  static final int LAST_HPM = 18;

  private static final int CYCLE = 0;
  private static final int INSTRET = 2;
  private static final int EVENT_CYCLES = 1;
  private static final int EVENT_INSTRUCTIONS = 2;
  private static final int EVENT_MASK = 0xf_ffff;

  private final GuestClock clock;
  private final HartState state;
  private final boolean countsInstructions;
  private final boolean stopsExactly;
  private final boolean remembersStop;
  private final long[] value = new long[32];
  private final long[] since = new long[32];
  private int started; // a bit each
  private final long[] event = new long[32];
  private final int[] counterOfEvent = {-1, -1, -1};
  private long inhibit;

  Counters(GuestClock clock, HartState state) {
    this.clock = clock;
    this.state = state;
    this.countsInstructions = state.behaviour.has(Trait.INSTRET_COUNTS_INSTRUCTIONS);
    this.remembersStop = state.behaviour.has(Trait.COUNTER_STOP_REMEMBERED);
    this.stopsExactly = state.behaviour.has(Trait.COUNTER_INHIBIT_EXACT);
  }

  /** What a running counter follows: nanoseconds, or instructions. */
  private long now(int counter) {
    boolean instructions = counter == INSTRET || counterOfEvent[EVENT_INSTRUCTIONS] == counter;
    return instructions && countsInstructions
        ? state.icount - state.notRetired
        : clock.virtualNanos();
  }

  long read(int counter) {
    if (stopsExactly && (inhibit >>> counter & 1) != 0) {
      return value[counter];
    }
    if (((inhibit & ~started) >>> counter & 1) != 0) {
      return value[counter];
    }
    return runs(counter) ? now(counter) - since[counter] + value[counter] : value[counter];
  }

  /**
   * The first read after inhibiting still shows a counter running; where nobody remembers that it
   * was read, so does each later one.
   */
  void wasRead(int counter) {
    if (remembersStop) {
      started &= ~((int) inhibit & 1 << counter);
    }
  }

  void write(int counter, long newValue) {
    value[counter] = newValue;
    since[counter] = runs(counter) ? now(counter) : newValue;
  }

  long inhibit() {
    return inhibit;
  }

  /**
   * mcountinhibit; a counter that was allowed to run before stops after its next read, as in QEMU
   * before 9.1.
   */
  void setInhibit(long bits) {
    if (stopsExactly) {
      for (int i = 0; i <= LAST_HPM; i++) {
        if (((bits ^ inhibit) >>> i & 1) != 0 && runs(i)) {
          if ((bits >>> i & 1) != 0) {
            value[i] = read(i);
          } else {
            since[i] = now(i);
          }
        }
      }
    }
    inhibit = bits;
    started |= (int) ~bits;
  }

  long event(int counter) {
    return event[counter];
  }

  /** mhpmevent; the first counter that asks for an event keeps it until it is set to 0. */
  void setEvent(int counter, long newEvent) {
    event[counter] = newEvent;
    if (counter > LAST_HPM) {
      return;
    }
    int index = (int) newEvent & EVENT_MASK;
    if (newEvent == 0) {
      for (int i = 0; i < counterOfEvent.length; i++) {
        if (counterOfEvent[i] == counter) {
          counterOfEvent[i] = -1;
        }
      }
    } else if ((index == EVENT_CYCLES || index == EVENT_INSTRUCTIONS)
        && counterOfEvent[index] < 0) {
      counterOfEvent[index] = counter;
    }
  }

  @Override
  public void visitState(StateVisitor visitor) {
    visitor.numbers("value", value);
    visitor.numbers("since", since);
    visitor.numbers("event", event);
    visitor.numbers("counter_of_event", counterOfEvent);
    started = visitor.number("started", started);
    inhibit = visitor.number("mcountinhibit", inhibit);
  }

  private boolean runs(int counter) {
    return counter == CYCLE
        || counter == INSTRET
        || counterOfEvent[EVENT_CYCLES] == counter
        || counterOfEvent[EVENT_INSTRUCTIONS] == counter;
  }
}
