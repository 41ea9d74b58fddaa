package rrlog.core.replay;

import java.util.Locale;
import java.util.Optional;
import rrlog.core.event.ShutdownCause;

/**
 * How far a log was re-executed, and what ended it.
 *
 * @param ended why it ended
 * @param icount guest instructions executed
 * @param events events of the log that were consumed
 * @param complete whether the log's end event was reached
 * @param shutdown cause of the last shutdown event that was consumed
 * @param guest what the guest was doing then
 * @param divergence where the run and the log part, if they do
 */
public record PlayResult(
    Ended ended,
    long icount,
    long events,
    boolean complete,
    Optional<ShutdownCause> shutdown,
    GuestState guest,
    Optional<Divergence> divergence) {

  /** What a guest does. */
  public enum GuestState {
    /** It switched the machine off. */
    OFF,
    /** It waits for an interrupt. */
    WAITING,
    /** It executes instructions. */
    RUNNING;

    /** The name in JSON: {@code off}, {@code waiting}, {@code running}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What ended a re-execution. */
  public enum Ended {
    /** The asked-for place was reached. */
    UNTIL,
    /** The log ended with a shutdown. */
    SHUTDOWN,
    /** The log ended without a shutdown: a cut or unfinished one. */
    END_OF_LOG,
    /** The machine did something else than the log says. */
    DIVERGENCE;

    /**
     * The name in JSON: {@code until}, {@code shutdown}, {@code end-of-log}, {@code divergence}.
     */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
