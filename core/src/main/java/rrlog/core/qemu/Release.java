package rrlog.core.qemu;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A release of QEMU that was published, {@code 7.2.22}.
 *
 * @param major first number
 * @param minor second number; with the first one it names a series
 * @param point third number, 0 for the first release of a series
 * @param patch fourth number, 0 but for the three releases that have one ({@code 2.5.1.1})
 */
public record Release(int major, int minor, int point, int patch) implements Comparable<Release> {
  // equals and hashCode are written out: linking those that a record has by itself at their first
  // use is a tenth of a short run's time.
  private static final Pattern NAME =
      Pattern.compile("(?:qemu-|v)?(\\d{1,3})\\.(\\d{1,3})(?:\\.(\\d{1,3}))?(?:\\.(\\d{1,3}))?");

  /**
   * Each series with its last point release: QEMU's tags up to 11.0.0, Debian's packages after that
   * (7.2.22, 10.0.13, 10.2.2, 11.1.3). Where 10.1 and 11.0 ended was not seen; those are lower
   * bounds.
   */
  private static final int[][] SERIES = {
    {2, 5, 1},
    {2, 6, 2},
    {2, 7, 1},
    {2, 8, 1},
    {2, 9, 1},
    {2, 10, 2},
    {2, 11, 2},
    {2, 12, 1},
    {3, 0, 1},
    {3, 1, 1},
    {4, 0, 1},
    {4, 1, 1},
    {4, 2, 1},
    {5, 0, 1},
    {5, 1, 0},
    {5, 2, 0},
    {6, 0, 1},
    {6, 1, 1},
    {6, 2, 0},
    {7, 0, 0},
    {7, 1, 0},
    {7, 2, 22},
    {8, 0, 5},
    {8, 1, 5},
    {8, 2, 10},
    {9, 0, 4},
    {9, 1, 3},
    {9, 2, 4},
    {10, 0, 13},
    {10, 1, 5},
    {10, 2, 2},
    {11, 0, 2},
    {11, 1, 3},
  };

  private static final List<Release> ALL = all();

  /** Published releases, oldest first: 2.5.0, the first that records, to 11.1.3. */
  public static List<Release> published() {
    return ALL;
  }

  /**
   * The release of that name.
   *
   * @param name {@code 10.0.13}, or {@code 10.0} for the last known point release of the series;
   *     {@code qemu-} or {@code v} may stand before it
   * @return empty where no such release was published, or it is not known here
   */
  public static Optional<Release> named(String name) {
    Matcher numbers = NAME.matcher(name);
    if (!numbers.matches()) {
      return Optional.empty();
    }
    int major = Integer.parseInt(numbers.group(1));
    int minor = Integer.parseInt(numbers.group(2));
    Optional<Integer> point = Optional.ofNullable(numbers.group(3)).map(Integer::valueOf);
    int patch = Optional.ofNullable(numbers.group(4)).map(Integer::valueOf).orElse(0);
    return ALL.stream()
        .filter(r -> r.major == major && r.minor == minor)
        .filter(r -> point.isEmpty() || (r.point == point.get() && r.patch == patch))
        .reduce((earlier, later) -> later);
  }

  /**
   * A release that is known to have been published.
   *
   * @param name as {@link #named}
   * @throws IllegalArgumentException where it was not
   */
  public static Release of(String name) {
    return named(name)
        .orElseThrow(() -> new IllegalArgumentException("QEMU " + name + " was never published"));
  }

  /** Its series, {@code 7.2}. */
  public String series() {
    return major + "." + minor;
  }

  /** Whether both are point releases of one series. */
  public boolean sameSeries(Release other) {
    return major == other.major && minor == other.minor;
  }

  /** Whether this is that release or a later one, of any series. */
  public boolean atLeast(Release other) {
    return compareTo(other) >= 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Release that && compareTo(that) == 0;
  }

  @Override
  public int hashCode() {
    return ((major * 31 + minor) * 31 + point) * 31 + patch;
  }

  @Override
  public int compareTo(Release other) {
    // A chain of comparators would be linked anew at each start of the program.
    if (major != other.major) {
      return Integer.compare(major, other.major);
    }
    if (minor != other.minor) {
      return Integer.compare(minor, other.minor);
    }
    return point == other.point
        ? Integer.compare(patch, other.patch)
        : Integer.compare(point, other.point);
  }

  @Override
  public String toString() {
    return series() + "." + point + (patch == 0 ? "" : "." + patch);
  }

  private static List<Release> all() {
    List<Release> all = new ArrayList<>();
    for (int[] series : SERIES) {
      IntStream.rangeClosed(0, series[2])
          .forEach(point -> all.add(new Release(series[0], series[1], point, 0)));
    }
    all.add(new Release(2, 5, 1, 1));
    all.add(new Release(2, 8, 1, 1));
    all.add(new Release(3, 1, 1, 1));
    return all.stream().sorted().toList();
  }
}
