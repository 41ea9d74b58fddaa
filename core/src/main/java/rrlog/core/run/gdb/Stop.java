package rrlog.core.run.gdb;

/** Why the machine stands still. */
public sealed interface Stop {
  /** It did the step. */
  record Stepped() implements Stop {}

  /** It is about to execute an instruction with a breakpoint. */
  record AtBreakpoint(Breakpoint breakpoint) implements Stop {}

  /**
   * The last instruction accessed watched memory (going backwards: the next one will).
   *
   * @param address of the access
   */
  record Watched(Breakpoint breakpoint, long address) implements Stop {}

  /** The user asked for it. */
  record Interrupted() implements Stop {}

  /** There is nothing before. */
  record LogBegin() implements Stop {}

  /** There is nothing behind. */
  record LogEnd() implements Stop {}

  /**
   * The machine departs from the log here.
   *
   * @param message a sentence
   */
  record Diverged(String message) implements Stop {}
}
