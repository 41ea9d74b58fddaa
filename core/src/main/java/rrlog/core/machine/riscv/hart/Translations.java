package rrlog.core.machine.riscv.hart;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rrlog.core.machine.platform.bus.Ram;
import rrlog.core.machine.riscv.isa.Decoded;
import rrlog.core.machine.riscv.isa.Op;
import rrlog.core.machine.riscv.mmu.Trap;
import rrlog.core.machine.riscv.translate.Context;
import rrlog.core.machine.riscv.translate.Leave;
import rrlog.core.machine.riscv.translate.Region;
import rrlog.core.machine.riscv.translate.Site;
import rrlog.core.machine.riscv.translate.Translator;

/**
 * What of a hart's code is translated: what is worth it, how much there may be, and how it is
 * executed. The interpreter comes here from each instruction that is an entry of a {@link Region}.
 *
 * <p>What is worth it is found by looking, every so many interpreted instructions, where execution
 * is: that costs the interpreter nothing in between.
 */
final class Translations extends Context {
  /** How far to go from there to the beginning of a block. */
  private static final int MOST_STEPS = 24;

  /** After so many calls HotSpot compiles a method. */
  private static final int CALLS = 260;

  /** A region comes back after so many instructions to be counted. */
  private static final long SLICE = 1_000_000;

  /** Where one region takes the place of another there is more time. */
  private static final int LATER = 40;

  private record Waiting(CodePage page, int generation, Translator.Translation made, long from) {}

  private final HartState s;
  private final Translator translator = new Translator();
  private final ArrayDeque<CodePage> pages = new ArrayDeque<>(); // oldest first
  private final List<Waiting> waiting = new ArrayList<>();
  private long nextInstall = Long.MAX_VALUE;
  private TranslationEffort effort = TranslationEffort.NONE;
  private @Nullable Lockstep lockstep;
  private int instructions;
  private long end;
  private long nextLook;
  private int steps;
  private long base;
  private long site;
  private long loaded;

  Translations(HartState state) {
    this.s = state;
  }

  void set(TranslationEffort newEffort) {
    effort = newEffort;
    nextLook = s.icount + effort.period();
    drop(effort.most());
  }

  /** Notes there what the registers are wherever a region is left. */
  void compare(Lockstep withOther) {
    lockstep = withOther;
  }

  boolean isOn() {
    return effort.period() > 0;
  }

  /** How many instructions there are in regions. */
  int size() {
    return instructions;
  }

  /**
   * How far the interpreter may go before it comes back here.
   *
   * @param newEnd icount at which execution ends
   */
  long limit(long newEnd) {
    end = newEnd;
    if (end - s.icount <= 1) {
      return end; // somebody looks at each instruction
    }
    nextLook = Math.min(nextLook, s.icount + effort.period()); // icount may have gone back
    if (s.icount >= nextLook) {
      if (s.blockStart == s.icount || ++steps > MOST_STEPS) {
        look();
        steps = 0;
        nextLook = s.icount + effort.period();
        if (s.icount >= nextInstall) {
          install();
        }
      } else {
        nextLook = s.icount + 1;
      }
    }
    return Math.min(end, nextLook);
  }

  private void look() {
    InstructionCache.Map map = s.instructions.map(s.privilege);
    int entry = (int) (s.pc >>> 12) & InstructionCache.MASK;
    boolean there = map.tags[entry] == (s.pc & -Ram.PAGE_SIZE) && (s.pc & 1) == 0;
    // With marks every page that has some must ask before each of them: none is translated.
    if (!there || s.marks.marksCode()) {
      return;
    }
    CodePage page = map.pages[entry];
    int slot = (int) s.pc >>> 1 & CodePage.SLOTS - 1;
    if (page.isHot(slot, effort.threshold())) {
      translate(page, slot);
    }
  }

  private void translate(CodePage page, int slot) {
    Translator.Translation made =
        translator.translate(page.instructions(), slot, page.entries(), false).orElse(null);
    if (made == null) {
      page.neverHot(slot);
      return;
    }
    if (page.regionSize() == 0) {
      pages.add(page);
    }
    await(page, made, slot, effort.rest());
  }

  /** Has one that runs faster made in place of a region that has turned out to be hot. */
  private void heat(CodePage page, Region region) {
    region.executed = Long.MIN_VALUE;
    if (page.regionSize() == 0) {
      return; // lost meanwhile
    }
    translator
        .translate(page.instructions(), region.head, page.entriesBeside(region), true)
        .ifPresent(
            made -> {
              made.region().executed = Long.MIN_VALUE;
              await(page, made, region.head, (long) LATER * effort.rest());
            });
  }

  /**
   * Calls a new region so often that the JVM compiles it, with no room to execute anything, and
   * leaves it alone meanwhile: what the JVM interprets is slower than what we do.
   */
  private void await(CodePage page, Translator.Translation made, int slot, long instead) {
    made.region().head = slot;
    instructions += made.size();
    waiting.add(new Waiting(page, page.expect(made), made, s.icount + instead));
    nextInstall = Math.min(nextInstall, s.icount + instead);
    if (instead == 0) {
      install();
    }
    for (int i = 0; instead > 0 && i < CALLS; i++) {
      made.region().run(this, s.x, s.mmu.tlb(s.privilege).entries, 0, 0, 0, slot);
    }
    drop(Math.max(effort.most(), made.size()));
  }

  private void install() {
    nextInstall = Long.MAX_VALUE;
    for (Iterator<Waiting> left = waiting.iterator(); left.hasNext(); ) {
      Waiting next = left.next();
      if (next.page.generation() != next.generation) {
        left.remove();
      } else if (s.icount >= next.from) {
        next.page.add(next.made);
        left.remove();
      } else {
        nextInstall = Math.min(nextInstall, next.from);
      }
    }
  }

  /** Drops what was translated first until no more than so many instructions are left. */
  private void drop(int most) {
    while (instructions > most) {
      CodePage oldest = pages.remove();
      instructions -= oldest.regionSize();
      oldest.dropRegions();
    }
  }

  /** The page has lost, or is about to lose, its regions. */
  void lost(CodePage page) {
    if (page.regionSize() == 0) {
      return;
    }
    instructions -= page.regionSize();
    pages.remove(page);
    page.dropRegions();
    if (s.running) {
      s.limit = Math.min(s.limit, s.icount);
    }
  }

  /**
   * Executes regions from {@code s.pc} and {@code s.icount} on, as far as they go; perhaps nothing.
   *
   * @param page the one in which {@code s.pc} lies
   * @return whether an exception is to be delivered
   */
  boolean run(CodePage page, long[] tlb) {
    if (s.alone || s.inRest || end - s.icount <= 1) {
      return false;
    }
    InstructionCache.Map map = s.instructions.map(s.privilege);
    long interpreted = nextLook - s.icount;
    s.limit = end;
    CodePage current = page;
    try {
      while (true) {
        int slot = (int) s.pc >>> 1 & CodePage.SLOTS - 1;
        Region region = current.region(slot);
        long before = s.icount;
        if (region == null || before >= s.limit) {
          break;
        }
        base = s.pc & -Ram.PAGE_SIZE;
        block = s.blockStart;
        if (lockstep != null) {
          lockstep.entering(s);
        }
        region.run(this, s.x, tlb, base, before, Math.min(s.limit, before + SLICE), slot);
        region.executed += count - before;
        s.pc = pc;
        s.icount = count;
        s.blockStart = Math.max(block, s.blockStart);
        left();
        int entry = (int) (pc >>> 12) & InstructionCache.MASK;
        if (region.executed > effort.hot()) {
          heat(current, region);
          break;
        }
        if (s.icount >= nextInstall) {
          install();
        }
        if (count == before || map.tags[entry] != (pc & -Ram.PAGE_SIZE) || (pc & 1) != 0) {
          break;
        }
        current = map.pages[entry];
      }
    } catch (Leave leave) {
      s.x[Site.rd(site)] = loaded;
      s.pc = base + 2L * Site.next(site);
      s.blockStart = Math.max(block, s.blockStart);
      left();
    } catch (Trap trap) {
      if (!trap.isCounted()) {
        s.icount--;
      }
      left();
      return true;
    }
    nextLook = s.icount + interpreted;
    s.limit = Math.min(s.limit, nextLook);
    return false;
  }

  private void left() {
    if (lockstep != null) {
      lockstep.left(s);
    }
  }

  @Override
  public long load(long address, long before, long where) {
    at(before, where);
    int op = Site.op(where);
    int size =
        switch (op) {
          case Op.LB, Op.LBU -> 1;
          case Op.LH, Op.LHU -> 2;
          case Op.LW, Op.LWU -> 4;
          default -> 8;
        };
    long value = s.mmu.load(address, size);
    s.accessed();
    leave(
        where,
        switch (op) {
          case Op.LB -> (byte) value;
          case Op.LH -> (short) value;
          case Op.LW -> (int) value;
          default -> value;
        });
    return value;
  }

  @Override
  public void store(long address, long value, long before, long where) {
    at(before, where);
    int size =
        switch (Site.op(where)) {
          case Op.SB -> 1;
          case Op.SH -> 2;
          case Op.SW -> 4;
          default -> 8;
        };
    s.mmu.store(address, size, value);
    s.accessed();
    leave(where, 0);
  }

  @Override
  public void execute(long instruction, long before, long where) {
    at(before, where);
    if (Decoded.op(instruction) < Op.ATOMIC_END) {
      AtomicOperations.execute(s, instruction);
    } else {
      FloatOperations.execute(s, instruction);
    }
    s.accessed();
    leave(where, s.x[Site.rd(where)]);
  }

  /** Shows pc and icount to who may look at them. */
  private void at(long before, long where) {
    s.pc = base + 2L * Site.slot(where);
    s.icount = before + Site.before(where) + 1;
  }

  /** Ends the region here if the limit was lowered; what was loaded is not in its register yet. */
  private void leave(long where, long value) {
    if (s.limit <= s.icount) {
      site = where;
      loaded = value;
      throw Leave.NOW;
    }
  }
}
