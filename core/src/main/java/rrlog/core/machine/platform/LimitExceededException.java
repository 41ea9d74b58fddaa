package rrlog.core.machine.platform;

/** A guest wants more of the host than {@link Limits} allow; the message is one line. */
public final class LimitExceededException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String limit;

  /**
   * With the reason.
   *
   * @param limit name of the limit, as {@link Limits#with} knows it
   * @param message what the guest wants
   */
  public LimitExceededException(String limit, String message) {
    super(message + " (limit \"" + limit + "\")");
    this.limit = limit;
  }

  /** Name of the limit. */
  public String limit() {
    return limit;
  }
}
