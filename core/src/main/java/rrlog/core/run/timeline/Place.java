package rrlog.core.run.timeline;

import java.util.Comparator;

/**
 * A moment of a run. Several can have the same instruction count: before and behind an interrupt
 * that is taken there.
 *
 * @param icount guest instructions executed before
 * @param event number of the log's event that is next, or being worked through
 */
public record Place(long icount, long event) implements Comparable<Place> {
  private static final Comparator<Place> ORDER =
      Comparator.<Place>comparingLong(Place::icount).thenComparingLong(Place::event);

  /** Where so many instructions have been executed and nothing that comes then was done. */
  public static Place icount(long icount) {
    return new Place(icount, 0);
  }

  @Override
  public int compareTo(Place other) {
    return ORDER.compare(this, other);
  }

  /** Whether it comes before another. */
  public boolean before(Place other) {
    return compareTo(other) < 0;
  }
}
