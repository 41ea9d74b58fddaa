package rrlog.core.run;

import rrlog.core.event.Position;
import rrlog.core.log.Dialect;
import rrlog.core.log.ReleaseRange;
import rrlog.core.qemu.Behaviour;

/** Why a log cannot be re-executed at all. */
public sealed interface Obstacle {
  /**
   * The log is a part of another one.
   *
   * @param origin where in that it begins
   */
  record StartsLater(Position origin) implements Obstacle {}

  /** The log is a part of another one, and the state that it carries is none of this machine. */
  record UnfitState() implements Obstacle {}

  /**
   * Only releases whose machine is not known write such logs.
   *
   * @param dialect the log's
   */
  record UnknownRelease(Dialect dialect) implements Obstacle {}

  /**
   * The machine cannot be built.
   *
   * @param reason a file that is missing, or does not fit
   */
  record NoMachine(String reason) implements Obstacle {}

  /** Words for it; but for the last one, the log is the subject of the sentence. */
  default String description() {
    return switch (this) {
      case StartsLater(Position origin) ->
          "begins in the middle of another log ("
              + origin
              + ") and carries no state; a run can be re-executed from its start, or from a state"
              + " (slice --from POS FILE -- QEMU-OPTIONS)";
      case UnfitState() -> "carries a state that is none of this machine";
      case UnknownRelease(Dialect dialect) ->
          "is of dialect "
              + dialect.id()
              + dialect
                  .releases()
                  .map(ReleaseRange::toString)
                  .map(r -> " (QEMU " + r + ")")
                  .orElse("")
              + "; the machine re-executes what QEMU "
              + Behaviour.FIRST
              + " to "
              + Behaviour.known().getLast()
              + " recorded";
      case NoMachine(String reason) -> reason;
    };
  }
}
