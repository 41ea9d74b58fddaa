package rrlog.core.machine.riscv.hart;

import rrlog.core.machine.riscv.isa.InstructionSet;

/**
 * What mtinst and htinst show of a load, store or atomic operation that faulted (RISC-V Privileged
 * 1.12, section 8.6.3): the instruction without its offset, the offset of the fault in place of its
 * base register; of a compressed one the 32-bit form with bit 1 clear.
 */
final class TransformedInstruction {
  private static final int LOAD = 0x03;
  private static final int LOAD_FP = 0x07;
  private static final int STORE = 0x23;
  private static final int STORE_FP = 0x27;
  private static final int AMO = 0x2f;
  private static final int FUNCT3 = 7 << 12;
  private static final int RD = 0x1f << 7;
  private static final int RS1 = 0x1f << 15;
  private static final int RS2 = 0x1f << 20;

  private TransformedInstruction() {}

  /**
   * The transformed instruction.
   *
   * @param bits 16 or 32 bits as they stand in memory
   * @param x integer registers
   * @param fault the address that faulted
   * @return 0 for any other instruction
   */
  static long of(int bits, long[] x, long fault) {
    boolean compressed = InstructionSet.isCompressed(bits);
    if (compressed && InstructionSet.isAdditional(bits)) {
      return 0;
    }
    int word = compressed ? InstructionSet.expand(bits & 0xffff) : bits;
    long base = x[word >>> 15 & 0x1f];
    int kept;
    switch (word & 0x7f) {
      case LOAD, LOAD_FP -> {
        kept = word & (0x7f | RD | FUNCT3);
        base += word >> 20;
      }
      case STORE, STORE_FP -> {
        kept = word & (0x7f | FUNCT3 | RS2);
        base += word >> 25 << 5 | word >>> 7 & 0x1f;
      }
      case AMO -> kept = word & ~RS1;
      default -> {
        return 0;
      }
    }
    int size = 1 << (word >>> 12 & 3);
    int offset = (int) (fault - base) & size - 1;
    int transformed = kept | offset << 15;
    return (compressed ? transformed & ~2 : transformed) & 0xffff_ffffL;
  }
}
