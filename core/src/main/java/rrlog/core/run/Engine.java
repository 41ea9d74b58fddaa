package rrlog.core.run;

import java.io.IOException;
import java.io.OutputStream;
import rrlog.core.log.LogReader;
import rrlog.core.machine.board.virt.MachineConfig;

/** Something that can re-execute a log. Whoever asks for a state does not know which it is. */
@FunctionalInterface
public interface Engine {
  /** rrlog's own machine, in this process. */
  Engine REFERENCE = ReExecution::of;

  /**
   * Builds the machine; nothing runs yet.
   *
   * @param log read as the run goes on; it stays the caller's to close
   * @param console where the serial port's output goes
   * @throws CannotReExecuteException where there is no such machine, or the log is none for it
   * @throws IOException where the log cannot be read
   */
  Execution start(LogReader log, MachineConfig config, OutputStream console)
      throws CannotReExecuteException, IOException;
}
