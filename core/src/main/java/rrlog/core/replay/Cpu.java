package rrlog.core.replay;

/**
 * What executes a guest's instructions: a budget of them at a time, and an interrupt when told. How
 * it does that, by interpretation or translation, nobody sees from outside.
 */
public interface Cpu extends InstructionCounter {
  /** Why {@link #run} returned. */
  enum Stop {
    /** The budget is used up; nothing special. */
    RAN,
    /**
     * A synchronous exception was delivered; pc is the handler's first instruction, which was not
     * executed.
     */
    EXCEPTION,
    /** An instruction was executed that waits for an interrupt; pc is behind it. */
    WAITING,
    /** It waits for an interrupt and none is pending; it executed nothing. */
    IDLE,
    /** Somebody called {@link #stop}; the instruction that was being executed is complete. */
    REQUEST,
    /** An interrupt can be taken now; only when {@linkplain #stopAtInterrupts asked for}. */
    INTERRUPT
  }

  /** Address of the next instruction, or of the one being executed. */
  long pc();

  /**
   * Executes until {@code budget} instructions have been counted or something happened; never
   * counts more than {@code budget}.
   *
   * <p>While it waits: goes on if an interrupt is pending that is enabled by itself, whether
   * globally or not, else returns {@link Stop#IDLE} at once.
   *
   * @param budget 0 or more; 0 does nothing
   * @param untilEvent how many instructions the log has left before its next event, at least {@code
   *     budget}: a waiting instruction counts the rest of its translation block, but not beyond
   *     this (semantics page, section 4.2). What of these phantom instructions exceeds {@code
   *     budget} is counted by the next call before anything else.
   */
  Stop run(long budget, long untilEvent);

  /**
   * Executes the next instruction, of which the log says that it raises an exception. Unlike behind
   * {@link #run}'s {@code untilEvent} no translation block begins there: QEMU raised it in the
   * middle of one while it recorded. When it replays it begins one, and may raise another exception
   * than it recorded.
   */
  Stop raise();

  /** Tells that something but an exception happens before the next instruction. */
  void interrupted();

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

  /**
   * Takes the interrupt of the highest priority and wakes from waiting.
   *
   * @return whether there was one; if not, nothing changes
   */
  boolean takeInterrupt();

  /** Whether it waits for an interrupt and none is pending. */
  boolean idle();
}
