package rrlog.core.machine.board.virt.options;

/** A QEMU option that is wrong or not understood; the message is one line that names it. */
public final class BadOptionException extends Exception {
  private static final long serialVersionUID = 1;

  BadOptionException(String message) {
    super(message);
  }
}
