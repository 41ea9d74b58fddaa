package rrlog.core.replay;

import java.security.SecureRandom;
import java.util.SplittableRandom;

/** The host's entropy. */
@FunctionalInterface
public interface RandomSource {
  /**
   * Fills the array.
   *
   * @return 0, or -1 where it failed; the array then holds what the guest gets all the same
   */
  int fill(byte[] bytes);

  /** The host's own. */
  static RandomSource real() {
    SecureRandom random = new SecureRandom();
    return bytes -> {
      random.nextBytes(bytes);
      return 0;
    };
  }

  /** Bytes that a seed determines. */
  static RandomSource seeded(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return bytes -> {
      random.nextBytes(bytes);
      return 0;
    };
  }
}
