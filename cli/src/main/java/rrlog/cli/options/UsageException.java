package rrlog.cli.options;

/** The command line asks for something that makes no sense. */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UsageException(String message) {
    super(message);
  }
}
