package rrlog.core.machine.riscv.isa;

/**
 * One row of the instruction table.
 *
 * @param op number from {@link Op}
 * @param mnemonic the manual's name
 * @param format operands
 * @param mask which bits are fixed
 * @param match their values
 */
public record Encoding(int op, String mnemonic, Format format, int mask, int match) {

  /**
   * A row from a bit pattern as the manual prints it: 32 characters from bit 31 to bit 0, {@code 0}
   * and {@code 1} fixed, {@code .} operand; blanks are ignored.
   */
  static Encoding of(int op, String mnemonic, Format format, String pattern) {
    int mask = 0;
    int match = 0;
    int bits = 0;
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == ' ') {
        continue;
      }
      bits++;
      mask = mask << 1 | (c == '.' ? 0 : 1);
      match = match << 1 | (c == '1' ? 1 : 0);
    }
    if (bits != Integer.SIZE) {
      throw new IllegalArgumentException(mnemonic + ": pattern of " + bits + " bits");
    }
    return new Encoding(op, mnemonic, format, mask, match);
  }

  /** Whether a 32-bit instruction is this one. */
  public boolean matches(int word) {
    return (word & mask) == match;
  }

  /** The packed form of {@code word}, which {@linkplain #matches matches}. */
  long decode(int word, int halfwords) {
    int rd = word >>> 7 & 0x1f;
    if (rd == 0 && format.writesInteger()) {
      rd = Decoded.SINK;
    }
    return Decoded.of(
        op, rd, word >>> 15 & 0x1f, word >>> 20 & 0x1f, halfwords, format.immediate(word));
  }
}
