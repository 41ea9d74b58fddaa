package rrlog.core.machine.riscv.hart;

import rrlog.core.machine.riscv.mmu.Pmp;
import rrlog.core.qemu.Behaviour;
import rrlog.core.qemu.CpuModel;
import rrlog.core.qemu.Extension;
import rrlog.core.qemu.Trait;

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
          | Status.MPP
          | Status.FS
          | Status.MPRV
          | Status.SUM
          | Status.MXR
          | Status.TVM
          | Status.TW
          | Status.TSR;
  private static final long STATUS_OF_TRANSLATION =
      Status.MXR | Status.MPP | Status.MPV | Status.MPRV | Status.SUM;
  private static final long DELEGABLE_EXCEPTIONS = 0xf0_bfff;
  private static final long DELEGABLE_INTERRUPTS = 0x2666;
  private static final long ALL_INTERRUPTS = 0x3eee;
  private static final long COUNTER_OVERFLOW = 1L << 13;

  /** Interrupts 16 and up. */
  static final long LOCAL_INTERRUPTS = -1L << 16;

  private static final long ECALL_FROM_MACHINE = 1L << 11;

  /** Exception 18. */
  static final long SOFTWARE_CHECK = 1L << 18;

  private static final int PMP_CONFIGURATION = 0x3a0;
  private static final int PMP_ADDRESS = 0x3b0;
  private static final int PMP_CSRS = 64;
  private static final long SEIP = 1L << Hart.SEIP;
  private static final long STIP = 1L << Hart.STIP;

  private MachineCsrs() {}

  static void define(
      CsrFile csrs, HartState s, Counters counters, ExecutionEvents events, SupervisorTimer timer) {
    floatingPoint(csrs, s);
    Behaviour behaviour = s.behaviour;
    CpuModel.Identity identity = s.cpu.identity();
    long vendor = identity.vendor().orElse(0);
    long architecture = identity.architecture().orElse(behaviour.marchid());
    long implementation = identity.implementation().orElse(behaviour.mimpid());
    csrs.fixed(0xf11, "mvendorid", () -> vendor);
    csrs.fixed(0xf12, "marchid", () -> architecture);
    csrs.fixed(0xf13, "mimpid", () -> implementation);
    csrs.fixed(0xf14, "mhartid", () -> 0);
    csrs.fixed(0xf15, "mconfigptr", () -> 0);
    csrs.register(0x300, "mstatus", () -> Status.withSummary(s.mstatus), v -> writeStatus(s, v));
    csrs.fixed(0x301, "misa", () -> MISA);
    long delegable = delegable(behaviour);
    csrs.register(0x302, "medeleg", () -> s.medeleg, v -> s.medeleg = v & delegable);
    csrs.masked(
        0x303,
        "mideleg",
        () -> s.mideleg,
        (value, mask) -> {
          long writable = mask & delegableInterrupts(behaviour);
          s.mideleg = s.mideleg & ~writable | value & writable;
        });
    csrs.masked(0x304, "mie", () -> s.mie, (value, mask) -> writeEnables(s, value, mask));
    csrs.register(0x305, "mtvec", () -> s.mtvec, v -> s.mtvec = vector(s.mtvec, v));
    csrs.plain(0x306, "mcounteren", counterEnables(behaviour));
    Envcfg.define(csrs, s, timer);
    csrs.plain(0x340, "mscratch", -1);
    long epc = exceptionPcBits(behaviour);
    csrs.register(0x341, "mepc", () -> s.mepc & epc, v -> s.mepc = v & epc);
    csrs.register(0x342, "mcause", () -> s.mcause, v -> s.mcause = v);
    csrs.register(0x343, "mtval", () -> s.mtval, v -> s.mtval = v);
    csrs.masked(0x344, "mip", s::pendingBits, (value, mask) -> writePending(csrs, s, value, mask));
    csrs.register(0x34a, "mtinst", () -> s.mtinst, v -> s.mtinst = v);
    csrs.register(0x34b, "mtval2", () -> s.mtval2, v -> s.mtval2 = v);
    counters(csrs, counters, behaviour);
    protection(csrs, s);
    triggers(csrs, s, events);
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

  private static long delegable(Behaviour behaviour) {
    long bits = DELEGABLE_EXCEPTIONS;
    if (behaviour.has(Trait.MEDELEG_SOFTWARE_CHECK)) {
      bits |= SOFTWARE_CHECK;
    }
    return behaviour.has(Trait.MEDELEG_ECALL_M_FIXED) ? bits & ~ECALL_FROM_MACHINE : bits;
  }

  private static long delegableInterrupts(Behaviour behaviour) {
    return behaviour.has(Trait.COUNTER_OVERFLOW_NEEDS_SSCOFPMF)
        ? DELEGABLE_INTERRUPTS & ~COUNTER_OVERFLOW
        : DELEGABLE_INTERRUPTS;
  }

  /** Bits of mcounteren, scounteren and hcounteren: of cycle, time, instret and 16 hpm counters. */
  static long counterEnables(Behaviour behaviour) {
    return behaviour.has(Trait.COUNTEREN_WARL) ? 0x7ffff : -1;
  }

  /** The bits of mepc and sepc that are there. */
  static long exceptionPcBits(Behaviour behaviour) {
    return behaviour.has(Trait.EPC_BIT_0_CLEAR) ? ~1L : -1;
  }

  /** mstatus: UXL cannot become 0, SXL is fixed; what affects translation flushes, as in QEMU. */
  static void writeStatus(HartState s, long value) {
    long writable = STATUS_WRITABLE;
    if (!s.behaviour.has(Trait.STATUS_VS_NEEDS_V)) {
      writable |= Status.VS;
    }
    if (!s.behaviour.has(Trait.MSTATUS_LEGALISED)) {
      writable |= Status.MPV | Status.GVA | ((value & Status.UXL) != 0 ? Status.UXL : 0);
    }
    if (s.behaviour.has(Trait.MPP_LEGALISED) && (value & Status.MPP) >>> Status.MPP_SHIFT == 2) {
      writable &= ~Status.MPP;
    }
    boolean flush = ((value ^ s.mstatus) & STATUS_OF_TRANSLATION) != 0;
    s.setStatus(s.mstatus & ~writable | value & writable);
    if (flush) {
      s.flushTranslations();
    }
  }

  static void writeEnables(HartState s, long value, long mask) {
    boolean local = s.behaviour.has(Trait.MIE_LOCAL_INTERRUPTS);
    long all = local ? ALL_INTERRUPTS & ~COUNTER_OVERFLOW | LOCAL_INTERRUPTS : ALL_INTERRUPTS;
    long writable = mask & all;
    s.mie = s.mie & ~writable | value & writable;
  }

  /**
   * mip: SEIP is the or of the line and what software writes; STIP belongs to stimecmp once that is
   * on.
   */
  static void writePending(CsrFile csrs, HartState s, long value, long mask) {
    long writable = mask & delegableInterrupts(s.behaviour);
    long bits = value;
    if ((writable & SEIP) != 0) {
      s.softwareSeip = (value & SEIP) != 0;
      bits = s.externalSeip ? bits | SEIP : bits;
    }
    boolean timer = s.cpu.has(Extension.SSTC) && Envcfg.supervisorTimerOn(csrs);
    if (s.privilege == HartState.MACHINE && timer) {
      boolean shared = s.behaviour.has(Trait.MIP_VSTIP_FOLLOWS_HENVCFG);
      writable &= shared && !Envcfg.virtualTimerOn(csrs) ? ~STIP : ~(STIP | HypervisorCsrs.VSTIP);
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

  private static void counters(CsrFile csrs, Counters counters, Behaviour behaviour) {
    long stoppable = behaviour.has(Trait.COUNTEREN_WARL) ? 0x7fffd : -1;
    csrs.register(
        0x320, "mcountinhibit", counters::inhibit, v -> counters.setInhibit(v & stoppable));
    counter(csrs, counters, 0, "mcycle");
    counter(csrs, counters, 2, "minstret");
    for (int i = Counters.FIRST_HPM; i < 32; i++) {
      int n = i;
      csrs.register(
          CsrNumber.MHPMEVENT_BASE + n,
          "mhpmevent" + n,
          () -> counters.event(n),
          v -> counters.setEvent(n, v));
      if (n <= Counters.LAST_HPM) {
        counter(csrs, counters, n, "mhpmcounter" + n);
      }
    }
  }

  private static void counter(CsrFile csrs, Counters counters, int n, String name) {
    csrs.noticing(
        CsrNumber.MCYCLE + n,
        name,
        () -> counters.read(n),
        () -> counters.wasRead(n),
        v -> counters.write(n, v));
  }

  private static void protection(CsrFile csrs, HartState s) {
    Pmp pmp = s.mmu.pmp();
    long addressBits = s.behaviour.has(Trait.PMP_ADDRESS_54) ? (1L << 54) - 1 : -1;
    for (int i = 0; i < 2; i++) {
      int half = i;
      csrs.register(
          PMP_CONFIGURATION + 2 * half,
          "pmpcfg" + 2 * half,
          () -> pmp.configuration(half),
          v -> {
            pmp.configure(half, v);
            s.flushTranslations();
          });
    }
    boolean flushes = s.behaviour.has(Trait.PMP_ADDRESS_FLUSHES);
    for (int i = 0; i < Pmp.REGIONS; i++) {
      int region = i;
      csrs.register(
          PMP_ADDRESS + region,
          "pmpaddr" + region,
          () -> pmp.address(region),
          v -> {
            pmp.setAddress(region, v & addressBits);
            if (flushes) {
              s.flushTranslations();
            }
          });
    }
    if (s.behaviour.has(Trait.PMP_64)) {
      for (int i = Pmp.REGIONS; i < PMP_CSRS; i++) {
        csrs.fixed(PMP_ADDRESS + i, "pmpaddr" + i, () -> 0);
        if (i % 8 == 0) {
          csrs.fixed(PMP_CONFIGURATION + i / 4, "pmpcfg" + i / 4, () -> 0);
        }
      }
    }
  }

  private static void triggers(CsrFile csrs, HartState s, ExecutionEvents events) {
    Triggers triggers = s.triggers;
    csrs.register(0x7a0, "tselect", triggers::selected, triggers::select);
    csrs.register(0x7a1, "tdata1", triggers::data1, v -> triggers.setData1(v, events));
    csrs.register(0x7a2, "tdata2", triggers::data2, triggers::setData2);
    csrs.register(0x7a3, "tdata3", triggers::data3, triggers::setData3);
    csrs.fixed(0x7a4, "tinfo", () -> 0x44);
    if (s.behaviour.has(Trait.TRIGGER_CONTEXT)) {
      csrs.register(0x7a8, "mcontext", triggers::context, triggers::setContext);
    }
  }
}
