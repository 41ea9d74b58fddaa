package rrlog.core.machine.riscv.mmu;

/**
 * What an access to memory is for, and what it raises when refused (RISC-V Privileged 1.12, table
 * 3.6).
 */
public enum Access {
  /** Instruction fetch. */
  FETCH(Pmp.EXECUTE, 0, 1, 12),
  /** Load, also the first half of an AMO. */
  LOAD(Pmp.READ, 4, 5, 13),
  /** Store. */
  STORE(Pmp.WRITE, 6, 7, 15);

  private final int permission;
  private final int misaligned;
  private final int accessFault;
  private final int pageFault;

  Access(int permission, int misaligned, int accessFault, int pageFault) {
    this.permission = permission;
    this.misaligned = misaligned;
    this.accessFault = accessFault;
    this.pageFault = pageFault;
  }

  /** The permission it needs, {@link Pmp#READ}, {@link Pmp#WRITE} or {@link Pmp#EXECUTE}. */
  int permission() {
    return permission;
  }

  /** Exception code for a misaligned address. */
  public int misaligned() {
    return misaligned;
  }

  /** Exception code for an access fault. */
  public int accessFault() {
    return accessFault;
  }

  /** Exception code for a page fault. */
  public int pageFault() {
    return pageFault;
  }
}
