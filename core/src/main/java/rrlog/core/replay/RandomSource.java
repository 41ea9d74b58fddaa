package rrlog.core.replay;

/** The host's entropy. */
@FunctionalInterface
public interface RandomSource {
  /**
   * Fills the array.
   *
   * @return 0, or -1 where it failed; the array then holds what the guest gets all the same
   */
  int fill(byte[] bytes);
}
