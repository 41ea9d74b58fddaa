package rrlog.core.machine.riscv.hart;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import rrlog.core.machine.platform.bus.Ram;

/**
 * The decoded pages of a machine's memories, a bounded number of them. Confined to the machine's
 * thread.
 *
 * <p>A page is watched while it is here: what is stored to it is forgotten at once. It goes when
 * another one needs its place, or when so much is stored to it without its being entered that it is
 * more likely to hold data by now.
 */
final class CodeCache {
  /** So many stores in a row speak for data; twice as many each time that this was wrong. */
  private static final int STORES_OF_DATA = 64;

  private static final int MOST_DOUBLINGS = 16;

  /** One memory's pages, and how often each was given up for its stores. */
  private record Memory(Ram ram, @Nullable CodePage[] pages, byte[] mistaken) {}

  private final Decoder decoder;
  private final int most;
  private final Consumer<CodePage> onDrop;
  private final List<Memory> memories = new ArrayList<>();
  private final ArrayDeque<CodePage> pages = new ArrayDeque<>(); // oldest first

  /**
   * An empty cache.
   *
   * @param decoder for their instructions
   * @param most pages to hold, 1 or more
   * @param onDrop is told of each page that goes, before its place is used again
   */
  CodeCache(Decoder decoder, int most, Consumer<CodePage> onDrop) {
    if (most < 1) {
      throw new IllegalArgumentException("a cache of %d pages".formatted(most));
    }
    this.decoder = decoder;
    this.most = most;
    this.onDrop = onDrop;
  }

  /** Called before a store changes bytes of a page that is here. */
  interface StoreWatcher {
    void codeChanges(CodePage page, int from, int length);
  }

  /**
   * The page of a physical address, if it is here.
   *
   * @param ram the memory in which it lies
   */
  @Nullable CodePage find(Ram ram, long physical) {
    for (Memory memory : memories) {
      if (memory.ram == ram) {
        return memory.pages[index(ram, physical)];
      }
    }
    return null;
  }

  /**
   * The page of a physical address, made if it is not here.
   *
   * @param watcher whom to tell of stores to the memory
   */
  CodePage page(Ram ram, long physical, StoreWatcher watcher) {
    Memory memory = memory(ram, watcher);
    int index = index(ram, physical);
    CodePage page = memory.pages[index];
    if (page == null) {
      if (pages.size() == most) {
        dropOldest();
      }
      page = new CodePage(decoder, ram, (long) index * Ram.PAGE_SIZE);
      memory.pages[index] = page;
      pages.add(page);
      ram.markCode(page.offset);
    }
    page.enter();
    return page;
  }

  /** How many pages there are. */
  int size() {
    return pages.size();
  }

  /** Gives all pages up. */
  void clear() {
    while (!pages.isEmpty()) {
      drop(pages.remove());
    }
  }

  private static int index(Ram ram, long physical) {
    return (int) ((physical - ram.base()) / Ram.PAGE_SIZE);
  }

  /** The oldest page that was not entered since the last time its turn came. */
  private void dropOldest() {
    CodePage page = pages.remove();
    while (page.used) {
      page.used = false;
      pages.add(page);
      page = pages.remove();
    }
    drop(page);
  }

  /** The page is no longer in the queue. */
  private void drop(CodePage page) {
    Memory memory = existing(page.ram);
    memory.pages[(int) (page.offset / Ram.PAGE_SIZE)] = null;
    page.ram.forgetCode(page.offset);
    page.abandon();
    onDrop.accept(page);
  }

  private Memory existing(Ram ram) {
    for (Memory memory : memories) {
      if (memory.ram == ram) {
        return memory;
      }
    }
    throw new IllegalStateException("not a memory of this cache");
  }

  private Memory memory(Ram ram, StoreWatcher watcher) {
    for (Memory memory : memories) {
      if (memory.ram == ram) {
        return memory;
      }
    }
    int count = Math.toIntExact(ram.length() / Ram.PAGE_SIZE);
    Memory memory = new Memory(ram, new CodePage[count], new byte[count]);
    memories.add(memory);
    ram.watchCode((changed, offset, length) -> invalidate(memory, watcher, offset, length));
    return memory;
  }

  private void invalidate(Memory memory, StoreWatcher watcher, long offset, int length) {
    int index = (int) (offset / Ram.PAGE_SIZE);
    CodePage page = memory.pages[index];
    if (page == null) {
      return;
    }
    int from = (int) offset & Ram.PAGE_SIZE - 1;
    watcher.codeChanges(page, from, length);
    int stores = page.invalidate(from, length);
    if (stores >= STORES_OF_DATA << memory.mistaken[index]) {
      memory.mistaken[index] = (byte) Math.min(memory.mistaken[index] + 1, MOST_DOUBLINGS);
      pages.remove(page);
      drop(page);
    }
  }
}
