package rrlog.core.machine.riscv.hart;

import java.util.Arrays;
import rrlog.core.machine.platform.bus.Bus;
import rrlog.core.machine.platform.bus.BusFault;
import rrlog.core.machine.platform.bus.Ram;
import rrlog.core.machine.riscv.isa.Decoded;
import rrlog.core.machine.riscv.isa.InstructionSet;
import rrlog.core.machine.riscv.isa.Op;
import rrlog.core.machine.riscv.mmu.Access;
import rrlog.core.machine.riscv.mmu.Mmu;
import rrlog.core.machine.riscv.mmu.Trap;
import rrlog.core.qemu.Trait;

/**
 * The way from an instruction's virtual address to its decoded form: for each privilege mode a map
 * of virtual pages to those of {@link CodeCache}.
 */
final class InstructionCache {
  static final int SIZE = 512;
  static final int MASK = SIZE - 1;

  /** Where a page's last halfword lies in it. */
  private static final long PAGE_END = Ram.PAGE_SIZE - 2;

  private static final long[] NO_TAGS = new long[SIZE];

  static {
    Arrays.fill(NO_TAGS, -1);
  }

  /** Virtual to decoded pages of one privilege mode. */
  static final class Map {
    /** Virtual page addresses, -1 for none. */
    final long[] tags = new long[SIZE];

    /** The decoded pages. */
    final CodePage[] pages = new CodePage[SIZE];

    private boolean empty;

    private Map(CodePage none) {
      Arrays.fill(pages, none);
      flush();
    }

    private void flush() {
      if (!empty) {
        System.arraycopy(NO_TAGS, 0, tags, 0, SIZE);
        empty = true;
      }
    }

    private void flush(long address, CodePage none) {
      int entry = (int) (address >>> 12) & MASK;
      tags[entry] = -1;
      pages[entry] = none;
    }

    private void forget(CodePage page, CodePage none) {
      for (int i = 0; i < SIZE; i++) {
        if (pages[i] == page) {
          pages[i] = none;
          tags[i] = -1;
        }
      }
    }
  }

  private final HartState s;
  private final Bus bus;
  private final Mmu mmu;
  private final CodePage none;
  private final boolean fetchesSingly;
  private final Map[] maps = new Map[4];
  private final CodeCache cache;
  private final CodeCache.StoreWatcher watcher = this::codeChanges;

  /**
   * An empty cache.
   *
   * @param pages decoded pages to hold at most
   */
  InstructionCache(HartState state, int pages) {
    this.s = state;
    this.bus = state.bus;
    this.mmu = state.mmu;
    this.fetchesSingly = state.behaviour.has(Trait.PMP_FETCHES_SINGLY);
    this.none = new CodePage(state.decoder, Ram.ram(0, Ram.PAGE_SIZE), 0);
    Arrays.setAll(maps, mode -> new Map(none));
    this.cache = new CodeCache(state.decoder, pages, this::forget);
  }

  Map map(int privilege) {
    return maps[privilege];
  }

  /** Forgets all virtual addresses; what is decoded stays. */
  void flush() {
    for (Map map : maps) {
      map.flush();
    }
  }

  /** Forgets the page of one virtual address. */
  void flush(long address) {
    for (Map map : maps) {
      map.flush(address, none);
    }
  }

  /** Forgets what is decoded, too. */
  void clear() {
    flush();
    cache.clear();
  }

  private void forget(CodePage page) {
    s.translations.lost(page);
    for (Map map : maps) {
      map.forget(page, none);
    }
  }

  /**
   * Looks a page up that the map of the current mode does not hold, and enters it.
   *
   * @return whether it is there now; if not, and {@code s.rest} is not empty, that is the block to
   *     be executed; else instructions are to be fetched one by one
   * @throws Trap if fetching at {@code pc} is refused
   */
  boolean enter(long pc, int privilege) {
    s.triggers.fetching(pc);
    s.singly = s.triggers.stepsAt(pc);
    long physical = mmu.fetch(pc);
    boolean divided = !mmu.fetchCoversPage();
    boolean wholePage = !divided && !s.triggers.breaksInPage(pc);
    s.singly |= divided && fetchesSingly;
    if (!bus.isMemory(physical)) {
      return false;
    }
    CodePage page = page(physical);
    if (!wholePage) {
      int slot = slot(pc);
      int length = Block.length(s, page, slot, s.alone || s.singly ? 1 : Block.LONGEST, true);
      long[] block = Block.instructions(page, slot, length);
      if (divided && fetchesSingly && length == 1 && Decoded.halfwords(block[0]) == 2) {
        mmu.fetch(pc + 2);
      }
      if (Block.looksAtPageEnd(s, slot, block)) {
        mmu.fetch(pc | PAGE_END); // faults where the block begins
      }
      s.rest = block;
      return false;
    }
    s.marks.markCode(page, pc);
    Map map = maps[privilege];
    int entry = (int) (pc >>> 12) & MASK;
    map.pages[entry] = page;
    map.tags[entry] = pc & -Ram.PAGE_SIZE;
    map.empty = false;
    return true;
  }

  private CodePage page(long physical) {
    Ram ram = bus.memoryAt(physical);
    boolean known = cache.find(ram, physical) != null;
    CodePage page = cache.page(ram, physical, watcher);
    if (!known) {
      mmu.codeMarked();
    }
    return page;
  }

  private static int slot(long pc) {
    return (int) pc >>> 1 & CodePage.SLOTS - 1;
  }

  /**
   * How many instructions lie between {@code next} and the natural end of the block that is being
   * executed.
   *
   * @param at address of the instruction before {@code next}, whose page bounds the block
   */
  int restOfBlock(long at, long next) {
    if (s.waitEndsBlock || (s.inRest && s.singly)) {
      return 0;
    }
    long page = at & -Ram.PAGE_SIZE;
    long physical = mmu.peek(page);
    if ((next & -Ram.PAGE_SIZE) != page || !bus.isMemory(physical)) {
      return 0;
    }
    CodePage code = page(physical);
    return Block.length(s, code, slot(next), s.leftInBlock(), false);
  }

  /**
   * A store is about to change decoded instructions. What it changes in the rest of the block that
   * stores is executed as it was.
   */
  private void codeChanges(CodePage page, int from, int length) {
    if (page.translates(from, length)) {
      s.translations.lost(page);
    }
    if (!s.running || !isExecuting(page)) {
      return;
    }
    page.enter();
    if (from + length <= ((int) s.pc & Ram.PAGE_SIZE - 1)) {
      return;
    }
    if (s.inRest) {
      if (s.overwritten.isEmpty()) {
        s.overwritten.keep(page, s.pc);
      }
      return;
    }
    long storing = page.at(slot(s.pc));
    if (Decoded.op(storing) == Op.STRADDLES) {
      return;
    }
    int next = slot(s.pc) + Decoded.halfwords(storing);
    int count = Block.length(s, page, next, Block.LONGEST, false);
    long[] rest = Block.instructions(page, next, count);
    int end = next;
    for (long instruction : rest) {
      end += Decoded.halfwords(instruction);
    }
    if (from < 2 * end && from + length > 2 * next) {
      s.rest = rest;
      s.overwritten.keep(page, s.pc);
      s.limit = Math.min(s.limit, s.icount);
    }
  }

  private boolean isExecuting(CodePage page) {
    long physical = mmu.peek(s.pc);
    return (physical & -Ram.PAGE_SIZE) == page.ram.base() + page.offset && bus.isMemory(physical);
  }

  /**
   * The decoded instruction in the last halfword of a page and the first one of the next.
   *
   * @throws Trap if fetching either half is refused
   */
  long straddling(long pc, Trap trap) {
    Map map = maps[s.privilege];
    long behind = pc + 2;
    int first = (int) (pc >>> 12) & MASK;
    int second = (int) (behind >>> 12) & MASK;
    if (map.tags[first] == (pc & -Ram.PAGE_SIZE) && map.tags[second] == behind) {
      return map.pages[second].straddlingFrom(map.pages[first]);
    }
    return s.decoder.decode(fetchSingle(pc, trap));
  }

  /**
   * Fetches one instruction without the cache: one that lies in two pages, or in a device.
   *
   * @return 16 or 32 bits
   * @throws Trap if fetching either half is refused
   */
  int fetchSingle(long pc, Trap trap) {
    s.triggers.fetching(pc);
    int first = fetchHalf(pc, trap);
    if (InstructionSet.isCompressed(first)) {
      return first;
    }
    return first | fetchHalf(pc + 2, trap) << 16;
  }

  private int fetchHalf(long address, Trap trap) {
    long physical = mmu.fetch(address);
    try {
      if ((address & Ram.PAGE_SIZE - 1) == Ram.PAGE_SIZE - 1) {
        return (int) (bus.load(physical, 1) | bus.load(mmu.fetch(address + 1), 1) << 8);
      }
      return (int) bus.load(physical, 2);
    } catch (BusFault e) {
      throw trap.uncounted(Access.FETCH.accessFault(), address);
    }
  }

  /** The instruction at a virtual address without side effects, or -1. */
  long peek(long address) {
    Map map = maps[s.privilege];
    int entry = (int) (address >>> 12) & MASK;
    int at = (int) address & Ram.PAGE_SIZE - 1;
    if (map.tags[entry] == (address & (-Ram.PAGE_SIZE | 1)) && at < Ram.PAGE_SIZE - 2) {
      CodePage page = map.pages[entry];
      long first = page.ram.load(page.offset + at, 2);
      return InstructionSet.isCompressed((int) first)
          ? first
          : first | page.ram.load(page.offset + at + 2, 2) << 16;
    }
    return walk(address);
  }

  private long walk(long address) {
    long first = peekHalf(address);
    if (first < 0 || InstructionSet.isCompressed((int) first)) {
      return first;
    }
    long second = peekHalf(address + 2);
    return second < 0 ? -1 : first | second << 16;
  }

  private long peekHalf(long address) {
    long physical = mmu.peek(address);
    if (!bus.isMemory(physical)) {
      return -1;
    }
    return bus.load(physical, 2);
  }
}
