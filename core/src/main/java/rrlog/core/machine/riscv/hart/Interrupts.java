package rrlog.core.machine.riscv.hart;

/**
 * Which interrupt a hart would take (RISC-V Privileged 1.12, section 3.1.9; semantics page, section
 * 4.1).
 */
final class Interrupts {
  private Interrupts() {}

  /** Whether a halted hart wakes up: pending and enabled in mie, whatever mstatus says. */
  static boolean wakeUp(HartState s) {
    return (s.pendingBits() & s.mie) != 0;
  }

  /** The interrupt to take now, or -1. Without AIA, QEMU takes the lowest number. */
  static int highest(HartState s) {
    long pending = s.pendingBits() & s.mie;
    if (pending == 0) {
      return -1;
    }
    boolean machineOn = s.privilege < HartState.MACHINE || (s.mstatus & Status.MIE) != 0;
    long machine = machineOn ? pending & ~s.mideleg : 0;
    if (machine != 0) {
      return Long.numberOfTrailingZeros(machine);
    }
    boolean supervisorOn =
        s.privilege < HartState.SUPERVISOR
            || (s.privilege == HartState.SUPERVISOR && (s.mstatus & Status.SIE) != 0);
    // What hideleg names is for a virtual machine only.
    long supervisor = supervisorOn ? pending & s.mideleg & ~s.hideleg : 0;
    return supervisor == 0 ? -1 : Long.numberOfTrailingZeros(supervisor);
  }
}
