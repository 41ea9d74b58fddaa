package rrlog.core.machine.riscv.hart;

/** Fields of mstatus and its views (RISC-V Privileged 1.12, section 3.1.6). */
final class Status {
  static final long SIE = 1L << 1;
  static final long MIE = 1L << 3;
  static final long SPIE = 1L << 5;
  static final long MPIE = 1L << 7;
  static final long SPP = 1L << 8;
  static final long VS = 3L << 9;
  static final long MPP = 3L << 11;
  static final int MPP_SHIFT = 11;
  static final long FS = 3L << 13;
  static final long XS = 3L << 15;
  static final long MPRV = 1L << 17;
  static final long SUM = 1L << 18;
  static final long MXR = 1L << 19;
  static final long TVM = 1L << 20;
  static final long TW = 1L << 21;
  static final long TSR = 1L << 22;
  static final long UXL = 3L << 32;
  static final long SXL = 3L << 34;
  static final long UXL_64 = 2L << 32;
  static final long SXL_64 = 2L << 34;
  static final long GVA = 1L << 38;
  static final long MPV = 1L << 39;
  static final long SD = 1L << 63;

  private Status() {}

  /** The value with SD as the summary of FS, VS and XS. */
  static long withSummary(long status) {
    boolean dirty = (status & FS) == FS || (status & VS) == VS || (status & XS) == XS;
    return dirty ? status | SD : status;
  }
}
