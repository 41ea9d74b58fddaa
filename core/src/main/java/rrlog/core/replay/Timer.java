package rrlog.core.replay;

import org.jspecify.annotations.Nullable;

/** A one-shot timer on the list of one clock; see {@link TimerList#newTimer}. */
public final class Timer {
  final String name;
  final Runnable callback;
  final boolean external;
  private final TimerList list;
  @Nullable Timer next;
  long expires;
  boolean armed;

  Timer(TimerList list, String name, Runnable callback, boolean external) {
    this.list = list;
    this.name = name;
    this.callback = callback;
    this.external = external;
  }

  /**
   * Arms the timer, whether or not it is armed already.
   *
   * @param ns when it expires, on its list's clock; values below 0 count as 0
   */
  public void arm(long ns) {
    list.arm(this, Math.max(ns, 0));
  }

  /** Arms the timer unless it expires earlier already. */
  public void armNoLater(long ns) {
    if (!armed || expires > ns) {
      arm(ns);
    }
  }

  /** Takes the timer off its list. */
  public void disarm() {
    list.remove(this);
  }

  /** Whether the timer is on its list. */
  public boolean armed() {
    return armed;
  }

  /** When it expires, nanoseconds; of no meaning unless {@link #armed()}. */
  public long expires() {
    return expires;
  }
}
