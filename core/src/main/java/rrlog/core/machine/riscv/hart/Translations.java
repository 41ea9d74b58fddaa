package rrlog.core.machine.riscv.hart;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import rrlog.core.machine.platform.bus.Ram;
import rrlog.core.machine.riscv.isa.Decoded;
import rrlog.core.machine.riscv.isa.Op;
import rrlog.core.machine.riscv.mmu.Trap;
import rrlog.core.machine.riscv.translate.Context;
import rrlog.core.machine.riscv.translate.Form;
import rrlog.core.machine.riscv.translate.Leave;
import rrlog.core.machine.riscv.translate.Region;
import rrlog.core.machine.riscv.translate.Site;
import rrlog.core.machine.riscv.translate.Translator;
import rrlog.core.machine.riscv.translate.Translator.Translation;

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

  /** A region comes back after so many instructions to be counted. */
  private static final int SLICE = 1_000_000;

  /** In place of {@link Context#block}: the current block began before the region was entered. */
  private static final int NO_BLOCK = -1;

  /** If it turns out to come back after fewer than these, it was made the wrong way. */
  private static final int SHORT_RUN = 100;

  /** After so many runs that did nothing this shows before it has executed much. */
  private static final int MANY_RUNS = 10_000;

  /** In place of {@link Region#executed}: it does not become another form however much it runs. */
  private static final long NEVER_AGAIN = Long.MIN_VALUE / 2;

  private final HartState s;
  private final Translator translator = new Translator();
  private final ArrayDeque<CodePage> pages = new ArrayDeque<>(); // oldest first
  private final WarmUp warmUp;
  private TranslationEffort effort = TranslationEffort.NONE;
  private @Nullable Lockstep lockstep;
  private int instructions;
  private long end;
  private long nextLook;
  private int steps;
  private long base;
  private long last; // icount when the running region's budget is used up
  private long site;
  private long loaded;

  Translations(HartState state) {
    this.s = state;
    this.warmUp = new WarmUp(state, this);
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

  /** In what forms there are regions that may be entered. */
  Set<Form> forms() {
    return pages.stream()
        .flatMap(CodePage::translations)
        .map(Translation::form)
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Form.class)));
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
        if (warmUp.isTime()) {
          warmUp.look();
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
    if (warmUp.has(page, slot)) {
      return;
    }
    BitSet heads = new BitSet();
    heads.set(slot);
    Translation there = page.covering(slot);
    Translation made =
        there == null
            ? make(page, heads, page.entries(), Form.CALLING)
            : again(page, there, heads, there.form());
    if (made == null || !made.entries().get(slot)) {
      page.neverHot(slot);
    }
    if (made != null) {
      await(page, made);
    }
  }

  /** A region has executed much: is it the right form for that? */
  private void judge(CodePage page, Translation made) {
    Region region = made.region();
    long executed = region.executed;
    long entered = region.entered;
    switch (made.form()) {
      case CALLING -> {
        region.executed = NEVER_AGAIN;
        boolean loops = executed > effort.longRun() * entered;
        replace(page, made, loops ? Form.LOOPING : Form.INLINED);
      }
      case INLINED -> {}
      case LOOPING -> {
        region.executed = 0;
        region.entered = 0;
        if (executed < SHORT_RUN * entered) {
          region.executed = NEVER_AGAIN;
          replace(page, made, Form.INLINED);
        }
      }
    }
  }

  private void replace(CodePage page, Translation old, Form form) {
    if (page.regionSize() == 0) {
      return; // lost meanwhile
    }
    Translation made = again(page, old, new BitSet(), form);
    if (made != null) {
      await(page, made);
    }
  }

  /** Makes what a region is once more, with other entries besides and what is known by now. */
  private @Nullable Translation again(CodePage page, Translation old, BitSet heads, Form form) {
    heads.or(old.entries());
    return make(page, heads, page.entriesBeside(old), form);
  }

  private @Nullable Translation make(CodePage page, BitSet heads, BitSet taken, Form form) {
    Translation made = translator.translate(page.instructions(), heads, taken, form).orElse(null);
    if (made != null && made.form() == Form.INLINED) {
      made.region().executed = NEVER_AGAIN;
    }
    return made;
  }

  private void await(CodePage page, Translation made) {
    if (page.regionSize() == 0) {
      pages.add(page);
    }
    instructions += made.size();
    warmUp.begin(page, made, effort.rest());
    drop(Math.max(effort.most(), made.size()));
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
    HartState s = this.s; // as all that follows here: C1 reads a field each time
    InstructionCache.Map map = s.instructions.map(s.privilege);
    long[] tags = map.tags;
    long[] x = s.x;
    long hot = effort.hot();
    long interpreted = nextLook - s.icount;
    s.limit = end;
    boolean missed = false;
    CodePage current = page;
    try {
      while (true) {
        int slot = (int) s.pc >>> 1 & CodePage.SLOTS - 1;
        Translation made = current.region(slot);
        long before = s.icount;
        long left = s.limit - before;
        if (made == null || left <= 0) {
          break;
        }
        Region region = made.region();
        base = s.pc & -Ram.PAGE_SIZE;
        block = NO_BLOCK;
        int budget = (int) Math.min(left, SLICE);
        last = before + budget;
        if (lockstep != null) {
          lockstep.entering(s);
        }
        s.icount = last - region.run(this, x, tlb, base, budget, slot);
        s.pc = pc;
        ended();
        long done = s.icount - before;
        region.executed += done;
        region.entered++;
        if (region.executed > hot) {
          judge(current, made);
          break;
        }
        if (warmUp.isTime()) {
          warmUp.look();
        }
        if (done == 0) {
          missed = made.form() == Form.LOOPING && left > made.size();
          if (missed && region.entered > MANY_RUNS) {
            judge(current, made);
          }
          break;
        }
        long next = s.pc;
        int entry = (int) (next >>> 12) & InstructionCache.MASK;
        if (tags[entry] != (next & -Ram.PAGE_SIZE) || (next & 1) != 0) {
          break;
        }
        current = map.pages[entry];
      }
    } catch (Leave leave) {
      s.x[Site.rd(site)] = loaded;
      s.pc = base + 2L * Site.next(site);
      ended();
    } catch (Trap trap) {
      if (!trap.isCounted()) {
        s.icount--;
      }
      ended();
      return true;
    }
    nextLook = s.icount + interpreted;
    // What the TLB did not know the interpreter has looked up, and no more.
    s.limit = Math.min(s.limit, missed ? s.icount + 1 : nextLook);
    return false;
  }

  /** A region has ended; pc and icount say where. */
  private void ended() {
    if (block != NO_BLOCK) {
      s.blockStart = Math.max(s.blockStart, last - block); // an access may have begun another one
    }
    if (lockstep != null) {
      lockstep.left(s);
    }
  }

  @Override
  public long load(long address, int left, long where) {
    at(left, where);
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
  public void store(long address, long value, int left, long where) {
    at(left, where);
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
  public void execute(long instruction, int left, long where) {
    at(left, where);
    if (Decoded.op(instruction) < Op.ATOMIC_END) {
      AtomicOperations.execute(s, instruction);
    } else {
      FloatOperations.execute(s, instruction);
    }
    s.accessed();
    leave(where, s.x[Site.rd(where)]);
  }

  /** Shows pc and icount to who may look at them. */
  private void at(int left, long where) {
    s.pc = base + 2L * Site.slot(where);
    s.icount = last - left + Site.before(where) + 1;
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
