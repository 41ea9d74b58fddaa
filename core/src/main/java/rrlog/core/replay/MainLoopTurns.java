package rrlog.core.replay;

import rrlog.core.state.StateVisitor;
import rrlog.core.state.Stateful;

/**
 * What QEMU's main loop does with one recorded clock, turn by turn: it computes how long it may
 * sleep, which reads the clock if timers of it are armed, and later runs the timers that are armed
 * then, behind a checkpoint that reads the clock again (icount semantics section 3.4).
 *
 * <p>As long as timers stay armed, the two alternate; a lost or an added reading breaks that.
 */
final class MainLoopTurns implements Stateful {
  private enum Next {
    ANY,
    RUN,
    DEADLINE
  }

  private final TimerList timers;
  private Next next = Next.ANY;

  MainLoopTurns(TimerList timers) {
    this.timers = timers;
    timers.onEmpty(() -> next = Next.ANY);
  }

  /** The clock is read for a deadline; whether that can be. */
  boolean deadline() {
    boolean possible = !timers.isEmpty() && next != Next.RUN;
    next = Next.RUN;
    return possible;
  }

  /** Whether the loop knows the deadline of the timers that are armed. */
  boolean deadlineComputed() {
    return next == Next.RUN;
  }

  /** The timers are about to be run; whether that can be. */
  boolean run() {
    return !timers.isEmpty() && next != Next.DEADLINE;
  }

  /** Whether idle time can begin to pass: not before the turn's deadline was computed. */
  boolean mayStartWarp() {
    return next != Next.DEADLINE;
  }

  /** Idle time begins to pass: in the same turn timers are run next, not a deadline computed. */
  void warpStarted() {
    if (!timers.isEmpty()) {
      next = Next.RUN;
    }
  }

  /** The timers have been run. */
  void ran() {
    next = timers.isEmpty() ? Next.ANY : Next.DEADLINE;
  }

  @Override
  public void visitState(StateVisitor visitor) {
    next = Next.values()[visitor.number("next", next.ordinal())];
  }
}
