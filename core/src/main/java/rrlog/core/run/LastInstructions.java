package rrlog.core.run;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import rrlog.core.log.LogReader;
import rrlog.core.machine.board.virt.MachineConfig;
import rrlog.core.machine.board.virt.VirtMachine;
import rrlog.core.replay.PlayResult;
import rrlog.core.replay.StopAt;

/** The instructions before a divergence; the log is re-executed once more to see them. */
public final class LastInstructions {
  private LastInstructions() {}

  /**
   * The last instructions.
   *
   * @param <T> what is kept of each
   * @param log from its start
   * @param icount instructions up to the divergence
   * @param count how many instructions at most
   * @param look asked before each instruction, once, with the machine; what it answers is kept
   * @return oldest first; empty where the machine does not diverge again
   * @throws CannotReExecuteException where there is no such machine
   * @throws IOException where the log cannot be read
   */
  public static <T> List<T> before(
      LogReader log, MachineConfig config, long icount, int count, Function<VirtMachine, T> look)
      throws CannotReExecuteException, IOException {
    ReExecution again = ReExecution.of(log, config, OutputStream.nullOutputStream());
    VirtMachine machine = again.machine();
    Deque<T> last = new ArrayDeque<>();
    again.trace(
        Math.max(0, icount - count),
        Long.MAX_VALUE,
        () -> {
          last.add(look.apply(machine));
          if (last.size() > count) {
            last.remove();
          }
        },
        () -> {});
    PlayResult result = again.play(StopAt.END).result();
    return result.ended() == PlayResult.Ended.DIVERGENCE ? List.copyOf(last) : List.of();
  }
}
