package rrlog.core.replay;

import java.util.function.LongSupplier;
import rrlog.core.event.Clock;
import rrlog.core.state.StateVisitor;
import rrlog.core.state.Stateful;

/**
 * QEMU's main loop, as far as it leaves events: a turn computes how long the loop may sleep, lets
 * idle time begin to pass, and runs the timers of the recorded clocks (icount semantics section
 * 3.4). A player does each step when the log has it, a recorder when it is due.
 */
final class MainLoop implements Stateful {
  private final IcountClock clock;
  private final MainLoopTurns host;
  private final MainLoopTurns virtualRt;
  private long maySleep = Long.MAX_VALUE;

  MainLoop(IcountClock clock) {
    this.clock = clock;
    this.host = new MainLoopTurns(clock.hostTimers());
    this.virtualRt = new MainLoopTurns(clock.virtualRtTimers());
  }

  private MainLoopTurns turns(Clock which) {
    return switch (which) {
      case HOST -> host;
      case VIRTUAL_RT -> virtualRt;
    };
  }

  private long read(Clock which) {
    return switch (which) {
      case HOST -> clock.readHost();
      case VIRTUAL_RT -> clock.readVirtualRt();
    };
  }

  /**
   * Reads a clock to know how long the loop may sleep, which it does for clocks with armed timers.
   *
   * @return whether it is done here
   */
  boolean computeDeadline(Clock which) {
    if (!turns(which).deadline()) {
      return false;
    }
    long deadline = clock.timers(which).deadline();
    maySleep = Math.min(maySleep, deadline - read(which));
    return true;
  }

  /**
   * Lets idle time begin to pass.
   *
   * @return whether it is done here
   */
  boolean startWarp() {
    if (!host.mayStartWarp() || !virtualRt.mayStartWarp() || !clock.tryStartWarp()) {
      return false;
    }
    host.warpStarted();
    virtualRt.warpStarted();
    return true;
  }

  /**
   * Runs a clock's timers.
   *
   * @return whether it is done here
   */
  boolean runTimers(Clock which) {
    if (!turns(which).run() || !clock.runTimers(which)) {
      return false;
    }
    turns(which).ran();
    return true;
  }

  /** Recording: the loop wakes up, and looks how long it may sleep again. */
  void turn() {
    startWarp();
    runTimers(Clock.HOST);
    runTimers(Clock.VIRTUAL_RT);
    computeDeadlines();
  }

  /** Recording: the loop looks how long it may sleep. */
  void computeDeadlines() {
    maySleep = Long.MAX_VALUE;
    computeDeadline(Clock.HOST);
    computeDeadline(Clock.VIRTUAL_RT);
  }

  /** Recording: whether the loop has to run a clock's timers: some expired, or are new to it. */
  boolean due(Clock which, LongSupplier now) {
    TimerList timers = clock.timers(which);
    return !timers.isEmpty()
        && (!turns(which).deadlineComputed() || timers.expired(now.getAsLong()));
  }

  /** Recording: how long the loop may sleep, nanoseconds. */
  long maySleep() {
    return maySleep;
  }

  @Override
  public void visitState(StateVisitor visitor) {
    visitor.part("host", host);
    visitor.part("virtual-rt", virtualRt);
    maySleep = visitor.number("may-sleep", maySleep);
  }
}
