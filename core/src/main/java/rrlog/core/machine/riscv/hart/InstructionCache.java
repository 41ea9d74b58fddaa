package rrlog.core.machine.riscv.hart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import rrlog.core.machine.platform.bus.Bus;
import rrlog.core.machine.platform.bus.BusFault;
import rrlog.core.machine.platform.bus.Ram;
import rrlog.core.machine.riscv.isa.InstructionSet;
import rrlog.core.machine.riscv.mmu.Access;
import rrlog.core.machine.riscv.mmu.Mmu;
import rrlog.core.machine.riscv.mmu.Trap;

/**
 * Decoded pages by physical page, and for each privilege mode by virtual page.
 *
 * <p>A store to a page with decoded instructions forgets those it touches at once. So {@code
 * fence.i} has nothing to do; QEMU instead runs the rest of the current block unchanged (semantics
 * page, section 4.3), which no sane guest sees.
 */
final class InstructionCache {
  static final int SIZE = 512;
  static final int MASK = SIZE - 1;

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
        Arrays.fill(tags, -1);
        empty = true;
      }
    }
  }

  private record MemoryPages(Ram ram, @Nullable CodePage[] pages) {}

  private final Bus bus;
  private final Mmu mmu;
  private final Map[] maps;
  private final List<MemoryPages> memories = new ArrayList<>();

  InstructionCache(Bus bus, Mmu mmu) {
    this.bus = bus;
    this.mmu = mmu;
    CodePage none = new CodePage(Ram.ram(0, Ram.PAGE_SIZE), 0);
    this.maps = new Map[] {new Map(none), new Map(none), new Map(none), new Map(none)};
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

  /** Forgets what is decoded, too. */
  void clear() {
    flush();
    for (MemoryPages memory : memories) {
      Arrays.fill(memory.pages, null);
    }
  }

  /**
   * Looks a page up that the map of the current mode does not hold, and enters it.
   *
   * @return whether it is there now; if not, instructions are to be fetched one by one
   * @throws Trap if fetching at {@code pc} is refused
   */
  boolean enter(long pc, int privilege) {
    long physical = mmu.fetch(pc);
    if (!mmu.fetchCoversPage() || !bus.isMemory(physical)) {
      return false;
    }
    Map map = maps[privilege];
    int entry = (int) (pc >>> 12) & MASK;
    map.pages[entry] = page(bus.memoryAt(physical), physical);
    map.tags[entry] = pc & -Ram.PAGE_SIZE;
    map.empty = false;
    return true;
  }

  /**
   * Fetches one instruction without the cache: one that lies in two pages, in a device, or where
   * protection ends within the page.
   *
   * @return 16 or 32 bits
   * @throws Trap if fetching either half is refused
   */
  int fetchSingle(long pc, Trap trap) {
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
    long first = peekHalf(address);
    if (first < 0 || InstructionSet.isCompressed((int) first)) {
      return first;
    }
    long second = peekHalf(address + 2);
    return second < 0 ? -1 : first | second << 16;
  }

  private long peekHalf(long address) {
    OptionalLong physical = mmu.peek(address);
    if (physical.isEmpty() || !bus.isMemory(physical.getAsLong())) {
      return -1;
    }
    return bus.load(physical.getAsLong(), 2);
  }

  private CodePage page(Ram ram, long physical) {
    MemoryPages memory = memory(ram);
    long offset = (physical & -Ram.PAGE_SIZE) - ram.base();
    int index = (int) (offset / Ram.PAGE_SIZE);
    CodePage page = memory.pages[index];
    if (page == null) {
      page = new CodePage(ram, offset);
      memory.pages[index] = page;
      ram.markCode(offset);
      mmu.codeMarked();
    }
    return page;
  }

  private MemoryPages memory(Ram ram) {
    for (MemoryPages memory : memories) {
      if (memory.ram == ram) {
        return memory;
      }
    }
    CodePage[] pages = new CodePage[Math.toIntExact(ram.length() / Ram.PAGE_SIZE)];
    MemoryPages memory = new MemoryPages(ram, pages);
    memories.add(memory);
    ram.watchCode((changed, offset, length) -> invalidate(memory, offset, length));
    return memory;
  }

  private static void invalidate(MemoryPages memory, long offset, int length) {
    CodePage page = memory.pages[(int) (offset / Ram.PAGE_SIZE)];
    if (page != null) {
      page.invalidate((int) offset & Ram.PAGE_SIZE - 1, length);
    }
  }
}
