package rrlog.core.replay;

/**
 * How instructions become time: QEMU's option {@code -icount}. Not in the log (icount semantics
 * section 2).
 *
 * @param shift an instruction takes {@code 1 << shift} ns, 0 to 10; with {@code auto} the start
 * @param auto whether the shift follows the host's speed
 * @param sleep whether an idle machine waits for the host's clock instead of jumping ahead
 */
public record IcountSettings(int shift, boolean auto, boolean sleep) {
  /** The largest shift. */
  public static final int MAX_SHIFT = 10;

  /** The shift that {@code auto} starts from: 125 million instructions a second. */
  private static final int AUTO_START = 3;

  /** Checks the shift. */
  public IcountSettings {
    if (shift < 0 || shift > MAX_SHIFT) {
      throw new IllegalArgumentException("icount shift " + shift + " is not within 0..10");
    }
    if (auto && !sleep) {
      throw new IllegalArgumentException("shift=auto and sleep=off are incompatible");
    }
  }

  /** A fixed shift. */
  public static IcountSettings fixed(int shift, boolean sleep) {
    return new IcountSettings(shift, false, sleep);
  }

  /** {@code shift=auto,sleep=on}. */
  public static IcountSettings automatic() {
    return new IcountSettings(AUTO_START, true, true);
  }
}
