package rrlog.core.machine.hart;

import rrlog.core.machine.bus.Bus;

/**
 * One RV64 hart. Confined to one thread.
 *
 * <p>Everything asynchronous is decided outside: the loop around it gives {@link #run} a budget of
 * instructions, and takes interrupts with {@link #takeInterrupt()}. So a player and a recorder
 * drive the same hart.
 */
public final class Hart {
  /** Interrupt line: supervisor software. */
  public static final int SSIP = 1;

  /** Interrupt line: machine software. */
  public static final int MSIP = 3;

  /** Interrupt line: supervisor timer. */
  public static final int STIP = 5;

  /** Interrupt line: machine timer. */
  public static final int MTIP = 7;

  /** Interrupt line: supervisor external. */
  public static final int SEIP = 9;

  /** Interrupt line: machine external. */
  public static final int MEIP = 11;

  /** A hart before its first {@link #reset}, which the board does when memory is loaded. */
  public Hart(
      Bus bus,
      HartIdentity identity,
      GuestClock clock,
      SupervisorTimer supervisorTimer,
      ExecutionEvents events) {
    throw new UnsupportedOperationException("not yet");
  }

  /**
   * Resets as QEMU's machine reset does (semantics page, section 7): pc, privilege, MIE, MPRV,
   * mcause and so on; general registers, mtvec, mepc, mie, icount ... are kept. A new hart has all
   * of them 0.
   *
   * @param vector the new pc, 0x1000 on {@code virt}
   */
  public void reset(long vector) {
    throw new UnsupportedOperationException("not yet");
  }

  /**
   * Executes until {@code budget} instructions have been counted or something happened; never
   * counts more than {@code budget}. Same as {@code run(budget, budget)}.
   */
  public StopReason run(long budget) {
    return run(budget, budget);
  }

  /**
   * Executes until {@code budget} instructions have been counted or something happened; never
   * counts more than {@code budget}.
   *
   * <p>If halted: goes on if an interrupt is pending in {@code mip & mie} (enabled or not), else
   * returns {@link StopReason#HALTED} at once.
   *
   * @param budget 0 or more; 0 does nothing
   * @param untilEvent how many instructions the log has left before its next event, at least {@code
   *     budget}: a {@code wfi} counts the rest of its translation block, but not beyond this
   *     (semantics page, section 4.2). What of these phantom instructions exceeds {@code budget} is
   *     counted by the next call before anything else.
   */
  public StopReason run(long budget, long untilEvent) {
    throw new UnsupportedOperationException("not yet");
  }

  /**
   * Guest instructions counted since the hart was made, never reset. Inside a device access or a
   * CSR instruction it includes that instruction (semantics page, section 2).
   */
  public long icount() {
    throw new UnsupportedOperationException("not yet");
  }

  /**
   * Makes {@link #run} return {@link StopReason#STOP} after the instruction that is being executed.
   */
  public void requestStop() {
    throw new UnsupportedOperationException("not yet");
  }

  /**
   * Whether {@link #run} returns {@link StopReason#INTERRUPT} as soon as an interrupt could be
   * taken; initially not.
   */
  public void stopAtInterrupts(boolean stop) {
    throw new UnsupportedOperationException("not yet");
  }

  /** Whether an interrupt is pending and enabled in the current mode. */
  public boolean interruptPending() {
    throw new UnsupportedOperationException("not yet");
  }

  /**
   * Takes the highest-priority pending and enabled interrupt now (semantics page, section 4.1) and
   * wakes the hart.
   *
   * @return whether there was one; if not, nothing changes
   */
  public boolean takeInterrupt() {
    throw new UnsupportedOperationException("not yet");
  }

  /**
   * Whether a wake-up is due: an interrupt is pending in {@code mip & mie}, whether enabled
   * globally or not.
   */
  public boolean hasWork() {
    throw new UnsupportedOperationException("not yet");
  }

  /** Whether the hart waits in {@code wfi}. */
  public boolean halted() {
    throw new UnsupportedOperationException("not yet");
  }

  /** Sets the level of an interrupt line, one of the constants above. */
  public void setInterruptLine(int irq, boolean level) {
    throw new UnsupportedOperationException("not yet");
  }

  /** What the guest last wrote to {@code stimecmp}. */
  public long stimecmp() {
    throw new UnsupportedOperationException("not yet");
  }

  /** Address of the next instruction, or of the one being executed. */
  public long pc() {
    throw new UnsupportedOperationException("not yet");
  }

  /** Integer register {@code index}, 0 to 31. */
  public long x(int index) {
    throw new UnsupportedOperationException("not yet");
  }

  /** All registers now. */
  public CpuState state() {
    throw new UnsupportedOperationException("not yet");
  }

  /**
   * The instruction at a virtual address as the current mode would fetch it, without side effects,
   * for traces.
   *
   * @return 16 or 32 bits, or -1 if it cannot be fetched from memory
   */
  public long peekInstruction(long address) {
    throw new UnsupportedOperationException("not yet");
  }
}
