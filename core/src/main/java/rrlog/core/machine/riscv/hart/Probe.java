package rrlog.core.machine.riscv.hart;

/**
 * Is told what a running hart does at places that were {@linkplain Marks marked}. It may look at
 * everything and change nothing.
 */
public interface Probe {
  /** Looks at nothing. */
  Probe NONE =
      new Probe() {
        @Override
        public boolean executing(long pc) {
          return false;
        }

        @Override
        public void accessing(boolean store, long address, int size, long value) {}

        @Override
        public void trapping(int cause, long value, boolean interrupt) {}

        @Override
        public void trapped() {}

        @Override
        public void writing(int csr, long value) {}
      };

  /**
   * A marked instruction is about to be executed.
   *
   * @return whether the hart is to stop before it
   */
  boolean executing(long pc);

  /**
   * A marked part of memory is about to be loaded from or stored to, by the instruction that {@code
   * Hart.icount()} already includes.
   *
   * @param address virtual
   * @param size bytes
   * @param value what is stored; 0 for a load
   */
  void accessing(boolean store, long address, int size, long value);

  /**
   * A trap is about to be taken; the hart's pc is that of the instruction that caused it or would
   * have come next.
   *
   * @param cause the exception's or interrupt's number
   * @param value for mtval or stval
   */
  void trapping(int cause, long value, boolean interrupt);

  /** The trap of the last call of {@link #trapping} was taken. */
  void trapped();

  /**
   * A marked CSR was written by an instruction, the one that {@code Hart.icount()} already
   * includes.
   *
   * @param csr its number
   * @param value what it shows now
   */
  void writing(int csr, long value);
}
