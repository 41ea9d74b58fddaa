package rrlog.core.run.gdb;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * What a debugger asks of a recording. Places are instructions; going back is as good as going
 * forward. Confined to the thread that serves the client.
 */
public interface DebugTarget {

  /** Executes to the next place. */
  Stop stepForward();

  /** Goes to the place before this one. */
  Stop stepBackward();

  /**
   * Executes until something in {@link #breakpoints} is hit, the log ends, or the run departs from
   * it.
   *
   * @param interrupted asked now and then whether the user wants to stop
   */
  Stop continueForward(BooleanSupplier interrupted);

  /** Goes back to where something in {@link #breakpoints} was last hit, or to the log's begin. */
  Stop continueBackward(BooleanSupplier interrupted);

  /** From now on these are looked for, and no others. */
  void breakpoints(List<Breakpoint> all);

  /** The registers, in the order in which they are described to the debugger. */
  List<Register> registers();

  /** A register's value, of which its low {@link Register#bits()} bits count. */
  long value(Register register);

  /**
   * Memory as the executing code sees it: virtual where translation is on. No side effects; a
   * device's registers are not read.
   *
   * @param length bytes, 1 or more; the answer may be shorter where memory ends
   * @return empty where nothing can be read at {@code address}
   */
  Optional<byte[]> memory(long address, int length);

  /** Answers a {@code monitor} command in text for people, with line ends. */
  String monitor(String command);
}
