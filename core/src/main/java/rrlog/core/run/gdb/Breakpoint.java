package rrlog.core.run.gdb;

/**
 * What a run is to stop at.
 *
 * @param kind what happens there
 * @param address virtual address of the first byte
 * @param length bytes watched, 1 or more; of an instruction 2 or 4
 */
public record Breakpoint(Kind kind, long address, int length) {
  /** In the order of the protocol's numbers 0 to 4. */
  public enum Kind {
    /** An instruction is about to be executed. */
    SOFTWARE,
    /** The same; a recording needs no changed memory for either. */
    HARDWARE,
    /** A store. */
    WRITE,
    /** A load. */
    READ,
    /** Either. */
    ACCESS;

    /** Whether it is about an instruction. */
    public boolean execution() {
      return this == SOFTWARE || this == HARDWARE;
    }
  }
}
