package rrlog.core.qemu;

import java.util.List;

/**
 * A change of what QEMU does, at a release.
 *
 * @param since first release that has it
 * @param backports stable releases of earlier series that took it over, and their later ones
 * @param trait what begins or ends
 * @param begins whether it is done from then on, or no longer
 * @param sources commits, or the experiment that showed it
 * @param evidence whether it was measured
 */
public record Change(
    Release since,
    List<Release> backports,
    Trait trait,
    boolean begins,
    String sources,
    Evidence evidence) {

  /** Copies the list. */
  public Change {
    backports = List.copyOf(backports);
  }

  /** Whether a release has the change, by its number or as a backport. */
  public boolean in(Release release) {
    if (release.atLeast(since)) {
      return true;
    }
    for (Release backport : backports) {
      if (release.sameSeries(backport) && release.atLeast(backport)) {
        return true;
      }
    }
    return false;
  }
}
