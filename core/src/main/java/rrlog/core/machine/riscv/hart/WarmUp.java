package rrlog.core.machine.riscv.hart;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import rrlog.core.machine.riscv.translate.Context;
import rrlog.core.machine.riscv.translate.Translator.Translation;

/**
 * Regions that HotSpot has not compiled yet. What it interprets is slower than what we interpret,
 * so a new region is called often enough for it to be compiled, with no room to execute anything,
 * and entered only when a call has become cheap.
 */
final class WarmUp {
  /** After so many calls HotSpot compiles a method. */
  private static final int CALLS = 260;

  /** So many are timed together. */
  private static final int BATCH = 20;

  /** Compiled code returns at least so many times as fast. */
  private static final int COMPILED = 3;

  /** If it does not after so many looks, nothing compiles here. */
  private static final int MOST_LOOKS = 100;

  /** A region that is not entered yet. */
  private static final class Waiting {
    final CodePage page;
    final int generation;
    final Translation made;
    final long interpreted; // nanoseconds for some calls before it was compiled
    int looks;

    Waiting(CodePage page, int generation, Translation made, long interpreted) {
      this.page = page;
      this.generation = generation;
      this.made = made;
      this.interpreted = interpreted;
    }
  }

  private final HartState s;
  private final Context context;
  private final List<Waiting> waiting = new ArrayList<>();
  private boolean some;
  private int rest;
  private long next;

  /**
   * Nothing.
   *
   * @param context whom regions are to ask, though they do not get so far
   */
  WarmUp(HartState state, Context context) {
    this.s = state;
    this.context = context;
  }

  /** Whether a region that waits has the instruction at a slot of a page. */
  boolean has(CodePage page, int slot) {
    return waiting.stream().anyMatch(w -> w.page == page && w.made.covered().get(slot));
  }

  /**
   * Takes a region up, to be entered in its page later.
   *
   * @param between instructions to execute before it is looked whether it is compiled; 0 to enter
   *     it at once
   */
  void begin(CodePage page, Translation made, int between) {
    int generation = page.expect(made);
    if (between == 0) {
      page.add(made);
      return;
    }
    long interpreted = Long.MAX_VALUE;
    for (int i = 0; i < CALLS; i += BATCH) {
      interpreted = Math.min(interpreted, call(made));
    }
    if (waiting.isEmpty()) {
      rest = between;
      next = s.icount + between;
    }
    waiting.add(new Waiting(page, generation, made, interpreted));
    some = true;
  }

  /** Whether it is time to {@link #look}. Asked each time that a region was left. */
  boolean isTime() {
    return some && (s.icount >= next || next - s.icount > rest); // icount may have gone back
  }

  /** Lets regions be entered that are compiled by now. */
  void look() {
    next = s.icount + rest;
    for (Iterator<Waiting> left = waiting.iterator(); left.hasNext(); ) {
      Waiting one = left.next();
      if (one.page.generation() != one.generation) {
        left.remove();
      } else if (++one.looks > MOST_LOOKS || isCompiled(one)) {
        one.page.add(one.made);
        left.remove();
      }
    }
    some = !waiting.isEmpty();
  }

  private boolean isCompiled(Waiting region) {
    long some = Math.min(call(region.made), call(region.made)); // the first finds no cache warm
    return some <= region.interpreted / COMPILED;
  }

  /** Nanoseconds for some calls. They may leave anything in the context. */
  private long call(Translation made) {
    int slot = made.entries().nextSetBit(0);
    long[] tlb = s.mmu.tlb(s.privilege).entries;
    long start = System.nanoTime();
    for (int i = 0; i < BATCH; i++) {
      made.region().run(context, s.x, tlb, 0, 0, slot);
    }
    return System.nanoTime() - start;
  }
}
