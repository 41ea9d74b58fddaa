package rrlog.core.log;

import java.util.Locale;

/** How a dialect writes asynchronous events ({@code docs/log-format.md#asynchronous-events}). */
public enum AsyncStyle {
  /** One code, then the index of the checkpoint that drains the queue, then the kind. */
  CHECKPOINT_KIND,
  /** One code, then the kind. */
  KIND,
  /** A code for each kind. */
  CODE;

  /** The style's name in the common vocabulary. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
