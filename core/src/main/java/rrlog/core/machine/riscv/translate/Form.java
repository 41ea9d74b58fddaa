package rrlog.core.machine.riscv.translate;

/** How a {@link Region} is made: the more it runs, the more may be spent on its compilation. */
public enum Form {
  /** Loads and stores are calls of {@link Direct}; registers are in memory. Quick to compile. */
  CALLING,
  /** Loads and stores are within the region. */
  INLINED,
  /**
   * Registers are in local variables, too, from entry to end; a load or store that the TLB does not
   * know ends the region before it. For what loops for long.
   */
  LOOPING
}
