package rrlog.core.run;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import rrlog.core.machine.riscv.hart.CpuState;
import rrlog.core.machine.riscv.hart.Lockstep;
import rrlog.core.machine.riscv.hart.TranslationEffort;
import rrlog.core.replay.PlayResult;
import rrlog.core.replay.StopAt;

/**
 * Re-executes one log on two machines at the same time, of which one translates guest code and the
 * other interprets it. Their registers are compared wherever translated code is left and where a
 * stretch of the run ends, and their memory at the end.
 */
public final class TranslationCheck {
  /** Instructions that one machine goes ahead of the other at most. */
  private static final long STRETCH = 10_000;

  private TranslationCheck() {}

  /** Where the two part. */
  public sealed interface Apart {}

  /** Translated code was wrong. */
  public record InRegion(Lockstep.Difference difference) implements Apart {}

  /**
   * They were the same wherever translated code was left, and not at the end of the stretch.
   *
   * @param from icount at which they were still the same
   * @param to icount at which they were not
   * @param registers those that differ then; none where it is memory, or how the run ends
   */
  public record InStretch(long from, long to, List<MachinesApart.Register> registers)
      implements Apart {
    /** Copies the list. */
    public InStretch {
      registers = List.copyOf(registers);
    }
  }

  /**
   * Runs both to the end, or to where they part, or to where they are to stop.
   *
   * @param translating a machine that has not run yet; it translates from now on
   * @param interpreting another one, of the same log
   * @param effort how much is translated
   * @param until where the check ends at the latest
   * @return empty where they never part
   * @throws IOException where the log cannot be read
   */
  public static Optional<Apart> run(
      ReExecution translating, ReExecution interpreting, TranslationEffort effort, StopAt until)
      throws IOException {
    Lockstep lockstep = new Lockstep();
    translating.machine().hart().translate(effort);
    translating.machine().hart().lead(lockstep);
    interpreting.machine().hart().translate(TranslationEffort.NONE);
    interpreting.machine().hart().follow(lockstep);
    for (long at = 0; ; at += STRETCH) {
      long next = Math.min(at + STRETCH, until.icount());
      StopAt stop = new StopAt(next, until.event(), until.offset());
      PlayResult a = translating.play(stop).result();
      PlayResult b = interpreting.play(stop).result();
      if (lockstep.difference().isPresent()) {
        return lockstep.difference().map(InRegion::new);
      }
      CpuState cpuA = translating.machine().hart().state();
      CpuState cpuB = interpreting.machine().hart().state();
      if (!cpuA.equals(cpuB) || a.ended() != b.ended()) {
        return Optional.of(new InStretch(at, next, MachinesApart.differing(cpuA, cpuB)));
      }
      if (a.ended() != PlayResult.Ended.UNTIL || a.icount() < at + STRETCH) {
        boolean same = translating.state().equals(interpreting.state());
        return same ? Optional.empty() : Optional.of(new InStretch(0, a.icount(), List.of()));
      }
    }
  }
}
