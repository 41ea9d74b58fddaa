package rrlog.core.log;

import java.util.Locale;

/** How sure it is that a log is of the dialect that it is read with. */
public enum Certainty {
  /** The user said so. */
  STATED,
  /** No other dialect of the log's version word decodes it. */
  CERTAIN,
  /** Others decode it too, to other events, and there is evidence for this one. */
  LIKELY,
  /** Several decode it, to different events, with equal evidence. */
  AMBIGUOUS,
  /** Several decode it, all to the same events. */
  EQUIVALENT;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The name in JSON, such as {@code certain}. */
  public String label() {
    return label;
  }
}
