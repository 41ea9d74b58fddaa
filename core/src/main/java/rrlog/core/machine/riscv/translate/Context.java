package rrlog.core.machine.riscv.translate;

/**
 * What a running {@link Region} asks for what it cannot do itself, and where it leaves how far it
 * came.
 *
 * <p>A {@code site} tells of the instruction that asks: see {@link Site}.
 */
public abstract class Context {
  /** Address of the next instruction, when a region returns. */
  public long pc;

  /**
   * What was left of the budget when the current block began, when a region returns or asks; -1
   * where it began before.
   */
  public int block;

  /** A context. */
  protected Context() {}

  /**
   * Loads from anywhere.
   *
   * @param left what is left of the budget before the instructions that {@code site} tells of
   * @return zero-extended
   * @throws Leave if the region is to end behind this instruction
   */
  public abstract long load(long address, int left, long site);

  /**
   * Stores to anywhere.
   *
   * @throws Leave if the region is to end behind this instruction
   */
  public abstract void store(long address, long value, int left, long site);

  /**
   * Executes an instruction of A, F or D.
   *
   * @param instruction as {@link rrlog.core.machine.riscv.isa.Decoded} describes
   * @throws Leave if the region is to end behind this instruction
   */
  public abstract void execute(long instruction, int left, long site);
}
