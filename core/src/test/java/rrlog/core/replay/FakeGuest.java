package rrlog.core.replay;

import java.util.ArrayList;
import java.util.List;
import rrlog.core.event.Checkpoint;
import rrlog.core.event.Event;
import rrlog.core.event.ShutdownCause;
import rrlog.core.qemu.Behaviour;
import rrlog.core.qemu.Release;

/** A machine of nothing but an instruction counter, that records into a list. */
class FakeGuest implements Guest, Cpu {
  final List<Event> written = new ArrayList<>();
  final HostTime time;
  private final Replay replay;
  private final IcountClock clock;
  long icount;

  FakeGuest(IcountSettings settings, HostTime time) {
    this.time = time;
    replay = Replay.recording(() -> icount, written::add, new ReplayLock());
    clock = new IcountClock(replay, settings, Behaviour.of(Release.of("7.2.22")), time, this::idle);
  }

  @Override
  public Behaviour behaviour() {
    return Behaviour.of(Release.of("7.2.22"));
  }

  @Override
  public Replay replay() {
    return replay;
  }

  @Override
  public IcountClock clock() {
    return clock;
  }

  @Override
  public Cpu cpu() {
    return this;
  }

  @Override
  public long icount() {
    return icount;
  }

  @Override
  public long pc() {
    return 0;
  }

  @Override
  public void powerOn() {
    replay.checkpoint(Checkpoint.INIT);
    replay.start();
    clock.start();
  }

  @Override
  public Stop run(long budget, long untilEvent) {
    icount += budget;
    return Stop.RAN;
  }

  @Override
  public Stop raise() {
    return Stop.EXCEPTION;
  }

  @Override
  public void interrupted() {}

  @Override
  public void stop() {}

  @Override
  public void stopAtDevices() {}

  @Override
  public void stopAtInterrupts(boolean stop) {}

  @Override
  public boolean interruptPending() {
    return false;
  }

  @Override
  public boolean takeInterrupt() {
    throw new IllegalStateException("none is pending");
  }

  @Override
  public boolean idle() {
    return false;
  }

  @Override
  public boolean resetRequested() {
    return false;
  }

  @Override
  public void reset() {}

  @Override
  public boolean poweredOff() {
    return false;
  }

  @Override
  public ShutdownCause powerOffCause() {
    return ShutdownCause.NONE;
  }
}
