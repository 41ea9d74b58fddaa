package rrlog.core.machine.riscv.hart;

import rrlog.core.machine.riscv.isa.InstructionSet;

/**
 * The bits of instructions that a store of the block that executes them has changed since: the
 * block goes on with the old ones, and traps show them.
 */
final class OverwrittenCode {
  private final char[] halves = new char[CodePage.SLOTS];
  private long from;
  private int length;

  /** Keeps what lies in a page from {@code pc} on, before it is changed. */
  void keep(CodePage page, long pc) {
    int slot = (int) pc >>> 1 & CodePage.SLOTS - 1;
    from = pc;
    length = Math.min(CodePage.SLOTS - slot, 2 * Block.LONGEST);
    for (int i = 0; i < length; i++) {
      halves[i] = (char) page.ram.load(page.offset + 2L * (slot + i), 2);
    }
  }

  boolean isEmpty() {
    return length == 0;
  }

  void forget() {
    length = 0;
  }

  /** The instruction at {@code pc}, 16 or 32 bits, or -1 if it is none of them. */
  long at(long pc) {
    long index = pc - from >> 1;
    if (index < 0 || index >= length) {
      return -1;
    }
    int first = halves[(int) index];
    if (InstructionSet.isCompressed(first)) {
      return first;
    }
    return index + 1 < length ? first | (long) halves[(int) index + 1] << 16 : -1;
  }
}
