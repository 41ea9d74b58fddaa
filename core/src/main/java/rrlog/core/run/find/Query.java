package rrlog.core.run.find;

import java.util.Optional;

/** What is looked for. Addresses are virtual, as the executing code uses them. */
public sealed interface Query {
  /**
   * Stores that touch memory; what a device stores by itself is not seen.
   *
   * @param length bytes, 1 or more
   */
  record Writes(long address, long length) implements Query {}

  /**
   * Loads that touch memory.
   *
   * @param length bytes, 1 or more
   */
  record Reads(long address, long length) implements Query {}

  /** Each execution of an instruction. */
  record Executions(long address) implements Query {}

  /** Each call of a function, with arguments and what it returned. */
  record Calls(long address) implements Query {}

  /**
   * Instructions that change a CSR.
   *
   * @param number of the CSR
   */
  record CsrChanges(int number) implements Query {}

  /**
   * Traps.
   *
   * @param cause what mcause or scause gets, without the topmost bit; empty for all
   * @param interrupt whether interrupts are meant; exceptions otherwise; both where no cause is
   *     named
   */
  record Traps(Optional<Integer> cause, boolean interrupt) implements Query {}

  /**
   * Where the guest printed a text on its console.
   *
   * @param text at least one character
   */
  record ConsoleText(String text) implements Query {}
}
