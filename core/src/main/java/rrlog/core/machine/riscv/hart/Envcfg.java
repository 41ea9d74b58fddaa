package rrlog.core.machine.riscv.hart;

import rrlog.core.machine.riscv.mmu.PageFormat;
import rrlog.core.qemu.Behaviour;
import rrlog.core.qemu.Extension;
import rrlog.core.qemu.Trait;

/** The environment configuration registers (RISC-V Privileged 1.12, section 3.1.18). */
final class Envcfg {
  /** cbo.zero is allowed. */
  static final long CBZE = 1 << 7;

  /** cbo.clean and cbo.flush are allowed. */
  static final long CBCFE = 1 << 6;

  /** How cbo.inval works, if it is allowed. */
  static final long CBIE = 3 << 4;

  private static final long STCE = 1L << 63;
  private static final long PBMTE = 1L << 62;
  private static final long ADUE = 1L << 61;
  private static final long CDE = 1L << 60;

  /** CBZE, CBCFE, CBIE and FIOM. */
  static final long SUPERVISOR_WRITABLE = 0xf1;

  private static final int MENVCFG = 0x30a;
  private static final int SENVCFG = 0x10a;
  private static final int HENVCFG = 0x60a;
  private static final int MCOUNTEREN = 0x306;
  private static final long COUNT_TIME = 2;

  private Envcfg() {}

  /** menvcfg. */
  static void define(CsrFile csrs, HartState s, SupervisorTimer timer) {
    Behaviour behaviour = s.behaviour;
    boolean gates = behaviour.has(Trait.STCE_GATES_STIMECMP);
    boolean follows = behaviour.has(Trait.HENVCFG_FOLLOWS_MENVCFG);
    long writable = SUPERVISOR_WRITABLE;
    if (!behaviour.has(Trait.MENVCFG_WARL)) {
      writable |= PBMTE | STCE;
    }
    if (s.cpu.has(Extension.SSTC)) {
      writable |= STCE;
    }
    boolean types = s.cpu.has(Extension.SVPBMT);
    if (types) {
      writable |= PBMTE;
    }
    s.mmu.pageFormat(
        new PageFormat(
            behaviour.has(Trait.PBMTE_GATES_TYPES)
                ? () -> (csrs.plainValue(MENVCFG) & PBMTE) != 0
                : () -> types,
            s.cpu.has(Extension.SVNAPOT),
            behaviour.has(Trait.PTE_RESERVED_FAULTS),
            behaviour.has(Trait.PTE_TYPE_3_FAULTS)));
    if (behaviour.has(Trait.MENVCFG_ADUE)) {
      writable |= ADUE;
      s.mmu.hardwareUpdates(() -> (csrs.plainValue(MENVCFG) & ADUE) != 0);
    }
    if (behaviour.has(Trait.MENVCFG_CDE)) {
      writable |= CDE;
    }
    csrs.plain(
        MENVCFG,
        "menvcfg",
        writable,
        old -> {
          if (follows) {
            csrs.setPlain(HENVCFG, csrs.plainValue(HENVCFG) & henvcfgWritable(csrs));
          }
          if (gates && supervisorTimerOn(csrs) != old < 0) {
            if (old < 0) {
              timer.vstimecmpOff();
              timer.stimecmpOff();
            } else {
              timer.stimecmpWritten(s.stimecmp);
            }
          }
        });
  }

  /** henvcfg. */
  static void defineHypervisors(CsrFile csrs, HartState s, SupervisorTimer timer) {
    Behaviour behaviour = s.behaviour;
    boolean gates = behaviour.has(Trait.STCE_GATES_STIMECMP);
    if (!behaviour.has(Trait.HENVCFG_FOLLOWS_MENVCFG)) {
      csrs.plain(HENVCFG, "henvcfg", SUPERVISOR_WRITABLE | STCE | PBMTE);
      return;
    }
    csrs.plain(HENVCFG, "henvcfg", 0);
    csrs.register(
        HENVCFG,
        "henvcfg",
        () -> csrs.plainValue(HENVCFG),
        v -> {
          boolean on = csrs.plainValue(HENVCFG) < 0;
          csrs.setPlain(HENVCFG, v & henvcfgWritable(csrs));
          if (gates && virtualTimerOn(csrs) != on) {
            if (on) {
              timer.vstimecmpOff();
            } else {
              timer.vstimecmpWritten(s.vstimecmp, s.htimedelta);
            }
          }
        });
  }

  private static long henvcfgWritable(CsrFile csrs) {
    return SUPERVISOR_WRITABLE | csrs.plainValue(MENVCFG) & (STCE | PBMTE | ADUE);
  }

  /** What a reset makes of menvcfg. */
  static void reset(CsrFile csrs, HartState s) {
    csrs.setPlain(MENVCFG, s.behaviour.menvcfgAtReset());
  }

  /** Whether menvcfg, and below S-mode senvcfg, have any of the bits. */
  static boolean allows(CsrFile csrs, int privilege, long bits) {
    boolean machine = (csrs.plainValue(MENVCFG) & bits) != 0;
    boolean supervisor = (csrs.plainValue(SENVCFG) & bits) != 0;
    return switch (privilege) {
      case HartState.MACHINE -> true;
      case HartState.SUPERVISOR -> machine;
      default -> machine && supervisor;
    };
  }

  /** menvcfg.STCE. */
  static boolean supervisorTimerOn(CsrFile csrs) {
    return csrs.plainValue(MENVCFG) < 0;
  }

  /** STCE of menvcfg and henvcfg. */
  static boolean virtualTimerOn(CsrFile csrs) {
    return supervisorTimerOn(csrs) && csrs.plainValue(HENVCFG) < 0;
  }

  /** Arms the timers behind stimecmp and vstimecmp again, as far as they are on. */
  static void rearm(CsrFile csrs, HartState s, SupervisorTimer timer) {
    if (!supervisorTimerOn(csrs)) {
      return;
    }
    timer.stimecmpWritten(s.stimecmp);
    if (virtualTimerOn(csrs)) {
      timer.vstimecmpWritten(s.vstimecmp, s.htimedelta);
    }
  }

  /** Whether stimecmp can be reached from below M-mode (Sstc, section 2.1). */
  static boolean supervisorTimerVisible(CsrFile csrs) {
    return supervisorTimerOn(csrs) && (csrs.plainValue(MCOUNTEREN) & COUNT_TIME) != 0;
  }
}
