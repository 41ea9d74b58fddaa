package rrlog.core.log;

/**
 * A rule that every log QEMU writes keeps, broken by an event.
 *
 * @param rule which rule
 * @param message what is wrong, for people
 */
public record Violation(Rule rule, String message) {

  /** The rules ({@code docs/log-format.md#order}). */
  public enum Rule {
    /** Only clock readings and random bytes come before checkpoint init. */
    INIT_FIRST,
    /** Checkpoint init occurs once. */
    INIT_ONCE,
    /** Checkpoint reset occurs once. */
    RESET_ONCE,
    /** The vCPU and the asynchronous queue run only after checkpoint reset. */
    RESET_BEFORE_RUN,
    /** An instruction count is 1 to 2147483647. */
    INSTRUCTION_COUNT,
    /** No two instruction events follow each other. */
    INSTRUCTIONS_IN_A_ROW,
    /** The vCPU does not run while the asynchronous queue is drained at a checkpoint. */
    ASYNC_AT_CHECKPOINT,
    /** A key, button, axis or touch type is one that the dialect's releases know. */
    INPUT_VALUE,
    /** A char-write reports 0 or more bytes written. */
    CHAR_WRITE_OFFSET,
    /** A char-read-all-error reports a negative error. */
    CHAR_READ_ERROR,
    /** Random bytes come with the result 0 or -1. */
    RANDOM_RESULT
  }
}
