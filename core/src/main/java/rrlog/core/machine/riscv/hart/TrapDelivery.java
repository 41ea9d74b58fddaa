package rrlog.core.machine.riscv.hart;

import rrlog.core.qemu.Trait;

/**
 * Entry to and return from trap handlers (RISC-V Privileged 1.12, sections 3.1.6.1, 3.3.2, 4.1),
 * with the hypervisor extension present and never in use: MPV and SPV are cleared, mtval2 and htval
 * are 0.
 */
final class TrapDelivery {
  private static final long INTERRUPT = 1L << 63;
  private static final int VECTORED = 1;

  private TrapDelivery() {}

  static void exception(HartState s, int cause, long value) {
    if (s.privilege <= HartState.SUPERVISOR && (s.medeleg >>> cause & 1) != 0) {
      toSupervisor(s, cause, value, instruction(s, cause, value), false);
    } else {
      toMachine(s, cause, value, instruction(s, cause, value), false);
    }
  }

  static void interrupt(HartState s, int number) {
    if (s.privilege <= HartState.SUPERVISOR && (s.mideleg >>> number & 1) != 0) {
      toSupervisor(s, number, 0, 0, true);
    } else {
      toMachine(s, number, 0, 0, true);
    }
  }

  /** For mtinst and htinst. */
  private static long instruction(HartState s, int cause, long value) {
    boolean shown =
        switch (cause) {
          case 4, 5, 6, 7, 13, 15 -> s.behaviour.has(Trait.FAULT_SHOWS_INSTRUCTION);
          default -> false;
        };
    return shown ? TransformedInstruction.of(s.instructionAtPc(), s.x, value) : 0;
  }

  private static void toMachine(
      HartState s, int cause, long value, long instruction, boolean interrupt) {
    long status = s.mstatus & ~(Status.MPIE | Status.MPP | Status.MIE | Status.MPV);
    if ((s.mstatus & Status.MIE) != 0) {
      status |= Status.MPIE;
    }
    s.mstatus = status | (long) s.privilege << Status.MPP_SHIFT;
    s.mcause = interrupt ? INTERRUPT | cause : cause;
    s.mepc = s.pc;
    s.mtval = value;
    s.mtval2 = 0;
    s.mtinst = instruction;
    s.pc = vector(s.mtvec, cause, interrupt);
    s.setPrivilege(HartState.MACHINE);
  }

  private static void toSupervisor(
      HartState s, int cause, long value, long instruction, boolean interrupt) {
    long status = s.mstatus & ~(Status.SPIE | Status.SPP | Status.SIE);
    if ((s.mstatus & Status.SIE) != 0) {
      status |= Status.SPIE;
    }
    if (s.privilege == HartState.SUPERVISOR) {
      status |= Status.SPP;
    }
    s.mstatus = status;
    s.scause = interrupt ? INTERRUPT | cause : cause;
    s.sepc = s.pc;
    s.stval = value;
    s.hstatus &= ~(HypervisorCsrs.HSTATUS_SPV | HypervisorCsrs.HSTATUS_GVA);
    s.htval = 0;
    s.htinst = instruction;
    s.pc = vector(s.stvec, cause, interrupt);
    s.setPrivilege(HartState.SUPERVISOR);
  }

  private static long vector(long tvec, int cause, boolean interrupt) {
    long base = tvec & ~3L;
    return interrupt && (tvec & 3) == VECTORED ? base + 4L * cause : base;
  }

  private static long belowMachine(HartState s, long status) {
    return s.behaviour.has(Trait.RETURN_CLEARS_MPRV) ? status & ~Status.MPRV : status;
  }

  /** mret; the caller has checked that it is allowed. */
  static void returnFromMachine(HartState s) {
    int previous = (int) ((s.mstatus & Status.MPP) >>> Status.MPP_SHIFT);
    long status = s.mstatus & ~(Status.MIE | Status.MPP | Status.MPV) | Status.MPIE;
    if ((s.mstatus & Status.MPIE) != 0) {
      status |= Status.MIE;
    }
    s.mstatus = previous == HartState.MACHINE ? status : belowMachine(s, status);
    s.pc = s.mepc & MachineCsrs.exceptionPcBits(s.behaviour);
    s.setPrivilege(previous);
  }

  /** sret; the caller has checked that it is allowed. */
  static void returnFromSupervisor(HartState s) {
    int previous = (s.mstatus & Status.SPP) != 0 ? HartState.SUPERVISOR : HartState.USER;
    long status = s.mstatus & ~(Status.SIE | Status.SPP) | Status.SPIE;
    if ((s.mstatus & Status.SPIE) != 0) {
      status |= Status.SIE;
    }
    s.mstatus = belowMachine(s, status);
    s.pc = s.sepc & MachineCsrs.exceptionPcBits(s.behaviour);
    s.setPrivilege(previous);
  }
}
