package rrlog.core.replay;

import rrlog.core.event.ShutdownCause;
import rrlog.core.qemu.Behaviour;

/** A machine that a {@link Player} or {@link Recorder} drives; it was built around an engine. */
public interface Guest {

  /** Why {@link #run} returned. */
  enum Stop {
    /** The budget is used up, or some of it; nothing special. */
    RAN,
    /** A synchronous exception was delivered. */
    EXCEPTION,
    /** A {@code wfi} was executed. */
    WAITING,
    /** The vCPU waits for an interrupt and none is pending; it executed nothing. */
    IDLE,
    /** The guest asked for power-off or reset; see {@link #poweredOff}, {@link #resetRequested}. */
    REQUEST,
    /** An interrupt can be taken now; only when {@linkplain #stopAtInterrupts asked for}. */
    INTERRUPT
  }

  /** What the release of QEMU does that the machine behaves like. */
  Behaviour behaviour();

  /** The engine that the machine was built around. */
  Replay replay();

  /** The machine's clock and timers. */
  IcountClock clock();

  /** Guest instructions executed. */
  long icount();

  /** Address of the next instruction. */
  long pc();

  /**
   * Builds and resets the machine: everything that comes before the first instruction in a log
   * (icount semantics section 5).
   */
  void powerOn();

  /**
   * Executes instructions.
   *
   * @param budget at most so many; 0 does nothing
   * @param untilEvent instructions until the log's next event, at least the budget
   */
  Stop run(long budget, long untilEvent);

  /** Makes {@link #run} return after the instruction that is being executed. */
  void stop();

  /**
   * Makes {@link #run} return after the next access to a device, now and whenever it is called: a
   * budget of instructions says little about the time where each of them accesses one. May be
   * called from any thread.
   */
  void stopAtDevices();

  /** Whether {@link #run} shall return when an interrupt can be taken; initially not. */
  void stopAtInterrupts(boolean stop);

  /** Whether an interrupt is pending and enabled. */
  boolean interruptPending();

  /** Takes the interrupt of the highest priority; there must be one. */
  void takeInterrupt();

  /** Whether the vCPU waits for an interrupt and none is pending. */
  boolean idle();

  /** Whether the guest asked for a reset that was not done yet. */
  boolean resetRequested();

  /** Resets the machine. */
  void reset();

  /** Whether the guest switched the machine off. */
  boolean poweredOff();

  /**
   * What the guest gave as its reason, once it is {@linkplain #poweredOff off}: {@link
   * ShutdownCause#GUEST_SHUTDOWN}, or {@link ShutdownCause#GUEST_PANIC} where something failed.
   */
  ShutdownCause powerOffCause();
}
