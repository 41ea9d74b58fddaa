package rrlog.cli.options;

/**
 * Which traps are meant: an exception by its number, {@code 13}, or an interrupt, {@code i7}.
 *
 * @param number of the exception or interrupt
 * @param interrupt which of the two it is
 */
public record TrapCause(int number, boolean interrupt) {
  /**
   * As a user writes it.
   *
   * @param option for the message
   * @throws UsageException where it is something else
   */
  public static TrapCause of(String option, String text) {
    boolean interrupt = text.startsWith("i");
    try {
      return new TrapCause(Integer.parseInt(interrupt ? text.substring(1) : text), interrupt);
    } catch (NumberFormatException noNumber) {
      throw new UsageException(
          option + " " + text + ": not the number of an exception (13) or an interrupt (i7)");
    }
  }
}
