package rrlog.core.machine.board.virt;

/** The machine cannot be built as described; the message is one line that says what is wrong. */
public final class MachineException extends Exception {
  private static final long serialVersionUID = 1;

  /** With a message for the user. */
  public MachineException(String message) {
    super(message);
  }

  /** With a message for the user, and what caused it. */
  public MachineException(String message, Throwable cause) {
    super(message, cause);
  }
}
