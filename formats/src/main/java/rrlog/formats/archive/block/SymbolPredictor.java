package rrlog.formats.archive.block;

import java.util.Arrays;
import rrlog.formats.archive.api.MalformedArchiveException;

/**
 * Keeps only those symbols of a block that are not the one that followed the same six symbols the
 * last time.
 *
 * <p>QEMU's loops write the same sequences again and again, between values that differ; what is
 * left after this is a twentieth of the events for a Linux boot.
 */
final class SymbolPredictor {
  private static final int ORDER = 6;
  private static final int BITS = 7;
  private static final long HISTORY = (1L << (ORDER * BITS)) - 1;

  /** 2^64 divided by the golden ratio; the highest bits of the product choose the slot. */
  private static final long SPREAD = 0x9e3779b97f4a7c15L;

  private static final int SLOT_BITS = 14;

  private static final byte NONE = -1;

  private final byte[] followers = new byte[1 << SLOT_BITS];

  private static int slot(long history) {
    return (int) (history * SPREAD >>> (64 - SLOT_BITS));
  }

  /**
   * Takes the predictable symbols out.
   *
   * @param misses gets the others
   * @param runs gets the number of symbols predicted right before each of the others
   * @return the number of the others
   */
  int shorten(byte[] symbols, int count, byte[] misses, VarintWriter runs) {
    Arrays.fill(followers, NONE);
    long history = 0;
    int missed = 0;
    int right = 0;
    for (int i = 0; i < count; i++) {
      byte symbol = symbols[i];
      int slot = slot(history);
      if (followers[slot] == symbol) {
        right++;
      } else {
        followers[slot] = symbol;
        misses[missed++] = symbol;
        runs.put(right);
        right = 0;
      }
      history = (history << BITS | symbol) & HISTORY;
    }
    return missed;
  }

  /** The opposite of {@link #shorten}: after the last miss everything is predicted right. */
  void restore(byte[] misses, int missed, VarintReader runs, byte[] symbols, int count, int known)
      throws MalformedArchiveException {
    Arrays.fill(followers, NONE);
    long history = 0;
    int at = 0;
    for (int miss = 0; miss <= missed; miss++) {
      int right = miss == missed ? count - at : runs.next("a run of symbols", count - at);
      for (int end = at + right; at < end; at++) {
        byte symbol = followers[slot(history)];
        if (symbol == NONE) {
          throw new MalformedArchiveException("a symbol that nothing predicts");
        }
        symbols[at] = symbol;
        history = (history << BITS | symbol) & HISTORY;
      }
      if (miss < missed) {
        byte symbol = misses[miss];
        if (symbol < 0 || symbol >= known || at == count) {
          throw new MalformedArchiveException("a symbol too many, or one that is not in the table");
        }
        followers[slot(history)] = symbol;
        symbols[at++] = symbol;
        history = (history << BITS | symbol) & HISTORY;
      }
    }
  }
}
