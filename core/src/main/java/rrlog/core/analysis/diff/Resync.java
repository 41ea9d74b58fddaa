package rrlog.core.analysis.diff;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Finds where two logs agree again, within a window of at most {@link #LIMIT} events on each side.
 *
 * <p>Three signs are looked for, and the nearest is taken, with a handicap for the weaker ones: two
 * equal events at the same icount; three events of the same names at the same icounts; four events
 * of the same names with the same instructions between them, which means that from there on one run
 * is ahead by another number of instructions than before.
 */
final class Resync {
  /** Most events that are looked at on each side. */
  static final int LIMIT = 4096;

  private static final int FIRST_WINDOW = 32;
  private static final int GROWTH = 4;

  /** Most events of one name and icount that are tried. */
  private static final int TRIES = 16;

  private final Lane a;
  private final Lane b;

  private Moment[] inA = new Moment[0];
  private Moment[] inB = new Moment[0];

  Resync(Lane a, Lane b) {
    this.a = a;
    this.b = b;
  }

  /**
   * How to go on.
   *
   * @param skipA events of A that belong to the difference
   * @param skipB events of B that belong to it
   * @param shift instructions by which B is ahead after it
   */
  record Step(int skipA, int skipB, long shift) {
    int cost() {
      return skipA + skipB;
    }
  }

  /** The step over the difference that starts with the next events; skips one event at least. */
  Step find(long shift) throws SideException {
    for (int window = FIRST_WINDOW; ; window *= GROWTH) {
      int size = Math.min(window, LIMIT);
      look(size);
      boolean whole = size == LIMIT || (inA[inA.length - 1].isEnd() && inB[inB.length - 1].isEnd());
      Optional<Step> best = best(shift);
      if (best.isPresent()
          && (whole || Math.max(best.get().skipA(), best.get().skipB()) <= size / 2)) {
        return best.get();
      }
      if (whole) {
        return over(shift);
      }
    }
  }

  private void look(int size) throws SideException {
    inA = new Moment[a.lookAhead(size)];
    Arrays.setAll(inA, i -> kept(a, i));
    inB = new Moment[b.lookAhead(size)];
    Arrays.setAll(inB, i -> kept(b, i));
  }

  private static Moment kept(Lane lane, int index) {
    try {
      return lane.peek(index);
    } catch (SideException impossible) {
      throw new IllegalStateException("it was looked at already", impossible);
    }
  }

  private Optional<Step> best(long shift) {
    Optional<Step> equal = atSameIcount(shift, true, 2);
    Optional<Step> named = atSameIcount(shift, false, 3);
    Optional<Step> shifted = shifted(shift);
    Optional<Step> best = equal;
    long cost = equal.map(step -> (long) step.cost()).orElse(Long.MAX_VALUE);
    if (named.isPresent() && named.get().cost() + 2 < cost) {
      best = named;
      cost = named.get().cost() + 2;
    }
    if (shifted.isPresent() && 4L * shifted.get().cost() + 4 < cost) {
      best = shifted;
    }
    return best;
  }

  private static Object sign(Moment moment, boolean whole) {
    return whole ? moment.key() : moment.name();
  }

  private record At(Object sign, long icount) {}

  /** The nearest pair from which on {@code run} events are the same. */
  private Optional<Step> atSameIcount(long shift, boolean whole, int run) {
    Map<At, Integer> firstInB = new HashMap<>();
    int[] nextInB = new int[inB.length];
    for (int j = inB.length - 1; j >= 0; j--) {
      Integer later = firstInB.put(new At(sign(inB[j], whole), b.icount(inB[j])), j);
      nextInB[j] = later == null ? -1 : later;
    }
    int best = Integer.MAX_VALUE;
    Optional<Step> step = Optional.empty();
    for (int i = 0; i < inA.length && i < best; i++) {
      int j = firstInB.getOrDefault(new At(sign(inA[i], whole), a.icount(inA[i]) + shift), -1);
      for (int tries = 0; j >= 0 && i + j < best && tries < TRIES; tries++) {
        if (i + j > 0 && isRun(i, j, shift, whole, run)) {
          best = i + j;
          step = Optional.of(new Step(i, j, shift));
        }
        j = nextInB[j];
      }
    }
    return step;
  }

  private boolean isRun(int i, int j, long shift, boolean whole, int run) {
    for (int k = 0; k < run; k++) {
      if (i + k == inA.length || j + k == inB.length) {
        // Events that come later may be anything, unless none comes.
        return i + k == inA.length && j + k == inB.length;
      }
      Moment one = inA[i + k];
      Moment other = inB[j + k];
      if (a.icount(one) + shift != b.icount(other)
          || !sign(one, whole).equals(sign(other, whole))) {
        return false;
      }
    }
    return true;
  }

  private static final int GRAM = 4;

  /** The nearest pair from which on four events are the same but for where they stand. */
  private Optional<Step> shifted(long shift) {
    Map<Integer, Integer> firstInB = new HashMap<>();
    for (int j = inB.length - GRAM; j >= 0; j--) {
      firstInB.put(gram(b, inB, j), j);
    }
    int best = Integer.MAX_VALUE;
    Optional<Step> step = Optional.empty();
    for (int i = 0; i + GRAM <= inA.length && i < best; i++) {
      int j = firstInB.getOrDefault(gram(a, inA, i), -1);
      if (j >= 0 && i + j < best && isShiftedRun(i, j)) {
        long newShift = b.icount(inB[j]) - a.icount(inA[i]);
        if (newShift != shift) {
          best = i + j;
          // Where it begins with the next events, they are the difference themselves.
          step = Optional.of(best == 0 ? new Step(1, 1, newShift) : new Step(i, j, newShift));
        }
      }
    }
    return step;
  }

  private static int gram(Lane lane, Moment[] events, int from) {
    int hash = 0;
    for (int k = 0; k < GRAM; k++) {
      long since = k == 0 ? 0 : lane.icount(events[from + k]) - lane.icount(events[from + k - 1]);
      hash = 31 * (31 * hash + events[from + k].name().hashCode()) + Long.hashCode(since);
    }
    return hash;
  }

  private boolean isShiftedRun(int i, int j) {
    long fromA = a.icount(inA[i]);
    long fromB = b.icount(inB[j]);
    boolean moved = false;
    for (int k = 0; k < GRAM; k++) {
      long since = a.icount(inA[i + k]) - fromA;
      moved |= since > 0;
      if (since != b.icount(inB[j + k]) - fromB || !inA[i + k].name().equals(inB[j + k].name())) {
        return false;
      }
    }
    return moved;
  }

  /** Nothing matches: over everything up to the icount that both windows reach. */
  private Step over(long shift) {
    Moment lastA = inA[inA.length - 1];
    Moment lastB = inB[inB.length - 1];
    long limit =
        Math.min(
            lastA.isEnd() ? Long.MAX_VALUE : a.icount(lastA) + shift,
            lastB.isEnd() ? Long.MAX_VALUE : b.icount(lastB));
    int skipA = 0;
    while (skipA < inA.length && !inA[skipA].isEnd() && a.icount(inA[skipA]) + shift <= limit) {
      skipA++;
    }
    int skipB = 0;
    while (skipB < inB.length && !inB[skipB].isEnd() && b.icount(inB[skipB]) <= limit) {
      skipB++;
    }
    return new Step(skipA, skipB, shift);
  }
}
