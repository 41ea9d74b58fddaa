package rrlog.core.run;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import rrlog.core.machine.board.virt.MachineConfig;
import rrlog.core.qemu.Release;
import rrlog.core.replay.PlayResult;
import rrlog.core.replay.StopAt;

/**
 * The release that a log is re-executed as, and how it was found.
 *
 * @param config the machine of that release
 * @param from how it was found
 */
public record ReleaseChoice(MachineConfig config, From from) {
  /** How far a release is tried before the whole log is re-executed, instructions. */
  private static final long TRIED = 1_000_000;

  private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(4);

  /** How a release was found. */
  public enum From {
    /** Somebody said so. */
    STATED,
    /** The log's bytes fit it, and it was measured or is the latest that they fit. */
    LOG,
    /** Others that fit better part from the log early. */
    TRIED;

    /** The name in JSON: {@code stated}, {@code log}, {@code tried}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A machine's description that leaves the release open.
   *
   * @param <X> what a wrong description throws
   */
  @FunctionalInterface
  public interface Description<X extends Exception> {
    /** The machine as that release has it. */
    MachineConfig by(Release release) throws X;
  }

  /**
   * Finds the release from the log's bytes. Where the one that fits best parts from the log early,
   * it is the first of the others that does not; where all do, the description is wrong elsewhere,
   * and it stays the one that fits best.
   *
   * @param until where the run will stop: what comes behind is not tried
   * @param <X> what a wrong description throws
   * @throws X where the description is wrong for the release that fits best
   * @throws IOException where the log cannot be read
   */
  public static <X extends Exception> ReleaseChoice of(
      Logs log, Description<X> machine, StopAt until) throws X, IOException {
    List<Release> candidates;
    try (Logs.Opened opened = log.open()) {
      candidates = Releases.candidates(opened.reader());
    }
    // A log of no known release is refused when it is to be played.
    MachineConfig best =
        machine.by(candidates.isEmpty() ? MachineConfig.DEFAULT_RELEASE : candidates.getFirst());
    if (candidates.size() < 2) {
      return new ReleaseChoice(best, From.LOG);
    }
    StopAt limit = new StopAt(Math.min(TRIED, until.icount()), until.event(), until.offset());
    long deadline = System.nanoTime() + PATIENCE_NS;
    try {
      for (Release candidate : candidates) {
        MachineConfig config = best.with(candidate);
        if (tried(log, config, limit).ended() != PlayResult.Ended.DIVERGENCE) {
          return candidate.equals(best.release())
              ? new ReleaseChoice(best, From.LOG)
              : new ReleaseChoice(machine.by(candidate), From.TRIED);
        }
        if (System.nanoTime() > deadline) {
          break;
        }
      }
    } catch (CannotReExecuteException refusedAgainLater) {
      // Whoever plays the log hears the reason.
    }
    return new ReleaseChoice(best, From.LOG);
  }

  private static PlayResult tried(Logs log, MachineConfig config, StopAt limit)
      throws CannotReExecuteException, IOException {
    try (Logs.Opened opened = log.open();
        ReExecution run =
            ReExecution.of(opened.reader(), config, OutputStream.nullOutputStream())) {
      return run.play(limit).result();
    }
  }
}
