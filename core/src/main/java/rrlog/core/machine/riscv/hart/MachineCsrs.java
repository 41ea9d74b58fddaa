package rrlog.core.machine.riscv.hart;

import rrlog.core.machine.riscv.mmu.Pmp;

/** The M-level CSRs and those of the floating-point unit. */
final class MachineCsrs {
  static final long MISA = 0x8000_0000_0014_11adL;

  /**
   * VSSI, VSTI, VSEI and SGEI: QEMU sets them in mideleg at every access (semantics page, section
   * 5).
   */
  static final long FORCED_DELEGATION = 0x1444;

  private static final long STATUS_WRITABLE =
      Status.SIE
          | Status.SPIE
          | Status.MIE
          | Status.MPIE
          | Status.SPP
          | Status.VS
          | Status.MPP
          | Status.FS
          | Status.MPRV
          | Status.SUM
          | Status.MXR
          | Status.TVM
          | Status.TW
          | Status.TSR
          | Status.MPV
          | Status.GVA;
  private static final long STATUS_OF_TRANSLATION =
      Status.MXR | Status.MPP | Status.MPV | Status.MPRV | Status.SUM;
  private static final long DELEGABLE_EXCEPTIONS = 0xf0_bfff;
  private static final long DELEGABLE_INTERRUPTS = 0x2666;
  private static final long ALL_INTERRUPTS = 0x3eee;
  private static final long SEIP = 1L << Hart.SEIP;
  private static final long STIP = 1L << Hart.STIP;

  private MachineCsrs() {}

  static void define(CsrFile csrs, HartState s, Counters counters, Triggers triggers) {
    floatingPoint(csrs, s);
    csrs.fixed(0xf11, "mvendorid", () -> s.identity.mvendorid());
    csrs.fixed(0xf12, "marchid", () -> s.identity.marchid());
    csrs.fixed(0xf13, "mimpid", () -> s.identity.mimpid());
    csrs.fixed(0xf14, "mhartid", () -> s.identity.mhartid());
    csrs.fixed(0xf15, "mconfigptr", () -> 0);
    csrs.register(0x300, "mstatus", () -> Status.withSummary(s.mstatus), v -> writeStatus(s, v));
    csrs.fixed(0x301, "misa", () -> MISA);
    csrs.register(0x302, "medeleg", () -> s.medeleg, v -> s.medeleg = v & DELEGABLE_EXCEPTIONS);
    csrs.masked(
        0x303,
        "mideleg",
        () -> s.mideleg,
        (value, mask) -> {
          long writable = mask & DELEGABLE_INTERRUPTS;
          s.mideleg = s.mideleg & ~writable | value & writable;
        });
    csrs.masked(0x304, "mie", () -> s.mie, (value, mask) -> writeEnables(s, value, mask));
    csrs.register(0x305, "mtvec", () -> s.mtvec, v -> s.mtvec = vector(s.mtvec, v));
    csrs.plain(0x306, "mcounteren", -1);
    csrs.plain(0x30a, "menvcfg", Envcfg.MACHINE_WRITABLE);
    csrs.plain(0x340, "mscratch", -1);
    csrs.register(0x341, "mepc", () -> s.mepc, v -> s.mepc = v);
    csrs.register(0x342, "mcause", () -> s.mcause, v -> s.mcause = v);
    csrs.register(0x343, "mtval", () -> s.mtval, v -> s.mtval = v);
    csrs.masked(0x344, "mip", s::pendingBits, (value, mask) -> writePending(csrs, s, value, mask));
    csrs.register(0x34a, "mtinst", () -> s.mtinst, v -> s.mtinst = v);
    csrs.register(0x34b, "mtval2", () -> s.mtval2, v -> s.mtval2 = v);
    counters(csrs, counters);
    protection(csrs, s);
    triggers(csrs, triggers);
  }

  private static void floatingPoint(CsrFile csrs, HartState s) {
    csrs.register(
        0x001,
        "fflags",
        () -> !s.floatingPointOff(),
        () -> s.flags.bits,
        v -> {
          s.flags.bits = (int) v & 0x1f;
          s.markFloatDirty();
        });
    csrs.register(
        0x002,
        "frm",
        () -> !s.floatingPointOff(),
        () -> s.roundingMode,
        v -> {
          s.roundingMode = (int) v & 7;
          s.markFloatDirty();
        });
    csrs.register(
        0x003,
        "fcsr",
        () -> !s.floatingPointOff(),
        () -> s.roundingMode << 5 | s.flags.bits,
        v -> {
          s.flags.bits = (int) v & 0x1f;
          s.roundingMode = (int) v >>> 5 & 7;
          s.markFloatDirty();
        });
  }

  /** mstatus: UXL cannot become 0, SXL is fixed; what affects translation flushes, as in QEMU. */
  static void writeStatus(HartState s, long value) {
    long writable = STATUS_WRITABLE | ((value & Status.UXL) != 0 ? Status.UXL : 0);
    boolean flush = ((value ^ s.mstatus) & STATUS_OF_TRANSLATION) != 0;
    s.setStatus(s.mstatus & ~writable | value & writable);
    if (flush) {
      s.flushTranslations();
    }
  }

  static void writeEnables(HartState s, long value, long mask) {
    long writable = mask & ALL_INTERRUPTS;
    s.mie = s.mie & ~writable | value & writable;
  }

  /**
   * mip: SEIP is the or of the line and what software writes; STIP belongs to stimecmp once that is
   * on.
   */
  static void writePending(CsrFile csrs, HartState s, long value, long mask) {
    long writable = mask & DELEGABLE_INTERRUPTS;
    long bits = value;
    if ((writable & SEIP) != 0) {
      s.softwareSeip = (value & SEIP) != 0;
      bits = s.externalSeip ? bits | SEIP : bits;
    }
    if (s.privilege == HartState.MACHINE && Envcfg.supervisorTimerOn(csrs)) {
      writable &= ~(STIP | HypervisorCsrs.VSTIP);
    }
    if (writable == HypervisorCsrs.VSTIP && s.virtualTimer) {
      return; // QEMU takes a change of this bit alone for that of its timer
    }
    s.mip = s.mip & ~writable | bits & writable;
  }

  /** A trap vector takes the modes direct and vectored; with another one the write is ignored. */
  static long vector(long old, long value) {
    return (value & 3) < 2 ? value : old;
  }

  private static void counters(CsrFile csrs, Counters counters) {
    csrs.register(0x320, "mcountinhibit", counters::inhibit, counters::setInhibit);
    csrs.register(0xb00, "mcycle", () -> counters.read(0), v -> counters.write(0, v));
    csrs.register(0xb02, "minstret", () -> counters.read(2), v -> counters.write(2, v));
    for (int i = Counters.FIRST_HPM; i < 32; i++) {
      int n = i;
      csrs.register(
          CsrNumber.MHPMEVENT_BASE + n,
          "mhpmevent" + n,
          () -> counters.event(n),
          v -> counters.setEvent(n, v));
      if (n <= Counters.LAST_HPM) {
        csrs.register(
            CsrNumber.MCYCLE + n,
            "mhpmcounter" + n,
            () -> counters.read(n),
            v -> counters.write(n, v));
      }
    }
  }

  private static void protection(CsrFile csrs, HartState s) {
    Pmp pmp = s.mmu.pmp();
    for (int i = 0; i < 2; i++) {
      int half = i;
      csrs.register(
          0x3a0 + 2 * half,
          "pmpcfg" + 2 * half,
          () -> pmp.configuration(half),
          v -> {
            pmp.configure(half, v);
            s.flushTranslations();
          });
    }
    for (int i = 0; i < Pmp.REGIONS; i++) {
      int region = i;
      csrs.register(
          0x3b0 + region,
          "pmpaddr" + region,
          () -> pmp.address(region),
          v -> {
            pmp.setAddress(region, v);
            s.flushTranslations();
          });
    }
  }

  private static void triggers(CsrFile csrs, Triggers triggers) {
    csrs.register(0x7a0, "tselect", triggers::selected, triggers::select);
    csrs.register(0x7a1, "tdata1", triggers::data1, triggers::setData1);
    csrs.register(0x7a2, "tdata2", triggers::data2, triggers::setData2);
    csrs.fixed(0x7a3, "tdata3", () -> 0);
    csrs.fixed(0x7a4, "tinfo", () -> 0x44);
  }
}
