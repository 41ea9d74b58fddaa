package rrlog.core.machine.riscv.hart;

/** Why {@link Hart#run} returned. */
public enum StopReason {
  /** The budget is used up. */
  BUDGET,
  /**
   * A synchronous exception was delivered; pc is the handler's first instruction, which was not
   * executed.
   */
  EXCEPTION,
  /** A {@code wfi} was executed; the hart is {@linkplain Hart#halted() halted}, pc is behind it. */
  WFI,
  /** The hart is halted and no enabled interrupt is pending: it executed nothing. */
  HALTED,
  /**
   * Somebody called {@link Hart#requestStop()}; the instruction that was being executed is
   * complete.
   */
  STOP,
  /**
   * Only if {@linkplain Hart#stopAtInterrupts asked for}: {@link Hart#interruptPending()} became
   * true.
   */
  INTERRUPT
}
