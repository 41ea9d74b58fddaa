package rrlog.core.machine.riscv.hart;

import rrlog.core.qemu.Extension;
import rrlog.core.qemu.Trait;

/**
 * The CSRs of the hypervisor extension, which QEMU's rv64 has by default. They hold what a guest
 * writes; a virtual machine cannot be entered.
 */
final class HypervisorCsrs {
  /** Pending bit of the virtual supervisor timer. */
  static final long VSTIP = 1L << 6;

  private static final long VIRTUAL_INTERRUPTS = 0x444;
  private static final long GUEST_EXTERNAL = 0x1000;
  private static final long VSSIP = 1L << 2;
  static final long HSTATUS_VSXL_64 = 2L << 32;
  private static final long HSTATUS_VSXL = 3L << 32;

  /** hstatus: the trap's address is that of a virtual machine. */
  static final long HSTATUS_GVA = 1L << 6;

  /** hstatus: sret enters a virtual machine. */
  static final long HSTATUS_SPV = 1L << 7;

  /** hstatus: U-mode may access a virtual machine's memory. */
  static final long HSTATUS_HU = 1L << 9;

  private static final long HSTATUS_VSBE = 1L << 5;
  private static final long HSTATUS_NOT_THERE = 1L << 24 | 3L << 48;

  /** SDT, of an extension that is not there. */
  private static final long STATUS_NOT_THERE = 1L << 24;

  private static final int VSTVEC = 0x205;
  private static final int VSATP = 0x280;
  private static final int HSTATUS = 0x600;
  private static final int HTIMEDELTA = 0x605;

  private HypervisorCsrs() {}

  static void define(CsrFile csrs, HartState s, SupervisorTimer timer) {
    boolean legalised = s.behaviour.has(Trait.VS_CSRS_LEGALISED);
    boolean gated = s.behaviour.has(Trait.STCE_GATES_STIMECMP);
    boolean looks = s.cpu.has(Extension.SSTC) && s.behaviour.has(Trait.VSTIMECMP_APART);
    long notThere = legalised ? HSTATUS_NOT_THERE : 0;
    csrs.register(
        HSTATUS,
        "hstatus",
        () -> s.hstatus,
        v -> s.hstatus = v & ~(HSTATUS_VSXL | HSTATUS_VSBE | notThere) | HSTATUS_VSXL_64);
    boolean check = s.behaviour.has(Trait.MEDELEG_SOFTWARE_CHECK);
    csrs.plain(0x602, "hedeleg", check ? 0xb1ff | MachineCsrs.SOFTWARE_CHECK : 0xb1ff);
    boolean local = s.behaviour.has(Trait.MIE_LOCAL_INTERRUPTS);
    long delegable = local ? VIRTUAL_INTERRUPTS | MachineCsrs.LOCAL_INTERRUPTS : VIRTUAL_INTERRUPTS;
    csrs.register(0x603, "hideleg", () -> s.hideleg, v -> s.hideleg = v & delegable);
    csrs.masked(
        0x604,
        "hie",
        () -> s.mie & (VIRTUAL_INTERRUPTS | GUEST_EXTERNAL),
        (value, mask) ->
            MachineCsrs.writeEnables(s, value, mask & (VIRTUAL_INTERRUPTS | GUEST_EXTERNAL)));
    csrs.register(
        HTIMEDELTA,
        "htimedelta",
        () -> s.htimedelta,
        v -> {
          s.htimedelta = v;
          if (looks && (!gated || Envcfg.virtualTimerOn(csrs))) {
            timer.vstimecmpWritten(s.vstimecmp, v);
          }
        });
    csrs.plain(0x606, "hcounteren", MachineCsrs.counterEnables(s.behaviour));
    csrs.fixed(0x607, "hgeie", () -> 0);
    Envcfg.defineHypervisors(csrs, s, timer);
    csrs.register(0x643, "htval", () -> s.htval, v -> s.htval = v);
    csrs.masked(
        0x644,
        "hip",
        () -> s.pendingBits() & (VIRTUAL_INTERRUPTS | GUEST_EXTERNAL),
        (value, mask) -> MachineCsrs.writePending(csrs, s, value, mask & VSSIP));
    csrs.masked(
        0x645,
        "hvip",
        // QEMU's newer releases show all of mip here.
        () -> legalised ? s.mip : s.mip & VIRTUAL_INTERRUPTS,
        (value, mask) -> MachineCsrs.writePending(csrs, s, value, mask & VIRTUAL_INTERRUPTS));
    csrs.fixed(0x64a, "htinst", () -> s.htinst);
    csrs.register(
        CsrNumber.HGATP,
        "hgatp",
        () -> s.privilege != HartState.SUPERVISOR || (s.mstatus & Status.TVM) == 0,
        () -> s.hgatp,
        v -> s.hgatp = legalised && !SupervisorCsrs.translates(v) ? s.hgatp : v);
    csrs.fixed(0xe12, "hgeip", () -> 0);
    virtualSupervisor(csrs, s, timer, legalised);
  }

  private static void virtualSupervisor(
      CsrFile csrs, HartState s, SupervisorTimer timer, boolean legalised) {
    csrs.register(
        0x200,
        "vsstatus",
        () -> s.vsstatus,
        v -> {
          boolean keeps = legalised || (v & Status.UXL) == 0;
          long taken = keeps ? v & ~Status.UXL | s.vsstatus & Status.UXL : v;
          s.vsstatus = legalised ? taken & ~STATUS_NOT_THERE : taken;
        });
    csrs.masked(
        0x204,
        "vsie",
        () -> (s.mie & delegated(s)) >>> 1 | s.mie & localDelegated(s),
        (value, mask) ->
            MachineCsrs.writeEnables(
                s,
                raised(value) | value & MachineCsrs.LOCAL_INTERRUPTS,
                raised(mask) & delegated(s) | mask & localDelegated(s)));
    csrs.plain(VSTVEC, "vstvec", -1);
    if (legalised) {
      csrs.register(
          VSTVEC,
          "vstvec",
          () -> csrs.plainValue(VSTVEC),
          v -> csrs.setPlain(VSTVEC, MachineCsrs.vector(csrs.plainValue(VSTVEC), v)));
    }
    csrs.plain(0x240, "vsscratch", -1);
    csrs.plain(0x241, "vsepc", -1);
    csrs.plain(0x242, "vscause", -1);
    csrs.plain(0x243, "vstval", -1);
    long shown = s.behaviour.has(Trait.HVIP_SHOWS_MIP) ? VIRTUAL_INTERRUPTS : VSSIP;
    csrs.masked(
        0x244,
        "vsip",
        () -> (s.pendingBits() & delegated(s) & shown) >>> 1,
        (value, mask) ->
            MachineCsrs.writePending(csrs, s, raised(value), raised(mask) & delegated(s) & VSSIP));
    boolean gated = s.behaviour.has(Trait.STCE_GATES_STIMECMP);
    csrs.register(
        CsrNumber.VSTIMECMP,
        "vstimecmp",
        () ->
            s.cpu.has(Extension.SSTC)
                && (s.privilege == HartState.MACHINE || Envcfg.supervisorTimerVisible(csrs)),
        () -> s.vstimecmp,
        v -> {
          s.vstimecmp = v;
          if (!gated || Envcfg.virtualTimerOn(csrs)) {
            timer.vstimecmpWritten(v, s.htimedelta);
          }
        });
    csrs.plain(VSATP, "vsatp", -1);
    if (legalised) {
      csrs.register(
          VSATP,
          "vsatp",
          () -> csrs.plainValue(VSATP),
          v -> csrs.setPlain(VSATP, SupervisorCsrs.translates(v) ? v : csrs.plainValue(VSATP)));
    }
  }

  /**
   * Bits of the supervisor's interrupts are those of the virtual supervisor's; QEMU takes these in
   * their own places, too.
   */
  private static long raised(long bits) {
    return (bits & VIRTUAL_INTERRUPTS >>> 1) << 1 | bits & VIRTUAL_INTERRUPTS;
  }

  /** Local interrupts keep their places. */
  private static long localDelegated(HartState s) {
    return s.hideleg & MachineCsrs.LOCAL_INTERRUPTS;
  }

  private static long delegated(HartState s) {
    return s.hideleg & VIRTUAL_INTERRUPTS;
  }
}
