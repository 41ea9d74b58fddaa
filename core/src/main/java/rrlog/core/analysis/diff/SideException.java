package rrlog.core.analysis.diff;

import java.io.IOException;

/** One of the two logs could not be read. */
public final class SideException extends IOException {
  private static final long serialVersionUID = 1L;

  private final Side side;

  SideException(Side side, IOException cause) {
    super(cause.getMessage(), cause);
    this.side = side;
  }

  /** Which one. */
  public Side side() {
    return side;
  }
}
