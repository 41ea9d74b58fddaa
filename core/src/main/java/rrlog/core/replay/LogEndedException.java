package rrlog.core.replay;

import rrlog.core.event.Position;

/**
 * An operation needed a recorded event, and the log is over.
 *
 * <p>This is no divergence: nothing in the log contradicts the run. A log that was cut between an
 * instruction and the event that it consumes ends like this.
 */
public final class LogEndedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Position position;

  LogEndedException(Position position, String wanted) {
    super(position + ": the log ends where the machine needs " + wanted);
    this.position = position;
  }

  /** The end of the log. */
  public Position position() {
    return position;
  }
}
