package rrlog.core.machine.riscv.hart;

/** The board's timer behind the Sstc {@code stimecmp} register. */
public interface SupervisorTimer {
  /**
   * The guest wrote {@code stimecmp}. The board sets STIP at once if {@code value <= mtime}
   * (unsigned), else clears it and arms its timer, as for mtimecmp.
   */
  void stimecmpWritten(long value);
}
