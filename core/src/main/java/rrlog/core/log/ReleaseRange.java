package rrlog.core.log;

import rrlog.core.qemu.Release;

/**
 * A range of QEMU releases, both ends included.
 *
 * @param first first release, such as {@code 7.2.0}
 * @param last last release known to rrlog, such as {@code 8.0.5}
 */
public record ReleaseRange(String first, String last) {

  /**
   * Whether a release lies in the range. Only its series counts, which has to be one that was
   * published: no point release ever changed the layout, and later ones than rrlog knows may exist.
   *
   * @param release two to four numbers with dots between, such as {@code 7.2.22}
   */
  public boolean contains(String release) {
    String[] numbers = release.split("\\.", -1);
    return Release.named(numbers[0] + "." + numbers[1]).isPresent() && holds(series(release));
  }

  /** Whether a release that was published lies in the range; only its series counts. */
  public boolean contains(Release release) {
    return holds(series(release.major(), release.minor()));
  }

  private boolean holds(long series) {
    return series(first) <= series && series <= series(last);
  }

  private static long series(String release) {
    String[] numbers = release.split("\\.", -1);
    return series(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]));
  }

  private static long series(long major, long minor) {
    return (major << 32) + minor;
  }

  @Override
  public String toString() {
    return first + " - " + last;
  }
}
