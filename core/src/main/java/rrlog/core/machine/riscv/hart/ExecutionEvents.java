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

  /**
   * The guest asks for something that QEMU has and this hart does not. Nothing has been changed.
   *
   * @param what names it, for a message: {@code hlv at 0x80000010: ...}
   * @return what to throw
   */
  RuntimeException notThere(String what);
}
