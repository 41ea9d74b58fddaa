package rrlog.core.analysis.diff;

/** One of the two logs. */
public enum Side {
  /** The first. */
  A,
  /** The second. */
  B
}
