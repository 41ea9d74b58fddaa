package rrlog.core.machine.riscv.hart;

/** Numbers of CSRs that are named in more than one place (RISC-V Privileged 1.12, section 2.2). */
final class CsrNumber {
  static final int CYCLE = 0xc00;
  static final int TIME = 0xc01;
  static final int INSTRET = 0xc02;
  static final int HIGHEST_HPMCOUNTER = 0xc1f;
  static final int MCYCLE = 0xb00;
  static final int MHPMEVENT_BASE = 0x320;
  static final int STIMECMP = 0x14d;
  static final int VSTIMECMP = 0x24d;
  static final int MIDELEG = 0x303;
  static final int SATP = 0x180;
  static final int HGATP = 0x680;

  private CsrNumber() {}
}
