package rrlog.core.machine.riscv.hart;

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

  /** hstatus: sret enters a virtual machine. */
  static final long HSTATUS_SPV = 1L << 7;

  /** hstatus: U-mode may access a virtual machine's memory. */
  static final long HSTATUS_HU = 1L << 9;

  private static final long HSTATUS_VSBE = 1L << 5;
  private static final int HSTATUS = 0x600;
  private static final int HIDELEG = 0x603;
  private static final int HTIMEDELTA = 0x605;

  private HypervisorCsrs() {}

  static void define(CsrFile csrs, HartState s, SupervisorTimer timer) {
    csrs.register(
        HSTATUS,
        "hstatus",
        () -> s.hstatus,
        v -> s.hstatus = v & ~(HSTATUS_VSXL | HSTATUS_VSBE) | HSTATUS_VSXL_64);
    csrs.plain(0x602, "hedeleg", 0xb1ff);
    csrs.plain(HIDELEG, "hideleg", VIRTUAL_INTERRUPTS);
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
          timer.vstimecmpWritten(s.vstimecmp, v);
        });
    csrs.plain(0x606, "hcounteren", -1);
    csrs.fixed(0x607, "hgeie", () -> 0);
    csrs.plain(0x60a, "henvcfg", Envcfg.MACHINE_WRITABLE);
    csrs.plain(0x643, "htval", -1);
    csrs.masked(
        0x644,
        "hip",
        () -> s.pendingBits() & (VIRTUAL_INTERRUPTS | GUEST_EXTERNAL),
        (value, mask) -> MachineCsrs.writePending(csrs, s, value, mask & VSSIP));
    csrs.masked(
        0x645,
        "hvip",
        () -> s.mip & VIRTUAL_INTERRUPTS,
        (value, mask) -> MachineCsrs.writePending(csrs, s, value, mask & VIRTUAL_INTERRUPTS));
    csrs.fixed(0x64a, "htinst", () -> s.htinst);
    csrs.register(
        CsrNumber.HGATP,
        "hgatp",
        () -> s.privilege != HartState.SUPERVISOR || (s.mstatus & Status.TVM) == 0,
        () -> s.hgatp,
        v -> s.hgatp = v);
    csrs.fixed(0xe12, "hgeip", () -> 0);
    virtualSupervisor(csrs, s, timer);
  }

  private static void virtualSupervisor(CsrFile csrs, HartState s, SupervisorTimer timer) {
    csrs.register(
        0x200,
        "vsstatus",
        () -> s.vsstatus,
        v -> s.vsstatus = (v & Status.UXL) != 0 ? v : v & ~Status.UXL | s.vsstatus & Status.UXL);
    csrs.masked(
        0x204,
        "vsie",
        () -> (s.mie & delegated(csrs)) >>> 1,
        (value, mask) -> MachineCsrs.writeEnables(s, value << 1, mask << 1 & delegated(csrs)));
    csrs.plain(0x205, "vstvec", -1);
    csrs.plain(0x240, "vsscratch", -1);
    csrs.plain(0x241, "vsepc", -1);
    csrs.plain(0x242, "vscause", -1);
    csrs.plain(0x243, "vstval", -1);
    csrs.masked(
        0x244,
        "vsip",
        () -> (s.pendingBits() & delegated(csrs)) >>> 1,
        (value, mask) ->
            MachineCsrs.writePending(csrs, s, value << 1, mask << 1 & delegated(csrs) & VSSIP));
    csrs.register(
        CsrNumber.VSTIMECMP,
        "vstimecmp",
        () -> s.privilege == HartState.MACHINE || Envcfg.supervisorTimerVisible(csrs),
        () -> s.vstimecmp,
        v -> {
          s.vstimecmp = v;
          timer.vstimecmpWritten(v, s.htimedelta);
        });
    csrs.plain(0x280, "vsatp", -1);
  }

  private static long delegated(CsrFile csrs) {
    return csrs.plainValue(HIDELEG) & VIRTUAL_INTERRUPTS;
  }
}
