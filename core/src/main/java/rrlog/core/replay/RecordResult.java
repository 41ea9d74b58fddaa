package rrlog.core.replay;

/**
 * How a recording ended.
 *
 * @param ended why
 * @param icount guest instructions executed
 */
public record RecordResult(Ended ended, long icount) {
  /** What ended a recording. */
  public enum Ended {
    /** The guest switched the machine off. */
    POWER_OFF,
    /** As many instructions as were asked for were executed. */
    LIMIT,
    /** Every instruction faults, and so does the handler: nothing is ever executed again. */
    FAULTING,
    /** The machine waits for something that can never come. */
    IDLE,
    /** Somebody called {@link Recorder#stop()}, or interrupted the thread. */
    STOPPED,
    /** The guest wants more of the host than it may have. */
    BEYOND_LIMIT,
    /** The guest asks for something that QEMU has and this machine does not. */
    NOT_THERE
  }
}
