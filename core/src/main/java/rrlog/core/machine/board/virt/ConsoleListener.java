package rrlog.core.machine.board.virt;

/** Is told of what the guest prints, each time that the machine comes by. */
@FunctionalInterface
public interface ConsoleListener {
  /**
   * Bytes are printed by the instruction that is being executed; {@link
   * VirtMachine#consoleLength()} does not count them yet.
   */
  void printing(byte[] bytes, int offset, int count);
}
