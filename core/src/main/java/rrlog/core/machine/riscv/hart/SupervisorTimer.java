package rrlog.core.machine.riscv.hart;

/** The board's timer behind the Sstc {@code stimecmp} register. */
public interface SupervisorTimer {
  /**
   * The guest wrote {@code stimecmp}. The board sets STIP at once if {@code value <= mtime}
   * (unsigned), else clears it and arms its timer, as for mtimecmp.
   */
  void stimecmpWritten(long value);

  /** menvcfg.STCE was cleared: STIP falls, and nothing is armed. */
  void stimecmpOff();

  /**
   * The guest wrote {@code vstimecmp} or {@code htimedelta}: the same with VSTIP and a time that is
   * ahead by {@code delta} ticks.
   */
  void vstimecmpWritten(long value, long delta);

  /** STCE of menvcfg or henvcfg was cleared: VSTIP falls, and nothing is armed. */
  void vstimecmpOff();
}
