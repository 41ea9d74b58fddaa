package rrlog.core.run;

import java.util.Optional;
import rrlog.core.replay.Divergence;
import rrlog.core.replay.PlayResult;

/**
 * How a re-execution ended.
 *
 * @param result what the machine did
 * @param undecodable where the machine followed the log to its last event, but bytes come after
 *     that are no event
 */
public record Outcome(PlayResult result, Optional<Divergence> undecodable) {
  /** Where log and machine part, for either reason. */
  public Optional<Divergence> divergence() {
    return result.divergence().or(() -> undecodable);
  }

  /** Why it ended; bytes that are no event count as a divergence. */
  public PlayResult.Ended ended() {
    return undecodable.isPresent() ? PlayResult.Ended.DIVERGENCE : result.ended();
  }
}
