package rrlog.core.analysis.diff;

import java.util.HashMap;
import java.util.Map;

/** Decides of which kind a difference is, from the events that follow on both sides. */
final class Classifier {
  /** How far ahead it looks, in events. */
  private static final int LIMIT = 1024;

  private final Lane a;
  private final Lane b;

  Classifier(Lane a, Lane b) {
    this.a = a;
    this.b = b;
  }

  /**
   * The kind of the difference between the next events.
   *
   * @param shift instructions by which B is ahead
   */
  DivergenceKind classify(long shift) throws SideException {
    Moment nextA = a.peek(0);
    Moment nextB = b.peek(0);
    long atA = a.icount(nextA) + shift;
    long atB = b.icount(nextB);
    if (nextA.isEnd() || nextB.isEnd()) {
      if (nextA.isEnd() && nextB.isEnd()) {
        return nextA.key().equals(nextB.key())
            ? DivergenceKind.INSTRUCTION_COUNT
            : DivergenceKind.VALUE;
      }
      return nextA.isEnd() ? DivergenceKind.EXTRA : DivergenceKind.MISSING;
    }
    if (atA == atB) {
      return atOneIcount(shift);
    }
    boolean sameNext = nextA.name().equals(nextB.name());
    if (atA < atB) {
      return sameNext && distance(a, nextB.key(), atB - shift) < 0
          ? DivergenceKind.INSTRUCTION_COUNT
          : DivergenceKind.MISSING;
    }
    return sameNext && distance(b, nextA.key(), atA) < 0
        ? DivergenceKind.INSTRUCTION_COUNT
        : DivergenceKind.EXTRA;
  }

  private DivergenceKind atOneIcount(long shift) throws SideException {
    Moment nextA = a.peek(0);
    Moment nextB = b.peek(0);
    int aInB = distance(b, nextA.key(), b.icount(nextB));
    int bInA = distance(a, nextB.key(), a.icount(nextA));
    boolean sameName = nextA.name().equals(nextB.name());
    if (aInB > 0 && bInA > 0 && sameGroup()) {
      return DivergenceKind.ORDER;
    }
    if (sameName && goOnEqual(shift)) {
      return DivergenceKind.VALUE;
    }
    if (aInB > 0 && bInA > 0) {
      if (aInB == bInA) {
        return DivergenceKind.ORDER;
      }
      return aInB < bInA ? DivergenceKind.EXTRA : DivergenceKind.MISSING;
    }
    if (aInB > 0) {
      return DivergenceKind.EXTRA;
    }
    if (bInA > 0) {
      return DivergenceKind.MISSING;
    }
    return sameName ? DivergenceKind.VALUE : DivergenceKind.MISSING;
  }

  /** Whether the events after the next ones are equal. */
  private boolean goOnEqual(long shift) throws SideException {
    Moment afterA = a.peek(1);
    Moment afterB = b.peek(1);
    return a.icount(afterA) + shift == b.icount(afterB) && afterA.key().equals(afterB.key());
  }

  /** How far ahead an equal event stands at an icount, -1 where there is none. */
  private static int distance(Lane lane, Object key, long icount) throws SideException {
    for (int i = 0; i < LIMIT; i++) {
      Moment moment = lane.peek(i);
      if (moment.isEnd() || lane.icount(moment) > icount) {
        return -1;
      }
      if (lane.icount(moment) == icount && moment.key().equals(key)) {
        return i;
      }
    }
    return -1;
  }

  /** Whether the rest of the events at the icount are the same on both sides in any order. */
  private boolean sameGroup() throws SideException {
    Map<Object, Integer> counts = new HashMap<>();
    count(a, 1, counts);
    count(b, -1, counts);
    return counts.values().stream().allMatch(n -> n == 0);
  }

  private static void count(Lane lane, int step, Map<Object, Integer> counts) throws SideException {
    long icount = lane.icount(lane.peek(0));
    for (int i = 0; i < LIMIT; i++) {
      Moment moment = lane.peek(i);
      if (moment.isEnd() || lane.icount(moment) != icount) {
        return;
      }
      counts.merge(moment.key(), step, Integer::sum);
    }
  }
}
