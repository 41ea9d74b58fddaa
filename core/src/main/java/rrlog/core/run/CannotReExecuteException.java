package rrlog.core.run;

/** A log cannot be re-executed, for a reason that is known before anything runs. */
public final class CannotReExecuteException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Obstacle obstacle;

  CannotReExecuteException(Obstacle obstacle) {
    super(obstacle.description());
    this.obstacle = obstacle;
  }

  CannotReExecuteException(Obstacle obstacle, Throwable cause) {
    super(obstacle.description(), cause);
    this.obstacle = obstacle;
  }

  /** The reason. */
  public Obstacle obstacle() {
    return obstacle;
  }
}
