package rrlog.core.replay;

/** The embedder's count of executed guest instructions. */
@FunctionalInterface
public interface InstructionCounter {
  /**
   * Guest instructions executed since the machine started; never reset, never decreasing.
   *
   * <p>While an instruction accesses a device or a CSR it is already included (icount semantics
   * section 2).
   */
  long icount();

  /**
   * As {@link #icount()}, but without an instruction that accesses a device and is going to fault
   * all the same, so that it will not have counted.
   */
  default long counted() {
    return icount();
  }
}
