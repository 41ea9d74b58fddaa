package rrlog.core.machine.riscv.translate;

/** Translated instructions of one page. It is for every virtual address at which the page lies. */
public abstract class Region {
  /** Instructions executed, for who runs it to count. */
  public long executed;

  /** How often it was entered, for who runs it to count. */
  public long entered;

  /** A region; the translator makes its classes. */
  protected Region() {}

  /**
   * Executes from one of the {@linkplain Shape#entries() entries} until the way leads out of the
   * region or the budget might be passed, and leaves in {@code context} where that was. The caller
   * goes on from there; where nothing was executed, without this region.
   *
   * @param x the integer registers
   * @param tlb the {@link rrlog.core.machine.riscv.mmu.Tlb#entries} of the current mode
   * @param base virtual address of the page
   * @param budget the most instructions that may be counted
   * @param entry slot to begin at
   * @return what is left of the budget
   * @throws Leave if it ends behind an instruction that asked for it
   * @throws rrlog.core.machine.riscv.mmu.Trap if an instruction raises an exception
   */
  public abstract int run(Context context, long[] x, long[] tlb, long base, int budget, int entry);
}
