package rrlog.core.run;

import java.io.IOException;
import rrlog.core.machine.board.virt.MachineState;
import rrlog.core.replay.StopAt;

/** A log that is being re-executed. */
public interface Execution {
  /**
   * Goes on from where the last call stopped.
   *
   * @throws IOException where the log cannot be read, or the console not be written
   */
  Outcome play(StopAt until) throws IOException;

  /** What the machine is now; hashing its memory takes time. */
  MachineState state();
}
