package rrlog.cli.render;

/**
 * Numbers as people read them, in no country's way. Written out, since the JDK's formatter looks
 * for its locales first, which each start would pay.
 */
public final class Numbers {
  private static final int GROUP = 3;

  private Numbers() {}

  /** A whole number in groups of three digits: {@code -1,234,567}. */
  public static String grouped(long number) {
    StringBuilder text = new StringBuilder().append(number);
    int first = number < 0 ? 1 : 0;
    for (int at = text.length() - GROUP; at > first; at -= GROUP) {
      text.insert(at, ',');
    }
    return text.toString();
  }

  /**
   * A number rounded to so many digits behind the point.
   *
   * @param number 0 or more, and far below 2^63 with its digits
   * @param digits 1 or more
   */
  public static String rounded(double number, int digits) {
    StringBuilder text = new StringBuilder().append(Math.round(number * Math.pow(10, digits)));
    while (text.length() <= digits) {
      text.insert(0, '0');
    }
    return text.insert(text.length() - digits, '.').toString();
  }
}
