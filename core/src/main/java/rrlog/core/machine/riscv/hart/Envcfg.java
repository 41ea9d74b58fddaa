package rrlog.core.machine.riscv.hart;

/** The environment configuration registers (RISC-V Privileged 1.12, section 3.1.18). */
final class Envcfg {
  /** STCE, PBMTE, CBZE, CBCFE, CBIE and FIOM. */
  static final long MACHINE_WRITABLE = 0xc000_0000_0000_00f1L;

  /** CBZE, CBCFE, CBIE and FIOM. */
  static final long SUPERVISOR_WRITABLE = 0xf1;

  private static final int MENVCFG = 0x30a;
  private static final int MCOUNTEREN = 0x306;
  private static final long COUNT_TIME = 2;

  private Envcfg() {}

  /** menvcfg.STCE. */
  static boolean supervisorTimerOn(CsrFile csrs) {
    return csrs.plainValue(MENVCFG) < 0;
  }

  /** Whether stimecmp can be reached from below M-mode (Sstc, section 2.1). */
  static boolean supervisorTimerVisible(CsrFile csrs) {
    return supervisorTimerOn(csrs) && (csrs.plainValue(MCOUNTEREN) & COUNT_TIME) != 0;
  }
}
