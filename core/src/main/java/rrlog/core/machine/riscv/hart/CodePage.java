package rrlog.core.machine.riscv.hart;

import java.util.Arrays;
import java.util.BitSet;
import rrlog.core.machine.platform.bus.Ram;
import rrlog.core.machine.riscv.isa.Decoded;
import rrlog.core.machine.riscv.isa.InstructionSet;
import rrlog.core.machine.riscv.isa.Op;

/**
 * The decoded instructions of one 4 KiB page: entry {@code i} is the instruction that begins at
 * byte {@code 2 * i}, in the packed form of {@link Decoded}, decoded when first reached.
 *
 * <p>A translator to bytecode would hang its results here: one page is the unit that a store
 * invalidates and that {@link CodeCache} gives up.
 */
final class CodePage {
  /** Halfwords in a page. */
  static final int SLOTS = Ram.PAGE_SIZE / 2;

  /** Leads to where the page of pc is looked up. */
  static final long NEXT_PAGE = Decoded.of(Op.NEXT_PAGE, 0, 0, 0, 0, 0);

  private static final long MARKED = Decoded.of(Op.MARKED, 0, 0, 0, 0, 0);
  private static final long STRADDLES = Decoded.of(Op.STRADDLES, 0, 0, 0, 0, 0);

  /** The instructions; one more entry than halfwords, which leads to the next page. */
  final long[] code = new long[SLOTS + 1];

  final Ram ram;
  final long offset;

  private final BitSet marked = new BitSet();

  /** Whether it was entered since the cache last looked for a page to give up. */
  boolean used;

  /** Stores that hit the page since it was last entered. */
  private int stores;

  CodePage(Ram ram, long offset) {
    this.ram = ram;
    this.offset = offset;
    code[SLOTS] = NEXT_PAGE;
  }

  /**
   * A page outside memory that leads out of itself everywhere, for instructions that no page can
   * hold.
   */
  static long[] leadingOut() {
    long[] code = new long[SLOTS + 1];
    Arrays.fill(code, NEXT_PAGE);
    return code;
  }

  /** Makes execution ask a probe before the instruction at {@code slot}. */
  void mark(int slot) {
    marked.set(slot);
    code[slot] = Op.UNDECODED;
  }

  /**
   * The instruction at {@code slot}, marked or not; beyond the page, or across its end, one of the
   * marks.
   */
  long at(int slot) {
    if (code[slot] == Op.UNDECODED) {
      decode(slot);
    }
    return code[slot] == MARKED ? decoded(slot) : code[slot];
  }

  /** Decodes the instruction at {@code slot}. */
  void decode(int slot) {
    code[slot] = marked.get(slot) ? MARKED : decoded(slot);
  }

  private long decoded(int slot) {
    long at = offset + 2L * slot;
    int first = (int) ram.load(at, 2);
    if (InstructionSet.isCompressed(first)) {
      return InstructionSet.decode(first);
    }
    return slot == SLOTS - 1 ? STRADDLES : InstructionSet.decode((int) ram.load(at, 4));
  }

  /** Notes that execution enters the page. */
  void enter() {
    used = true;
    stores = 0;
  }

  /**
   * Forgets every instruction that has one of these bytes.
   *
   * @return how many stores hit the page since it was entered
   */
  int invalidate(int from, int length) {
    int firstSlot = Math.max(0, from / 2 - 1);
    int lastSlot = (from + length - 1) / 2;
    Arrays.fill(code, firstSlot, lastSlot + 1, Op.UNDECODED);
    return ++stores;
  }

  /** Sends whoever still executes here to look its page up again. */
  void abandon() {
    Arrays.fill(code, NEXT_PAGE);
  }
}
