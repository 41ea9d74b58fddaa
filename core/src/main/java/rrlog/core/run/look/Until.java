package rrlog.core.run.look;

import rrlog.core.analysis.LogPosition;
import rrlog.core.replay.StopAt;

/** Where a run is to stop. */
public sealed interface Until {

  /** A position in a log as a place to stop at. */
  static StopAt at(LogPosition position) {
    return switch (position.unit()) {
      case EVENT -> StopAt.event(position.value());
      case ICOUNT -> StopAt.icount(position.value());
      case OFFSET -> StopAt.offset(position.value());
    };
  }

  /** At a place of the log. */
  record Position(StopAt at) implements Until {}

  /**
   * Before an instruction.
   *
   * @param address its virtual address
   * @param times how many times the run gets there, with this one: 1 or more
   */
  record Reached(long address, long times) implements Until {
    /** Checks the number. */
    public Reached {
      if (times < 1) {
        throw new IllegalArgumentException("times: " + times);
      }
    }
  }

  /**
   * Behind a trap that was taken: before the handler's first instruction.
   *
   * @param cause the number of the exception or interrupt
   * @param interrupt which of the two it is
   */
  record Trapped(int cause, boolean interrupt) implements Until {}
}
