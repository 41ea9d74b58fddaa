package rrlog.core.replay;

import org.jspecify.annotations.Nullable;

/**
 * The armed timers of one clock, ordered by expiry; those that expire at the same time in the order
 * they were armed.
 */
public final class TimerList {
  private final Runnable onNewFirst;
  private Runnable onEmpty = () -> {};
  private @Nullable Timer first;

  TimerList(Runnable onNewFirst) {
    this.onNewFirst = onNewFirst;
  }

  /** A timer whose firing changes what the guest sees. */
  public Timer newTimer(Runnable callback) {
    return new Timer(this, callback, false);
  }

  /** A timer of the host's own, which no event orders (QEMU's attribute EXTERNAL). */
  public Timer newExternalTimer(Runnable callback) {
    return new Timer(this, callback, true);
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
}
