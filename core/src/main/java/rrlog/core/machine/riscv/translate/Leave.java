package rrlog.core.machine.riscv.translate;

/**
 * Ends a {@link Region} behind the instruction that is being executed, which lowered the limit or
 * changed the region's own instructions. One for all, without a stack trace.
 */
public final class Leave extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The only one; what it is about stands in the {@link Context}. */
  public static final Leave NOW = new Leave();

  private Leave() {
    super("leave", null, false, false);
  }
}
