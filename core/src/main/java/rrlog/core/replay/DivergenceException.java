package rrlog.core.replay;

/** What the machine does is not what the log says. */
public final class DivergenceException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Divergence divergence;

  /** Carries a divergence. */
  public DivergenceException(Divergence divergence) {
    super(divergence.toString());
    this.divergence = divergence;
  }

  /** Where and how the run and the log part. */
  public Divergence divergence() {
    return divergence;
  }
}
