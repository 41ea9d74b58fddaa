package rrlog.core.machine.riscv.hart;

/** What the hart reports while it executes. */
public interface ExecutionEvents {
  /**
   * A synchronous exception is about to be delivered. {@link Hart#icount()} is what QEMU has
   * counted at this moment (semantics page, section 4): including the instruction for ecall, ebreak
   * and illegal opcodes, excluding it otherwise. Registers and pc are still those of the faulting
   * instruction.
   *
   * @param cause the RISC-V exception code
   * @param tval what goes into mtval or stval
   */
  void exception(int cause, long tval);
}
