package rrlog.core.machine.riscv.hart;

import rrlog.core.qemu.Extension;
import rrlog.core.qemu.Trait;

/** The S- and U-level CSRs. */
final class SupervisorCsrs {
  private static final long STATUS_WRITABLE =
      Status.SIE
          | Status.SPIE
          | Status.SPP
          | Status.VS
          | Status.FS
          | Status.XS
          | Status.SUM
          | Status.MXR;
  private static final long INTERRUPTS = 0x2222;

  /** SSIP and LCOFIP. */
  private static final long WRITABLE_PENDING = 1L << Hart.SSIP | 1 << 13;

  private static final int MCOUNTEREN = 0x306;
  private static final int SCOUNTEREN = 0x106;

  private SupervisorCsrs() {}

  static void define(
      CsrFile csrs, HartState s, Counters counters, GuestClock clock, SupervisorTimer timer) {
    csrs.register(
        0x100,
        "sstatus",
        () -> Status.withSummary(s.mstatus & (STATUS_WRITABLE | Status.UXL)),
        v -> writeStatus(s, v));
    csrs.masked(
        0x104,
        "sie",
        () -> s.mie & s.mideleg & INTERRUPTS,
        (value, mask) -> MachineCsrs.writeEnables(s, value, mask & s.mideleg & INTERRUPTS));
    csrs.register(0x105, "stvec", () -> s.stvec, v -> s.stvec = MachineCsrs.vector(s.stvec, v));
    csrs.plain(SCOUNTEREN, "scounteren", MachineCsrs.counterEnables(s.behaviour));
    csrs.plain(0x10a, "senvcfg", Envcfg.SUPERVISOR_WRITABLE);
    csrs.plain(0x140, "sscratch", -1);
    long epc = MachineCsrs.exceptionPcBits(s.behaviour);
    csrs.register(0x141, "sepc", () -> s.sepc & epc, v -> s.sepc = v & epc);
    csrs.register(0x142, "scause", () -> s.scause, v -> s.scause = v);
    csrs.register(0x143, "stval", () -> s.stval, v -> s.stval = v);
    // No guest sees or writes bit 13 here any more, though it writes it in mip.
    long overflow = s.behaviour.has(Trait.MIE_LOCAL_INTERRUPTS) ? 1L << 13 : 0;
    boolean hides = s.behaviour.has(Trait.SIP_HIDES_TIMER_FROM_M);
    csrs.masked(
        0x144,
        "sip",
        () -> {
          boolean hidden =
              hides && s.privilege == HartState.MACHINE && Envcfg.supervisorTimerOn(csrs);
          long shown = hidden ? INTERRUPTS & ~(1L << Hart.STIP) : INTERRUPTS;
          return s.pendingBits() & s.mideleg & shown & ~overflow;
        },
        (value, mask) ->
            MachineCsrs.writePending(
                csrs, s, value, mask & s.mideleg & WRITABLE_PENDING & ~overflow));
    boolean gated = s.behaviour.has(Trait.STCE_GATES_STIMECMP);
    csrs.register(
        CsrNumber.STIMECMP,
        "stimecmp",
        () ->
            s.cpu.has(Extension.SSTC)
                && (s.privilege == HartState.MACHINE || Envcfg.supervisorTimerVisible(csrs)),
        () -> s.stimecmp,
        v -> {
          s.stimecmp = v;
          if (!gated || Envcfg.supervisorTimerOn(csrs)) {
            timer.stimecmpWritten(v);
          }
        });
    csrs.register(
        CsrNumber.SATP,
        "satp",
        () -> s.privilege != HartState.SUPERVISOR || (s.mstatus & Status.TVM) == 0,
        () -> s.satp,
        v -> writeSatp(s, v));
    counters(csrs, s, counters, clock);
  }

  private static void writeStatus(HartState s, long value) {
    long writable = STATUS_WRITABLE | ((value & Status.UXL) != 0 ? Status.UXL : 0);
    MachineCsrs.writeStatus(s, s.mstatus & ~writable | value & writable);
  }

  /** A write with a mode that does not exist is ignored as a whole. */
  private static void writeSatp(HartState s, long value) {
    boolean longer = (int) (value >>> 60) > s.cpu.largest().number();
    if (translates(value) && value != s.satp && !(longer && s.checksSatp)) {
      s.satp = value;
      s.synchronizeTranslation();
      s.flushTranslations();
    }
  }

  /** Whether a satp has a mode that exists. */
  static boolean translates(long satp) {
    int mode = (int) (satp >>> 60);
    return mode == 0 || (mode >= 8 && mode <= 10); // bare, Sv39, Sv48, Sv57
  }

  private static void counters(CsrFile csrs, HartState s, Counters counters, GuestClock clock) {
    for (int i = 0; i <= Counters.LAST_HPM; i++) {
      int n = i;
      String name =
          switch (n) {
            case 0 -> "cycle";
            case 1 -> "time";
            case 2 -> "instret";
            default -> "hpmcounter" + n;
          };
      csrs.fixed(
          CsrNumber.CYCLE + n,
          name,
          () -> counterEnabled(csrs, s, n),
          n == 1 ? clock::mtime : () -> counters.read(n),
          n == 1 ? () -> {} : () -> counters.wasRead(n));
    }
  }

  private static boolean counterEnabled(CsrFile csrs, HartState s, int counter) {
    boolean machine = (csrs.plainValue(MCOUNTEREN) >>> counter & 1) != 0;
    boolean supervisor = (csrs.plainValue(SCOUNTEREN) >>> counter & 1) != 0;
    return switch (s.privilege) {
      case HartState.MACHINE -> true;
      case HartState.SUPERVISOR -> machine;
      default -> machine && supervisor;
    };
  }
}
