package rrlog.core.replay;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import rrlog.core.state.StateVisitor;
import rrlog.core.state.Stateful;

/**
 * The armed timers of one clock, ordered by expiry; those that expire at the same time in the order
 * they were armed.
 */
public final class TimerList implements Stateful {
  private final Runnable onNewFirst;
  private final Optional<LongSupplier> refusesBefore;
  private final ArrayDeque<Timer> due = new ArrayDeque<>();
  private final Map<String, Timer> timers = new LinkedHashMap<>();
  private Runnable onEmpty = () -> {};
  private @Nullable Timer first;

  TimerList(Runnable onNewFirst) {
    this(onNewFirst, Optional.empty());
  }

  /**
   * A list that takes no timer which is due already: it becomes work, see {@link #runDue()}.
   *
   * @param now the list's clock, or empty for a list that takes them
   */
  TimerList(Runnable onNewFirst, Optional<LongSupplier> now) {
    this.onNewFirst = onNewFirst;
    this.refusesBefore = now;
  }

  /**
   * A timer whose firing changes what the guest sees.
   *
   * @param name what it is for; of several timers of one name the later ones get a number behind it
   */
  public Timer newTimer(String name, Runnable callback) {
    return add(name, callback, false);
  }

  /**
   * A timer of the host's own, which no event orders (QEMU's attribute EXTERNAL).
   *
   * @param name as of {@link #newTimer}
   */
  public Timer newExternalTimer(String name, Runnable callback) {
    return add(name, callback, true);
  }

  private Timer add(String name, Runnable callback, boolean external) {
    Timer timer = new Timer(this, UniqueName.of(name, timers.keySet()), callback, external);
    timers.put(timer.name, timer);
    return timer;
  }

  void onEmpty(Runnable listener) {
    onEmpty = listener;
  }

  @Nullable Timer first() {
    return first;
  }

  /** Whether any timer is armed. */
  public boolean isEmpty() {
    return first == null;
  }

  /** When the earliest timer that is not external expires, nanoseconds; -1 where there is none. */
  public long deadline() {
    for (Timer timer = first; timer != null; timer = timer.next) {
      if (!timer.external) {
        return timer.expires;
      }
    }
    return -1;
  }

  /** Whether the first timer has expired at a time. */
  public boolean expired(long now) {
    Timer timer = first;
    return timer != null && timer.expires <= now;
  }

  void arm(Timer timer, long ns) {
    unlink(timer);
    if (refusesBefore.isPresent() && !timer.external && ns <= refusesBefore.get().getAsLong()) {
      due.add(timer);
      onNewFirst.run();
      return;
    }
    timer.expires = ns;
    timer.armed = true;
    Timer before = null;
    Timer after = first;
    while (after != null && after.expires <= ns) {
      before = after;
      after = after.next;
    }
    timer.next = after;
    if (before != null) {
      before.next = timer;
    } else {
      first = timer;
      onNewFirst.run();
    }
  }

  void remove(Timer timer) {
    boolean wasArmed = timer.armed;
    unlink(timer);
    if (wasArmed && first == null) {
      onEmpty.run();
    }
  }

  /**
   * Fires the timers that were due when they were armed, in that order.
   *
   * @return whether there were any
   */
  boolean runDue() {
    boolean any = !due.isEmpty();
    for (int count = due.size(); count > 0; count--) {
      due.remove().callback.run();
    }
    return any;
  }

  private void unlink(Timer timer) {
    if (!timer.armed) {
      return;
    }
    timer.armed = false;
    Timer before = null;
    for (Timer at = first; at != null; before = at, at = at.next) {
      if (at == timer) {
        if (before == null) {
          first = timer.next;
        } else {
          before.next = timer.next;
        }
        break;
      }
    }
    timer.next = null;
  }

  /**
   * Of each timer, in the order in which they were made: when it expires, -1 where it is not armed,
   * and its place among those that are.
   */
  @Override
  public void visitState(StateVisitor visitor) {
    Map<Timer, Integer> places = new HashMap<>();
    for (Timer timer = first; timer != null; timer = timer.next) {
      places.put(timer, places.size());
    }
    TreeMap<Integer, Timer> armed = new TreeMap<>();
    for (Timer timer : timers.values()) {
      timer.expires = visitor.number(timer.name, timer.armed ? timer.expires : -1);
      int place = visitor.number(timer.name + " place", places.getOrDefault(timer, -1));
      timer.armed = timer.expires >= 0;
      timer.next = null;
      if (timer.armed && armed.put(place, timer) != null) {
        throw new IllegalArgumentException("two timers at place " + place);
      }
    }
    link(armed.values());
    String names = due.stream().map(timer -> timer.name).collect(Collectors.joining("\n"));
    String wanted = visitor.text("due", names);
    if (!wanted.equals(names)) {
      due.clear();
      for (String name : wanted.split("\n", -1)) {
        Timer timer = timers.get(name);
        if (timer != null) {
          due.add(timer);
        } else if (!name.isEmpty()) {
          throw new IllegalArgumentException("no timer of this name: " + name);
        }
      }
    }
  }

  private void link(Iterable<Timer> inOrder) {
    first = null;
    Timer last = null;
    for (Timer timer : inOrder) {
      if (last == null) {
        first = timer;
      } else if (last.expires > timer.expires) {
        throw new IllegalArgumentException(timer.name + " expires before " + last.name);
      } else {
        last.next = timer;
      }
      last = timer;
    }
  }
}
