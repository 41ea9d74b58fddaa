package rrlog.core.run;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import rrlog.core.machine.riscv.hart.CpuState;
import rrlog.core.machine.riscv.hart.TranslationEffort;
import rrlog.core.replay.PlayResult;
import rrlog.core.replay.StopAt;

/**
 * Re-executes one log on two machines at the same time, of which one translates guest code and the
 * other interprets it, and compares their registers all along and their memory at the end.
 */
public final class TranslationCheck {
  /** Instructions from one comparison to the next. */
  private static final long STEP = 10_000;

  private TranslationCheck() {}

  /**
   * Where the two part.
   *
   * @param from icount at which they were still the same
   * @param to icount at which they were not
   * @param registers those that differ then; none where it is memory, or how the run ends
   */
  public record Apart(long from, long to, List<MachinesApart.Register> registers) {
    /** Copies the list. */
    public Apart {
      registers = List.copyOf(registers);
    }
  }

  /**
   * Runs both to the end, or to where they part.
   *
   * @param translating a machine that has not run yet; it translates from now on
   * @param interpreting another one, of the same log
   * @param effort how much is translated
   * @return empty where they never part
   * @throws IOException where the log cannot be read
   */
  public static Optional<Apart> run(
      ReExecution translating, ReExecution interpreting, TranslationEffort effort)
      throws IOException {
    translating.machine().hart().translate(effort);
    interpreting.machine().hart().translate(TranslationEffort.NONE);
    for (long at = 0; ; at += STEP) {
      PlayResult a = translating.play(StopAt.icount(at + STEP)).result();
      PlayResult b = interpreting.play(StopAt.icount(at + STEP)).result();
      CpuState cpuA = translating.machine().hart().state();
      CpuState cpuB = interpreting.machine().hart().state();
      if (!cpuA.equals(cpuB) || a.ended() != b.ended()) {
        return Optional.of(new Apart(at, at + STEP, MachinesApart.differing(cpuA, cpuB)));
      }
      if (a.ended() != PlayResult.Ended.UNTIL) {
        boolean same = translating.state().equals(interpreting.state());
        return same ? Optional.empty() : Optional.of(new Apart(0, a.icount(), List.of()));
      }
    }
  }
}
