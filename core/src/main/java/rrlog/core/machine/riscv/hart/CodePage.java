package rrlog.core.machine.riscv.hart;

import java.util.Arrays;
import rrlog.core.machine.platform.bus.Ram;
import rrlog.core.machine.riscv.isa.Decoded;
import rrlog.core.machine.riscv.isa.InstructionSet;
import rrlog.core.machine.riscv.isa.Op;

/**
 * The decoded instructions of one 4 KiB page: entry {@code i} is the instruction that begins at
 * byte {@code 2 * i}, in the packed form of {@link Decoded}, decoded when first reached.
 *
 * <p>A translator to bytecode would hang its results here: one page is the unit that a store
 * invalidates.
 */
final class CodePage {
  private static final int SLOTS = Ram.PAGE_SIZE / 2;
  private static final long NEXT_PAGE = Decoded.of(Op.NEXT_PAGE, 0, 0, 0, 0, 0);
  private static final long STRADDLES = Decoded.of(Op.STRADDLES, 0, 0, 0, 0, 0);

  /** The instructions; one more entry than halfwords, which leads to the next page. */
  final long[] code = new long[SLOTS + 1];

  private final Ram ram;
  private final long offset;

  CodePage(Ram ram, long offset) {
    this.ram = ram;
    this.offset = offset;
    code[SLOTS] = NEXT_PAGE;
  }

  /**
   * A page outside memory that holds one instruction at its start and leads out of itself
   * everywhere else.
   */
  static long[] single() {
    long[] code = new long[SLOTS + 1];
    Arrays.fill(code, NEXT_PAGE);
    return code;
  }

  /** Decodes the instruction at {@code slot}. */
  void decode(int slot) {
    long at = offset + 2L * slot;
    int first = (int) ram.load(at, 2);
    if (InstructionSet.isCompressed(first)) {
      code[slot] = InstructionSet.decode(first);
    } else if (slot == SLOTS - 1) {
      code[slot] = STRADDLES;
    } else {
      code[slot] = InstructionSet.decode((int) ram.load(at, 4));
    }
  }

  /** Forgets every instruction that has one of these bytes. */
  void invalidate(int from, int length) {
    int firstSlot = Math.max(0, from / 2 - 1);
    int lastSlot = (from + length - 1) / 2;
    Arrays.fill(code, firstSlot, lastSlot + 1, Op.UNDECODED);
  }
}
