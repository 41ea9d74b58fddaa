package rrlog.core.log;

import java.util.Locale;

/** How a log ends, as far as its bytes could be read. */
public enum Ending {
  /** With the END event as its last byte, as a recording that was finished in order does. */
  END_EVENT,
  /** After a whole event that is not END. */
  BETWEEN_EVENTS,
  /** In the middle of an event. */
  INSIDE_EVENT,
  /** With bytes that are no event of the dialect, or that stand after END. */
  UNDECODABLE;

  private final String label = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The name in JSON, such as {@code between-events}. */
  public String label() {
    return label;
  }
}
