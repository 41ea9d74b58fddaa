package rrlog.core.replay;

import rrlog.core.event.ShutdownCause;
import rrlog.core.qemu.Behaviour;

/** A machine that a {@link Player} or {@link Recorder} drives; it was built around an engine. */
public interface Guest {

  /** What the release of QEMU does that the machine behaves like. */
  Behaviour behaviour();

  /** The engine that the machine was built around. */
  Replay replay();

  /** The machine's clock and timers. */
  IcountClock clock();

  /** What executes its instructions. */
  Cpu cpu();

  /** Guest instructions executed. */
  long icount();

  /** Address of the next instruction. */
  long pc();

  /**
   * Builds and resets the machine: everything that comes before the first instruction in a log
   * (icount semantics section 5).
   */
  void powerOn();

  /** Whether the guest asked for a reset that was not done yet. */
  boolean resetRequested();

  /** Resets the machine. */
  void reset();

  /** Whether the guest switched the machine off. */
  boolean poweredOff();

  /**
   * What the guest gave as its reason, once it is {@linkplain #poweredOff off}: {@link
   * ShutdownCause#GUEST_SHUTDOWN}, {@link ShutdownCause#GUEST_PANIC} where something failed, {@link
   * ShutdownCause#HOST_SIGNAL} where QEMU's process ends at once.
   */
  ShutdownCause powerOffCause();

  /**
   * The log has a write to a character device that the guest does not do. Where it may be the
   * host's user who ended QEMU by a key, does that write.
   *
   * @return whether it was that
   */
  default boolean quitByKey() {
    return false;
  }
}
