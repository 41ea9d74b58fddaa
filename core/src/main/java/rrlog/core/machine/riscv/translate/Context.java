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

  /** Instructions counted, when a region returns. */
  public long count;

  /** Count at which the current block began, at any time while a region runs. */
  public long block;

  /** A context. */
  protected Context() {}

  /**
   * Loads from anywhere.
   *
   * @param count instructions counted before those that {@code site} tells of
   * @return zero-extended
   * @throws Leave if the region is to end behind this instruction
   */
  public abstract long load(long address, long count, long site);

  /**
   * Stores to anywhere.
   *
   * @throws Leave if the region is to end behind this instruction
   */
  public abstract void store(long address, long value, long count, long site);

  /**
   * Executes an instruction of A, F or D.
   *
   * @param instruction as {@link rrlog.core.machine.riscv.isa.Decoded} describes
   * @throws Leave if the region is to end behind this instruction
   */
  public abstract void execute(long instruction, long count, long site);
}
