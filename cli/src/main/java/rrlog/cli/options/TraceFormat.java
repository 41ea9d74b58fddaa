package rrlog.cli.options;

import java.util.Locale;

/** How executed instructions are written down. */
public enum TraceFormat {
  /** Lines for people. */
  TEXT,
  /** Spike's commit log. */
  SPIKE,
  /** A JSON object a line. */
  JSONL;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
