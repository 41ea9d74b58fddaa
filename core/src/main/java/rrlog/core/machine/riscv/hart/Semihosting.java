package rrlog.core.machine.riscv.hart;

import java.util.OptionalLong;

/**
 * Answers semihosting calls: an {@code ebreak} between two instructions that do nothing, {@code
 * slli x0, x0, 0x1f} and {@code srai x0, x0, 7} (RISC-V Semihosting 1.0, section 2).
 */
public interface Semihosting {
  /** Answers none: each is a breakpoint. */
  Semihosting OFF =
      new Semihosting() {
        @Override
        public boolean answers(Privilege mode) {
          return false;
        }

        @Override
        public OptionalLong call(long operation, long argument) {
          return OptionalLong.empty();
        }
      };

  /** Whether calls of a mode are answered; the others are breakpoints. */
  boolean answers(Privilege mode);

  /**
   * A call, of which {@link ExecutionEvents#exception} was told before. Pc is still that of the
   * ebreak.
   *
   * @param operation what is asked for, from a0
   * @param argument in most operations the address of a block of arguments, from a1
   * @return what goes into a0; empty where the guest does not go on
   */
  OptionalLong call(long operation, long argument);
}
