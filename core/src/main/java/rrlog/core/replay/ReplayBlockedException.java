package rrlog.core.replay;

import java.util.List;

/** Recording or replaying cannot start because some part of the machine does not support it. */
public final class ReplayBlockedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<String> reasons;

  ReplayBlockedException(List<String> reasons) {
    super("Record/replay: " + String.join("; ", reasons));
    this.reasons = List.copyOf(reasons);
  }

  /** Why, one reason for each blocker. */
  public List<String> reasons() {
    return reasons;
  }
}
