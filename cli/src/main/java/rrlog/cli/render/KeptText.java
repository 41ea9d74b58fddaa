package rrlog.cli.render;

import java.io.IOException;
import java.util.Arrays;

/**
 * What a trace says of an instruction by its address and word alone, kept for the next time that it
 * is executed; a bounded number of them.
 */
public final class KeptText {
  private static final int KEPT = 1 << 14;

  private final Maker maker;
  private final long[] addresses = new long[KEPT];
  private final long[] words = new long[KEPT];
  private final byte[][] texts = new byte[KEPT][];

  /** Makes a text, of one byte or more. */
  @FunctionalInterface
  public interface Maker {
    /** The text of an instruction. */
    byte[] text(long pc, long word) throws IOException;
  }

  /** Of texts that are made when first needed. */
  public KeptText(Maker maker) {
    this.maker = maker;
    Arrays.fill(texts, new byte[0]);
  }

  /** The text of an instruction; not to be changed. */
  public byte[] of(long pc, long word) throws IOException {
    int slot = (int) (pc >>> 1 ^ pc >>> 15) & KEPT - 1;
    if (addresses[slot] != pc || words[slot] != word || texts[slot].length == 0) {
      addresses[slot] = pc;
      words[slot] = word;
      texts[slot] = maker.text(pc, word);
    }
    return texts[slot];
  }
}
