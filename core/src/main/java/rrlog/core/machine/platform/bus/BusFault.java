package rrlog.core.machine.platform.bus;

/**
 * An access to a physical address where nothing is mapped, or with a size or alignment that the
 * device there refuses.
 *
 * <p>One instance without a stack trace, because guests probe for hardware and each probe ends
 * here; whoever catches it knows the address it asked for.
 */
public final class BusFault extends RuntimeException {
  /** The only instance. */
  public static final BusFault INSTANCE = new BusFault();

  private static final long serialVersionUID = 1L;

  private BusFault() {
    super("physical access fault", null, false, false);
  }
}
