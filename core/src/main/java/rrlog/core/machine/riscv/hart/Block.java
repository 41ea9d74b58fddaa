package rrlog.core.machine.riscv.hart;

import rrlog.core.machine.riscv.isa.Decoded;
import rrlog.core.machine.riscv.isa.Op;

/**
 * What QEMU translates and executes at a stretch. A guest notices in four ways: a {@code wfi}
 * counts the rest of its block, protection of fetches is looked at where a block begins, code that
 * changes itself or its mapping takes effect behind the block.
 *
 * <p>A block begins behind the end of another one, and where QEMU leaves the middle of one: behind
 * an access to a device, at a trap, and wherever a log has an event (semantics page, section 4.2)
 * but an exception.
 */
final class Block {
  /** Instructions in the longest block. */
  static final int LONGEST = 512;

  private static final int LAST_SLOT = CodePage.SLOTS - 1;

  private Block() {}

  /**
   * How many instructions a block has from a slot to its natural end.
   *
   * @param slot where to begin in {@code page}
   * @param most how many it may have at most
   * @param begins whether the block begins at {@code slot}
   */
  static int length(HartState s, CodePage page, int slot, int most, boolean begins) {
    int at = slot;
    int count = 0;
    while (count < most && at <= LAST_SLOT) {
      long instruction = page.at(at);
      int op = Decoded.op(instruction);
      boolean first = begins && count == 0;
      // QEMU 7.2 ends a block before the page's last halfword, even if an instruction fits there.
      if (op == Op.STRADDLES || (at == LAST_SLOT && !first && !s.pageEndInBlock)) {
        break;
      }
      count++;
      if (ends(s, op)) {
        break;
      }
      at += Decoded.halfwords(instruction);
    }
    return count;
  }

  /** Whether an instruction is the last of its block. */
  static boolean ends(HartState s, int op) {
    return switch (op) {
      case Op.JAL, Op.JALR, Op.BEQ, Op.BNE, Op.BLT, Op.BGE, Op.BLTU, Op.BGEU, Op.PAUSE -> true;
      case Op.WFI -> s.waitEndsBlock;
      case Op.SFENCE_VMA,
          Op.HFENCE_VVMA,
          Op.HFENCE_GVMA,
          Op.SINVAL_VMA,
          Op.SFENCE_W_INVAL,
          Op.SFENCE_INVAL_IR,
          Op.HINVAL_VVMA,
          Op.HINVAL_GVMA ->
          false;
      case Op.CBO_INVAL, Op.CBO_CLEAN, Op.CBO_FLUSH, Op.CBO_ZERO -> !s.cacheBlocks;
      default -> op >= Op.FLOAT_END || (Op.isFloat(op) && s.floatingPointOff());
    };
  }

  /**
   * Whether QEMU, when it translates a block, comes from one of its instructions to the page's last
   * halfword: it fetches that to see whether the next instruction lies in two pages.
   *
   * @param slot where the block begins
   */
  static boolean looksAtPageEnd(HartState s, int slot, long[] block) {
    int at = slot;
    for (long instruction : block) {
      at += Decoded.halfwords(instruction);
      if (at == LAST_SLOT) {
        return !ends(s, Decoded.op(instruction));
      }
    }
    return false;
  }

  /** The instructions of {@link #length}, one after the other. */
  static long[] instructions(CodePage page, int slot, int count) {
    long[] block = new long[count];
    int at = slot;
    for (int i = 0; i < count; i++) {
      block[i] = page.at(at);
      at += Decoded.halfwords(block[i]);
    }
    return block;
  }
}
