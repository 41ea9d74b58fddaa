package rrlog.core.run;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import rrlog.core.replay.PlayResult;
import rrlog.core.replay.StopAt;

/** The instructions before a divergence; the log is re-executed once more to see them. */
public final class LastInstructions {
  private LastInstructions() {}

  /**
   * The last instructions.
   *
   * @param <T> what is kept of each
   * @param again a run that nothing was played of
   * @param icount instructions up to the divergence
   * @param count how many instructions at most
   * @param look asked before each instruction, once; what it answers is kept
   * @return oldest first; empty where the machine does not diverge again
   * @throws IOException where the log cannot be read
   */
  public static <T> List<T> before(ReExecution again, long icount, int count, Supplier<T> look)
      throws IOException {
    Deque<T> last = new ArrayDeque<>();
    again.trace(
        Math.max(0, icount - count),
        Long.MAX_VALUE,
        () -> {
          last.add(look.get());
          if (last.size() > count) {
            last.remove();
          }
        },
        () -> {});
    PlayResult result = again.play(StopAt.END).result();
    return result.ended() == PlayResult.Ended.DIVERGENCE ? List.copyOf(last) : List.of();
  }
}
