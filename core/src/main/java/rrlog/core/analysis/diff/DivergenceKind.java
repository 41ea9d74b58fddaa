package rrlog.core.analysis.diff;

import java.util.Locale;

/** What kind of difference stands at a place ({@code docs/diff.md#the-five-kinds}). */
public enum DivergenceKind {
  /** Log A has an event that log B does not have there. */
  MISSING,
  /** Log B has an event that log A does not have there. */
  EXTRA,
  /** The same event at the same icount, with another value; or another end of the log. */
  VALUE,
  /** The same event is next in both, at another icount. */
  INSTRUCTION_COUNT,
  /** The same events at the same icount, in another order. */
  ORDER;

  private final String label = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The name in text and JSON, such as {@code instruction-count}. */
  public String label() {
    return label;
  }
}
