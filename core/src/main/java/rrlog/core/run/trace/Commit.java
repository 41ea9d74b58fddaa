package rrlog.core.run.trace;

import rrlog.core.machine.riscv.hart.Privilege;

/** What an executed instruction did. One object for all of them: it is valid during the call. */
public interface Commit {
  /** What a register is. */
  enum Register {
    /** None was written. */
    NONE,
    /** An integer register other than x0. */
    INTEGER,
    /** A floating-point register. */
    FLOAT
  }

  /** Guest instructions executed before. */
  long icount();

  /** The mode it was executed in. */
  Privilege privilege();

  /** Its virtual address. */
  long pc();

  /** The instruction: 16 or 32 bits. */
  int word();

  /** Which kind of register it wrote. */
  Register register();

  /** Which one of them, 0 to 31. */
  int number();

  /** What that register holds now. */
  long value();

  /** The CSR that it wrote, -1 for none. */
  int csr();

  /** What that CSR shows now. */
  long csrValue();

  /** Bytes that it loaded, 0 for none. */
  int loaded();

  /** Bytes that it stored, 0 for none. */
  int stored();

  /** The virtual address of the first byte that was loaded or stored. */
  long address();

  /** What was stored, zero-extended. */
  long storedValue();
}
