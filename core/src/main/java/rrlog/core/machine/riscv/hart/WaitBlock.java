package rrlog.core.machine.riscv.hart;

import rrlog.core.machine.platform.bus.Ram;
import rrlog.core.machine.riscv.isa.Decoded;
import rrlog.core.machine.riscv.isa.InstructionSet;
import rrlog.core.machine.riscv.isa.Op;

/**
 * How many instructions QEMU counts too many at a wfi: the rest of its translation block (semantics
 * page, section 4.2).
 */
final class WaitBlock {
  /** Of 512 instructions in a block at least one is the wfi. */
  private static final int LONGEST = 511;

  private WaitBlock() {}

  /**
   * Instructions from {@code next} to the natural end of the block.
   *
   * @param wait address of the wfi, whose page bounds the block
   * @param next address behind it
   */
  static int phantoms(HartState s, long wait, long next) {
    long page = wait & -Ram.PAGE_SIZE;
    long at = next;
    int count = 0;
    while (count < LONGEST && (at & -Ram.PAGE_SIZE) == page) {
      long bits = s.instructions.peek(at);
      if (bits < 0) {
        break;
      }
      long decoded = InstructionSet.decode((int) bits);
      long end = at + 2L * Decoded.halfwords(decoded);
      if ((at & Ram.PAGE_SIZE - 1) > Ram.PAGE_SIZE - 4) {
        break; // QEMU ends the block before the page's last halfword, even if that fits
      }
      count++;
      if (endsBlock(s, Decoded.op(decoded))) {
        break;
      }
      at = end;
    }
    return count;
  }

  private static boolean endsBlock(HartState s, int op) {
    boolean floating = op >= Op.ATOMIC_END && op < Op.FLOAT_END;
    return switch (op) {
      case Op.JAL, Op.JALR, Op.BEQ, Op.BNE, Op.BLT, Op.BGE, Op.BLTU, Op.BGEU, Op.PAUSE -> true;
      case Op.WFI, Op.SFENCE_VMA -> false;
      default -> op >= Op.FLOAT_END || (floating && s.floatingPointOff());
    };
  }
}
