package rrlog.core.analysis.diff;

import java.util.Map;
import rrlog.core.event.EventKind;

/**
 * All hunks in numbers.
 *
 * @param hunks number of hunks by kind, only those that occur
 * @param events events inside of hunks by kind, only those that occur
 */
public record DiffSummary(Map<DivergenceKind, Long> hunks, Map<EventKind, Count> events) {

  /** No difference. */
  public static final DiffSummary NONE = new DiffSummary(Map.of(), Map.of());

  /**
   * Events inside of hunks.
   *
   * @param a in log A
   * @param b in log B
   */
  public record Count(long a, long b) {
    Count plus(Count more) {
      return new Count(a + more.a, b + more.b);
    }
  }

  /** Number of hunks in all. */
  public long count() {
    return hunks.values().stream().mapToLong(Long::longValue).sum();
  }
}
