package rrlog.core.log;

import java.io.IOException;
import rrlog.core.event.Position;

/** A log, or what was taken for one, cannot be read as one. The message says what and where. */
public final class MalformedLogException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Position position;

  /**
   * Says what is wrong.
   *
   * @param message one sentence without the position
   * @param position where
   */
  public MalformedLogException(String message, Position position) {
    super(message + " (" + position + ")");
    this.position = position;
  }

  /** Where the log stops making sense. */
  public Position position() {
    return position;
  }
}
