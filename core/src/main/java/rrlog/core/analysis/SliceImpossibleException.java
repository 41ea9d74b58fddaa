package rrlog.core.analysis;

import java.io.IOException;

/** A slice that cannot be made; the message is for the user. */
public final class SliceImpossibleException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Why there is none. */
  public enum Reason {
    /** Nothing lies where the slice should be. */
    NOTHING_THERE,
    /** The log begins later than the original, so nothing replays any part of it. */
    BEGINS_LATER,
    /** QEMU would not replay the log up to there. */
    NOT_REPLAYABLE
  }

  private final Reason reason;

  SliceImpossibleException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** Why there is none. */
  public Reason reason() {
    return reason;
  }
}
