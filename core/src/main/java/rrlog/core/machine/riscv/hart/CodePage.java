package rrlog.core.machine.riscv.hart;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import rrlog.core.machine.platform.bus.Ram;
import rrlog.core.machine.riscv.isa.Decoded;
import rrlog.core.machine.riscv.isa.InstructionSet;
import rrlog.core.machine.riscv.isa.Op;
import rrlog.core.machine.riscv.translate.Translator.Translation;

/**
 * The decoded instructions of one 4 KiB page: entry {@code i} is the instruction that begins at
 * byte {@code 2 * i}, in the packed form of {@link Decoded}, decoded when first reached.
 *
 * <p>What is translated of it hangs here, too: one page is the unit that a store invalidates and
 * that {@link CodeCache} gives up.
 */
final class CodePage {
  /** Halfwords in a page. */
  static final int SLOTS = Ram.PAGE_SIZE / 2;

  /** Leads to where the page of pc is looked up. */
  static final long NEXT_PAGE = Decoded.of(Op.NEXT_PAGE, 0, 0, 0, 0, 0);

  private static final @Nullable Translation[] NONE = new Translation[SLOTS];
  private static final byte[] COLD = new byte[0];
  private static final int MOST_DOUBLINGS = 3;

  /** So many times as often a slot within a region has to be seen. */
  private static final int WITHIN = 4;

  private static final long MARKED = Decoded.of(Op.MARKED, 0, 0, 0, 0, 0);
  private static final long TRANSLATED = Decoded.of(Op.TRANSLATED, 0, 0, 0, 0, 0);
  private static final byte NEVER = Byte.MIN_VALUE;
  private static final long STRADDLES = Decoded.of(Op.STRADDLES, 0, 0, 0, 0, 0);

  /** The instructions; one more entry than halfwords, which leads to the next page. */
  final long[] code = new long[SLOTS + 1];

  private final Decoder decoder;
  final Ram ram;
  final long offset;

  /**
   * As {@link #code}, but without entries of regions: to execute where a region may not. Once it is
   * another array, it stays so.
   */
  long[] plain = code;

  private final BitSet marked = new BitSet();
  private final BitSet entries = new BitSet();
  private final BitSet covered = new BitSet();
  private @Nullable Translation[] regions = NONE;
  private byte[] heat = COLD;
  private int regionSize;
  private int doublings;
  private int generation;

  /** An instruction that ended in this page, and what it is; 0 is none of 32 bits. */
  private int straddlingBits;

  private long straddling;

  /** Whether it was entered since the cache last looked for a page to give up. */
  boolean used;

  /** Stores that hit the page since it was last entered. */
  private int stores;

  CodePage(Decoder decoder, Ram ram, long offset) {
    this.decoder = decoder;
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
    put(slot, Op.UNDECODED);
  }

  /**
   * The instruction at {@code slot}, marked or not; beyond the page, or across its end, one of the
   * marks.
   */
  long at(int slot) {
    if (code[slot] == Op.UNDECODED) {
      decode(slot);
    }
    return plain[slot] == MARKED ? decoded(slot) : plain[slot];
  }

  /** Decodes the instruction at {@code slot}. */
  void decode(int slot) {
    put(slot, marked.get(slot) ? MARKED : decoded(slot));
  }

  private void put(int slot, long instruction) {
    code[slot] = instruction;
    plain[slot] = instruction;
  }

  private long decoded(int slot) {
    long at = offset + 2L * slot;
    int first = (int) ram.load(at, 2);
    if (InstructionSet.isCompressed(first)) {
      return decoder.decode(first);
    }
    return slot == SLOTS - 1 ? STRADDLES : decoder.decode((int) ram.load(at, 4));
  }

  /** The instruction that begins in the last halfword of another page and ends in this one. */
  long straddlingFrom(CodePage before) {
    long first = before.ram.load(before.offset + Ram.PAGE_SIZE - 2, 2);
    int bits = (int) (first | ram.load(offset, 2) << 16);
    if (bits != straddlingBits) {
      straddling = decoder.decode(bits);
      straddlingBits = bits;
    }
    return straddling;
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
    Arrays.fill(plain, firstSlot, lastSlot + 1, Op.UNDECODED);
    return ++stores;
  }

  /** Sends whoever still executes here to look its page up again. */
  void abandon() {
    Arrays.fill(code, NEXT_PAGE);
    Arrays.fill(plain, NEXT_PAGE);
  }

  /** The instructions as far as they are decoded, none of them replaced by a region. */
  long[] instructions() {
    return plain;
  }

  /** The region to enter at a slot. */
  @Nullable Translation region(int slot) {
    return regions[slot];
  }

  /** The region that has the instruction at a slot, or its second half, among its own. */
  @Nullable Translation covering(int slot) {
    return translations().filter(region -> region.covered().get(slot)).findFirst().orElse(null);
  }

  /** The regions that may be entered. */
  Stream<Translation> translations() {
    return Arrays.stream(regions).filter(Objects::nonNull).distinct();
  }

  /** Where regions may be entered. */
  BitSet entries() {
    return entries;
  }

  /** Where regions other than one may be entered, except among its own instructions. */
  BitSet entriesBeside(Translation region) {
    BitSet others = (BitSet) entries.clone();
    others.andNot(region.covered());
    return others;
  }

  /** How many instructions the regions have. */
  int regionSize() {
    return regionSize;
  }

  /**
   * Notes that execution was seen at a slot.
   *
   * @param threshold so often makes it hot; more where regions were lost to stores, and within a
   *     region, which execution may only have left because its time was up
   */
  boolean isHot(int slot, int threshold) {
    if (entries.get(slot)) {
      return false;
    }
    if (heat == COLD) {
      heat = new byte[SLOTS];
    }
    int times = threshold << doublings;
    if (covered.get(slot)) {
      times = Math.min(WITHIN * times, Byte.MAX_VALUE);
    }
    return heat[slot] != NEVER && ++heat[slot] >= times;
  }

  /** Nothing at this slot can be translated. */
  void neverHot(int slot) {
    heat[slot] = NEVER;
  }

  /**
   * Takes a region up, without its being entered yet: what changes its instructions ends it, too.
   *
   * @return until when it may be entered: as long as {@link #generation} returns the same
   */
  int expect(Translation made) {
    entries.or(made.entries());
    covered.or(made.covered());
    regionSize += made.size();
    return generation;
  }

  /** How often regions were dropped. */
  int generation() {
    return generation;
  }

  /** Makes execution enter a region that was expected. */
  void add(Translation made) {
    if (plain == code) {
      plain = code.clone();
    }
    if (regions == NONE) {
      regions = new Translation[SLOTS];
    }
    made.entries().stream()
        .forEach(
            slot -> {
              regions[slot] = made;
              code[slot] = TRANSLATED;
            });
  }

  /** Whether regions have some of these bytes among their instructions. */
  boolean translates(int from, int length) {
    int first = covered.nextSetBit(from / 2);
    return first >= 0 && first <= (from + length - 1) / 2;
  }

  /** Forgets all regions; stores that made this necessary make the next ones come later. */
  void dropRegions() {
    generation++;
    entries.stream().forEach(slot -> code[slot] = plain[slot]);
    entries.clear();
    covered.clear();
    regions = NONE;
    heat = COLD;
    regionSize = 0;
    doublings = Math.min(doublings + 1, MOST_DOUBLINGS);
  }
}
