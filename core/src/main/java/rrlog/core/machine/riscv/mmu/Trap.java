package rrlog.core.machine.riscv.mmu;

/**
 * A synchronous exception on its way from where it arises to where the hart delivers it.
 *
 * <p>A hart has one, without a stack trace, and fills it anew each time: guests that page on demand
 * raise many.
 */
public final class Trap extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int REFETCH = -1;

  private int cause;
  private long value;
  private boolean counted;

  /** An empty one. */
  public Trap() {
    super("trap", null, false, false);
  }

  /**
   * Fills it, for an instruction that QEMU does not count (semantics page, section 4).
   *
   * @param cause exception code
   * @param value for mtval or stval
   */
  public Trap uncounted(int cause, long value) {
    this.cause = cause;
    this.value = value;
    this.counted = false;
    return this;
  }

  /**
   * Fills it, for an instruction that QEMU counts: ecall, ebreak, what its decoder does not know.
   */
  public Trap counted(int cause, long value) {
    uncounted(cause, value);
    this.counted = true;
    return this;
  }

  /** Fills it, for an instruction that is to be fetched anew and then executed. */
  Trap refetched() {
    return uncounted(REFETCH, 0);
  }

  /** Whether this is no exception: the instruction is to be fetched anew. */
  public boolean isRefetch() {
    return cause == REFETCH;
  }

  /** The exception code (RISC-V Privileged 1.12, table 3.6). */
  public int cause() {
    return cause;
  }

  /** What goes into mtval or stval. */
  public long value() {
    return value;
  }

  /** Whether the instruction counts. */
  public boolean isCounted() {
    return counted;
  }
}
