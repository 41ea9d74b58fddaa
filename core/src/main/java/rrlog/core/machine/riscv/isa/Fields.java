package rrlog.core.machine.riscv.isa;

/**
 * An instruction's fields, taken apart for printing.
 *
 * @param mnemonic the manual's name
 * @param format where the operands are
 * @param op number from {@link Op}
 * @param rd 0 to 31, also where the instruction writes nothing
 * @param rs1 0 to 31
 * @param rs2 0 to 31
 * @param immediate as in {@link Decoded}
 * @param compressed whether it has 16 bits
 */
record Fields(
    String mnemonic,
    Format format,
    int op,
    int rd,
    int rs1,
    int rs2,
    int immediate,
    boolean compressed) {

  static Fields of(Encoding encoding, int word, boolean compressed) {
    return new Fields(
        encoding.mnemonic(),
        encoding.format(),
        encoding.op(),
        word >>> 7 & 0x1f,
        word >>> 15 & 0x1f,
        word >>> 20 & 0x1f,
        encoding.format().immediate(word),
        compressed);
  }
}
