package rrlog.core.machine.riscv.hart;

/** Exception codes (RISC-V Privileged 1.12, table 3.6). */
final class Cause {
  static final int FETCH_ACCESS_FAULT = 1;
  static final int ILLEGAL_INSTRUCTION = 2;
  static final int BREAKPOINT = 3;
  static final int ECALL_FROM_USER = 8;
  static final int FETCH_PAGE_FAULT = 12;

  /**
   * Not one of the architecture's: a semihosting call, which the log has as an exception and the
   * guest does not see as one.
   */
  static final int SEMIHOSTING_CALL = 63;

  private Cause() {}
}
