package rrlog.core.machine.platform.image;

/** A file that is no program for this machine; the message is one line that says why. */
public final class BadImageException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With the reason. */
  public BadImageException(String message) {
    super(message);
  }
}
