package rrlog.core.machine.riscv.translate;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import rrlog.core.machine.platform.bus.Ram;
import rrlog.core.machine.riscv.isa.Decoded;
import rrlog.core.machine.riscv.isa.InstructionSet;
import rrlog.core.machine.riscv.isa.Kind;
import rrlog.core.machine.riscv.isa.Op;

/**
 * Which instructions of a page belong to one region, and where it may be entered.
 *
 * <p>It follows what is already decoded, which is a profile for free: what was never reached is not
 * part of it. It stops at what other regions begin with, so that they do not grow into each other.
 */
public final class Shape {
  static final int SLOTS = Ram.PAGE_SIZE / 2;

  private final long[] code;
  private final BitSet taken;
  private final BitSet members = new BitSet(SLOTS);
  private final BitSet targets = new BitSet(SLOTS);
  private final BitSet joins = new BitSet(SLOTS);
  private final BitSet checkpoints = new BitSet(SLOTS);
  private final Deque<Integer> open = new ArrayDeque<>();
  private final int most;
  private int size;

  private Shape(long[] code, BitSet taken, int most) {
    this.code = code;
    this.taken = taken;
    this.most = most;
  }

  /**
   * The region that begins at some slots.
   *
   * @param code decoded instructions of a page, {@link Op#UNDECODED} where none is known
   * @param heads where it is to be entered, as far as there is room
   * @param taken entries of the page's other regions
   * @param most instructions to have at most
   * @return null if none of them can be translated
   */
  static @Nullable Shape of(long[] code, BitSet heads, BitSet taken, int most) {
    Shape shape = new Shape(code, taken, most);
    shape.checkpoints.or(heads);
    heads.stream().forEach(shape.open::add);
    while (!shape.open.isEmpty()) {
      shape.follow(shape.open.remove());
    }
    if (shape.members.isEmpty()) {
      return null;
    }
    shape.checkpoints.and(shape.members);
    shape.targets.and(shape.members);
    shape.targets.or(shape.checkpoints);
    shape.joins.and(shape.members);
    shape.joins.or(shape.checkpoints);
    return shape;
  }

  private void follow(int from) {
    int slot = from;
    while (slot >= 0 && slot < SLOTS && !members.get(slot) && size < most && canTranslate(slot)) {
      members.set(slot);
      size++;
      long w = code[slot];
      int next = slot + Decoded.halfwords(w);
      switch (Kind.of(Decoded.op(w))) {
        case BRANCH -> {
          branch(slot, target(slot));
          targets.set(next);
        }
        case JUMP -> {
          returns(w, next);
          branch(slot, target(slot));
          return;
        }
        case INDIRECT_JUMP -> {
          returns(w, next);
          return;
        }
        default -> {}
      }
      slot = next;
    }
    if (slot >= 0 && slot < SLOTS && members.get(slot)) {
      targets.set(slot);
      joins.set(slot);
    }
  }

  private void branch(int from, int to) {
    if (to < 0 || to >= SLOTS) {
      return;
    }
    targets.set(to);
    joins.set(to);
    if (to <= from) {
      checkpoints.set(to);
    }
    open.add(to);
  }

  /** A call comes back behind itself. */
  private void returns(long w, int next) {
    int rd = Decoded.rd(w);
    if ((rd == 1 || rd == 5) && next < SLOTS) {
      checkpoints.set(next);
      open.add(next);
    }
  }

  private boolean canTranslate(int slot) {
    return !taken.get(slot)
        && code[slot] != Op.UNDECODED
        && Kind.of(Decoded.op(code[slot])) != Kind.SYSTEM;
  }

  /** Where the branch or jump at a slot leads; may be outside the page. */
  int target(int slot) {
    return slot + (Decoded.immediate(code[slot]) >> 1);
  }

  long instruction(int slot) {
    return code[slot];
  }

  boolean has(int slot) {
    return slot >= 0 && slot < SLOTS && members.get(slot);
  }

  /** Whether execution may come to a slot from elsewhere than the one before. */
  boolean isTarget(int slot) {
    return targets.get(slot);
  }

  /** Where more than one way may lead to, or one from elsewhere than the instruction before. */
  BitSet joins() {
    BitSet all = (BitSet) joins.clone();
    for (int slot = from(0); slot >= 0; slot = from(slot + 1)) {
      int next = slot + Decoded.halfwords(code[slot]);
      if (from(slot + 1) != next) {
        all.set(next);
      }
    }
    return all;
  }

  boolean isCheckpoint(int slot) {
    return checkpoints.get(slot);
  }

  /** The first instruction at a slot or behind it, -1 if there is none. */
  int from(int slot) {
    return members.nextSetBit(slot);
  }

  /** Whether an instruction is executed by the interpreter's functions. */
  boolean calls() {
    return members.stream()
        .mapToObj(slot -> Kind.of(Decoded.op(code[slot])))
        .anyMatch(kind -> kind == Kind.ATOMIC || kind == Kind.FLOAT);
  }

  /** Integer registers that it reads or writes, without x0. */
  BitSet registers() {
    BitSet registers = written();
    for (int slot = from(0); slot >= 0; slot = from(slot + 1)) {
      registers.set(Decoded.rs1(code[slot]));
      registers.set(Decoded.rs2(code[slot]));
    }
    registers.clear(0);
    return registers;
  }

  /** Integer registers that it writes. */
  BitSet written() {
    BitSet written = new BitSet();
    for (int slot = from(0); slot >= 0; slot = from(slot + 1)) {
      int op = Decoded.op(code[slot]);
      if (Kind.of(op) != Kind.FENCE && InstructionSet.encoding(op).format().writesInteger()) {
        written.set(Decoded.rd(code[slot]));
      }
    }
    written.clear(Decoded.SINK);
    return written;
  }

  /** How many instructions it has. */
  public int size() {
    return size;
  }

  /** Where it may be entered: at its head, where loops begin and where calls come back. */
  public BitSet entries() {
    return (BitSet) checkpoints.clone();
  }

  /** All halfwords of its instructions. */
  public BitSet covered() {
    BitSet covered = new BitSet(SLOTS);
    for (int slot = from(0); slot >= 0; slot = from(slot + 1)) {
      covered.set(slot, slot + Decoded.halfwords(code[slot]));
    }
    return covered;
  }

  /**
   * For each checkpoint the longest way from there to the next one or out: so many instructions
   * must be left of a budget to go on.
   */
  int[] longest() {
    int[] longest = new int[SLOTS + 2];
    for (int slot = members.length() - 1; slot >= 0; slot = members.previousSetBit(slot - 1)) {
      long w = code[slot];
      int next = slot + Decoded.halfwords(w);
      int most =
          switch (Kind.of(Decoded.op(w))) {
            case BRANCH ->
                Math.max(onward(longest, slot, next), onward(longest, slot, target(slot)));
            case JUMP -> onward(longest, slot, target(slot));
            case INDIRECT_JUMP -> 0;
            default -> onward(longest, slot, next);
          };
      longest[slot] = 1 + most;
    }
    return longest;
  }

  private int onward(int[] longest, int from, int to) {
    return to > from && has(to) && !isCheckpoint(to) ? longest[to] : 0;
  }
}
