package rrlog.core.run.find;

import java.util.List;
import java.util.Optional;
import rrlog.core.machine.riscv.hart.Privilege;
import rrlog.core.run.timeline.Place;

/**
 * An answer.
 *
 * @param place before the instruction that did it
 * @param pc its address
 * @param privilege the mode that it ran in
 * @param detail what it did
 */
public record Finding(Place place, long pc, Privilege privilege, Detail detail) {

  /** What only some queries ask about. */
  public sealed interface Detail {}

  /**
   * An access to memory.
   *
   * @param length bytes
   * @param value what was stored or loaded, its low bytes
   * @param old what was there; empty for loads, and where no memory is
   */
  public record Access(long address, int length, long value, Optional<Long> old)
      implements Detail {}

  /** Nothing more. */
  public record Execution() implements Detail {}

  /**
   * A call.
   *
   * @param arguments a0 to a7
   * @param result a0 when it returned; empty where it did not
   */
  public record Call(List<Long> arguments, Optional<Long> result) implements Detail {
    /** Copies the list. */
    public Call {
      arguments = List.copyOf(arguments);
    }
  }

  /**
   * A CSR changed.
   *
   * @param csr its number
   * @param value what it shows now
   * @param old what it showed
   */
  public record CsrChange(int csr, long value, long old) implements Detail {}

  /**
   * A trap.
   *
   * @param cause number of the exception or interrupt
   * @param tval what goes into mtval or stval
   */
  public record Trap(int cause, boolean interrupt, long tval) implements Detail {}

  /**
   * The first character of a text was printed.
   *
   * @param offset of that character in all that was printed, bytes
   */
  public record Printed(long offset) implements Detail {}
}
