package rrlog.core.log;

import java.io.IOException;
import rrlog.core.event.Position;

/** A log, or what was taken for one, cannot be read as one. The message says what and where. */
public final class MalformedLogException extends IOException {
  private static final long serialVersionUID = 1L;

  /** What is wrong, where a caller may know what helps. */
  public enum Reason {
    /** The bytes are none of a log's. */
    MALFORMED,
    /** The version word is no dialect's; a dialect that is stated is believed. */
    UNKNOWN_VERSION,
    /** The dialect that is written cannot say it; it could be left out. */
    INEXPRESSIBLE
  }

  private final transient Position position;
  private final Reason reason;

  /**
   * Says what is wrong.
   *
   * @param message one sentence without the position
   * @param position where
   */
  public MalformedLogException(String message, Position position) {
    this(message, position, Reason.MALFORMED);
  }

  /**
   * Says what is wrong, and of which sort that is.
   *
   * @param message one sentence without the position
   * @param position where
   */
  public MalformedLogException(String message, Position position, Reason reason) {
    super(message + " (" + position + ")");
    this.position = position;
    this.reason = reason;
  }

  /** What is wrong. */
  public Reason reason() {
    return reason;
  }

  /** Where the log stops making sense. */
  public Position position() {
    return position;
  }
}
