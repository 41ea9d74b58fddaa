package rrlog.core.log;

import java.util.List;

/**
 * Which dialect a log is read with, how sure that is, and why.
 *
 * @param dialect the dialect chosen
 * @param certainty how sure it is
 * @param readings what reading the log with each dialect in question gave, the chosen one first;
 *     empty where there was nothing to find out
 */
public record Detection(Dialect dialect, Certainty certainty, List<Reading> readings) {

  /**
   * What one dialect makes of a log, or of its first part.
   *
   * @param dialect the dialect tried
   * @param events whole events read
   * @param offset offset in bytes up to which it made sense
   * @param rejection why it cannot be this one; empty where it can
   * @param oddities what speaks against it without ruling it out
   * @param trace a digest of the events, equal for dialects that decode to the same ones
   */
  public record Reading(
      Dialect dialect,
      long events,
      long offset,
      String rejection,
      List<String> oddities,
      long trace) {
    /** Whether the log can be of this dialect. */
    public boolean accepted() {
      return rejection.isEmpty();
    }
  }

  /** A detection by the user's word. */
  static Detection stated(Dialect dialect) {
    return new Detection(dialect, Certainty.STATED, List.of());
  }

  /** The other dialects that decode the log. */
  public List<Dialect> alternatives() {
    return readings.stream()
        .filter(reading -> reading.accepted() && reading.dialect() != dialect)
        .map(Reading::dialect)
        .toList();
  }
}
