package rrlog.core.machine.riscv.mmu;

/**
 * Wants to be told of loads and stores in some pages, which are then never accessed directly; or
 * {@linkplain Mmu#guard refuses} some.
 */
public interface AccessWatcher {
  /** Watches nothing. */
  AccessWatcher NONE =
      new AccessWatcher() {
        @Override
        public boolean watchesPage(long address) {
          return false;
        }

        @Override
        public void accessing(boolean store, long address, int size, long value) {}
      };

  /** Whether anything in the page of a virtual address is watched. */
  boolean watchesPage(long address);

  /**
   * A load or store is about to be done, anywhere; it was translated and is allowed.
   *
   * @param size 1, 2, 4 or 8 bytes
   * @param value what is stored; 0 for a load
   */
  void accessing(boolean store, long address, int size, long value);
}
