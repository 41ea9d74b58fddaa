package rrlog.core.machine.riscv.isa;

/**
 * An instruction as text.
 *
 * @param mnemonic such as {@code addi}
 * @param operands such as {@code sp,sp,-16}; may be empty
 */
public record Instruction(String mnemonic, String operands) {
  /** Both, with one blank between. */
  @Override
  public String toString() {
    return operands.isEmpty() ? mnemonic : mnemonic + " " + operands;
  }
}
