package rrlog.core.machine.hart;

import rrlog.core.machine.isa.Compressed;
import rrlog.core.machine.isa.InstructionSet;

/**
 * What mtinst and htinst show of a faulting load, store or AMO (RISC-V Privileged 1.12, section
 * 8.6.3): the instruction with its offset cleared and, instead of rs1, the distance of the faulting
 * from the first byte.
 */
final class TransformedInstruction {
  private static final int OPCODE_LOAD = 0x03;
  private static final int OPCODE_LOAD_FP = 0x07;
  private static final int OPCODE_STORE = 0x23;
  private static final int OPCODE_STORE_FP = 0x27;
  private static final int OPCODE_ATOMIC = 0x2f;
  private static final int RS1_SHIFT = 15;

  private TransformedInstruction() {}

  /** Whether an exception code belongs to a load, store or AMO. */
  static boolean applies(int cause) {
    return cause >= 4 && cause <= 7 || cause == 13 || cause == 15;
  }

  /**
   * The transformed instruction, 0 for one that does not access memory.
   *
   * @param bits the instruction, 16 or 32 bits
   * @param address the faulting address
   */
  static long of(HartState s, int bits, long address) {
    boolean compressed = InstructionSet.isCompressed(bits);
    int word = compressed ? Compressed.expand(bits & 0xffff) : bits;
    int transformed;
    long offset;
    switch (word & 0x7f) {
      case OPCODE_LOAD, OPCODE_LOAD_FP -> {
        transformed = word & 0x000f_ffff;
        offset = word >> 20;
      }
      case OPCODE_STORE, OPCODE_STORE_FP -> {
        transformed = word & 0x01ff_f07f;
        offset = word >> 25 << 5 | word >>> 7 & 0x1f;
      }
      case OPCODE_ATOMIC -> {
        transformed = word;
        offset = 0;
      }
      default -> {
        return 0;
      }
    }
    long first = s.x[word >>> RS1_SHIFT & 0x1f] + offset;
    long size = 1L << (word >>> 12 & 7); // 16 and more for unsigned loads, as QEMU takes it
    long distance = address - first & size - 1;
    long result = (transformed & ~(0x1f << RS1_SHIFT) | distance << RS1_SHIFT) & 0xffff_ffffL;
    return compressed ? result & ~2L : result;
  }
}
