package rrlog.core.machine.riscv.translate;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import rrlog.core.machine.riscv.isa.Decoded;
import rrlog.core.machine.riscv.isa.Format;
import rrlog.core.machine.riscv.isa.InstructionSet;
import rrlog.core.machine.riscv.isa.Kind;
import rrlog.core.machine.riscv.isa.Op;
import rrlog.core.machine.riscv.mmu.HostMemory;
import rrlog.core.machine.riscv.mmu.Tlb;

/**
 * The body of one {@link Region#run}: straight pieces and jumps between them.
 *
 * <p>What an instruction writes goes to the registers in memory at once, so that they are right
 * wherever a region ends, and costs nothing to enter one; what a piece has read or written it keeps
 * in local variables for the rest of the piece. C1, which spills at each call what is in a register
 * of the processor, makes a third of the code of that which registers in local variables throughout
 * became. Only {@link Form#LOOPING} keeps them there throughout: it calls nothing.
 *
 * <p>Instructions are taken off the budget where their straight piece ends; in between what is left
 * at one is known from its {@link Site}. The budget is looked at at checkpoints only.
 *
 * <p>More than 400 lines in one file: what a piece keeps in local variables is known here alone.
 */
final class Emitter {
  private static final ClassDesc DIRECT = Direct.class.describeConstable().orElseThrow();
  private static final ClassDesc MEMORY = HostMemory.class.describeConstable().orElseThrow();
  private static final ClassDesc CONTEXT = Context.class.describeConstable().orElseThrow();
  private static final MethodTypeDesc MTD_LOAD = MethodTypeDesc.of(CD_long, CD_long);
  private static final MethodTypeDesc MTD_STORE = MethodTypeDesc.of(CD_void, CD_long, CD_long);
  private static final MethodTypeDesc LOAD = MethodTypeDesc.of(CD_long, CD_long, CD_int, CD_long);
  private static final MethodTypeDesc STORE =
      MethodTypeDesc.of(CD_void, CD_long, CD_long, CD_int, CD_long);
  private static final MethodTypeDesc DIRECT_LOAD =
      MethodTypeDesc.of(CD_long, CONTEXT, CD_long.arrayType(), CD_long, CD_int, CD_long);
  private static final MethodTypeDesc DIRECT_STORE =
      MethodTypeDesc.of(CD_void, CONTEXT, CD_long.arrayType(), CD_long, CD_long, CD_int, CD_long);
  private static final MethodTypeDesc EXECUTE =
      MethodTypeDesc.of(CD_void, CD_long, CD_int, CD_long);

  // Local variables: the parameters of Region.run, then ours.
  private static final int THE_CONTEXT = 1;
  private static final int X = 2;
  static final int THE_TLB = 3;
  private static final int BASE = 4;
  private static final int LEFT = 6;
  static final int ENTRY = 7;
  private static final int PC = 8;
  private static final int BLOCK = 10;
  static final int ADDRESS = 11;
  private static final int FIRST_REGISTER = 11; // of x1, at 13
  static final int FIRST_PAGE = 75; // behind x31

  private final Shape shape;
  private final Functions functions;
  private final boolean inlined;
  private final boolean kept;
  private final BitSet joins;
  private final BitSet known = new BitSet(); // registers that their local variables hold
  private final Map<Integer, Label> labels = new TreeMap<>();
  private final Map<Integer, Label> exits = new TreeMap<>();
  private final List<Runnable> slow = new ArrayList<>();
  private final int[] longest;
  private CodeBuilder code;
  private Addresses addresses;
  private Label dispatch;
  private Label exit;
  private int pending;

  @SuppressWarnings("NullAway") // code and its labels are there while emit runs, and only then used
  Emitter(Shape shape, Form form, Functions functions) {
    this.shape = shape;
    this.inlined = form != Form.CALLING;
    this.kept = form == Form.LOOPING;
    this.functions = functions;
    this.longest = shape.longest();
    this.joins = shape.joins();
  }

  void emit(CodeBuilder builder) {
    code = builder;
    addresses = new Addresses(builder, kept);
    dispatch = code.newLabel();
    exit = code.newLabel();
    code.lload(BASE).lstore(PC);
    if (kept) {
      code.aload(THE_CONTEXT).getfield(CONTEXT, "block", CD_int).istore(BLOCK);
      shape.registers().stream().forEach(this::know);
      addresses.begin(shape);
    }
    dispatch();
    for (int slot = shape.from(0); slot >= 0; slot = shape.from(slot + 1)) {
      instruction(slot);
    }
    addresses.end();
    slow.forEach(Runnable::run);
    exits.forEach(this::leave);
    code.labelBinding(exit);
    if (kept) {
      code.aload(THE_CONTEXT).iload(BLOCK).putfield(CONTEXT, "block", CD_int);
      shape.written().stream().forEach(this::save);
    }
    code.aload(THE_CONTEXT).lload(PC).putfield(CONTEXT, "pc", CD_long);
    code.iload(LEFT).ireturn();
  }

  private void dispatch() {
    code.labelBinding(dispatch);
    List<SwitchCase> cases = new ArrayList<>();
    BitSet entries = shape.entries();
    for (int slot = entries.nextSetBit(0); slot >= 0; slot = entries.nextSetBit(slot + 1)) {
      cases.add(SwitchCase.of(slot, label(slot)));
    }
    code.iload(ENTRY).lookupswitch(exit, cases);
  }

  private Label label(int slot) {
    return labels.computeIfAbsent(slot, s -> code.newLabel());
  }

  /** Where to go on at a slot, in the region or out of it. */
  private Label to(int slot) {
    return shape.has(slot) ? label(slot) : exits.computeIfAbsent(slot, s -> code.newLabel());
  }

  private void leave(int slot, Label label) {
    code.labelBinding(label);
    code.lload(BASE).loadConstant(2L * slot).ladd().lstore(PC).goto_(exit);
  }

  private void instruction(int slot) {
    if (shape.isTarget(slot)) {
      code.labelBinding(label(slot));
    }
    if (joins.get(slot) && !kept) {
      known.clear();
    }
    if (shape.isCheckpoint(slot)) {
      code.iload(LEFT).loadConstant(longest[slot]);
      code.branch(Opcode.IF_ICMPLT, exits.computeIfAbsent(slot, s -> code.newLabel()));
    }
    long w = shape.instruction(slot);
    int next = slot + Decoded.halfwords(w);
    switch (Kind.of(Decoded.op(w))) {
      case COMPUTE -> compute(w);
      case CONSTANT -> set(w, () -> code.loadConstant((long) Decoded.immediate(w)));
      case ADDRESS -> set(w, () -> address(2L * slot + Decoded.immediate(w)));
      case LOAD -> load(slot, w);
      case STORE -> store(slot, w);
      case ATOMIC, FLOAT -> call(slot, w);
      case FENCE -> {}
      case BRANCH -> {
        pending++;
        endBlock();
        branch(w, to(shape.target(slot)), shape.target(slot) <= slot);
        onward(slot, next);
        return;
      }
      case JUMP -> {
        set(w, () -> address(2L * next));
        pending++;
        endBlock();
        code.goto_(to(shape.target(slot)));
        return;
      }
      case INDIRECT_JUMP -> {
        indirect(w, next);
        return;
      }
      case SYSTEM -> throw new IllegalStateException("not to be translated: " + w);
    }
    pending++;
    if (next >= Shape.SLOTS) {
      // A block ends where its page does.
      endBlock();
    }
    onward(slot, next);
  }

  /** Goes on behind an instruction, whatever is emitted next. */
  private void onward(int slot, int next) {
    boolean adjacent = shape.from(slot + 1) == next;
    if (!adjacent || shape.isTarget(next)) {
      flush();
    }
    if (!adjacent) {
      code.goto_(to(next));
    }
  }

  /** Counts what was executed since the last time; the next instruction begins a block. */
  private void endBlock() {
    flush();
    if (kept) {
      code.iload(LEFT).istore(BLOCK);
    } else {
      code.aload(THE_CONTEXT).iload(LEFT).putfield(CONTEXT, "block", CD_int);
    }
  }

  private void flush() {
    if (pending > 0) {
      code.iinc(LEFT, -pending);
      pending = 0;
    }
  }

  private void address(long offset) {
    code.lload(BASE).loadConstant(offset).ladd();
  }

  private void push(int register) {
    know(register);
    if (register == 0) {
      code.lconst_0();
    } else {
      code.lload(local(register));
    }
  }

  /** Has the local variable of a register hold it. */
  private void know(int register) {
    if (register != 0 && !known.get(register)) {
      code.aload(X).loadConstant(register).laload().lstore(local(register));
      known.set(register);
    }
  }

  private static int local(int register) {
    return FIRST_REGISTER + 2 * register;
  }

  /** Sets rd to what is pushed, which has no effect beside. */
  private void set(long w, Runnable value) {
    if (Decoded.rd(w) != Decoded.SINK) {
      value.run();
      pop(Decoded.rd(w));
    }
  }

  /** Sets a register to what lies on the stack. */
  private void pop(int register) {
    code.lstore(local(register));
    if (!kept) {
      save(register);
      known.set(register);
    }
  }

  private void save(int register) {
    code.aload(X).loadConstant(register).lload(local(register)).lastore();
  }

  private void compute(long w) {
    int op = Decoded.op(w);
    boolean registers = InstructionSet.encoding(op).format() == Format.REGISTERS;
    Runnable b =
        registers
            ? () -> push(Decoded.rs2(w))
            : () -> code.loadConstant((long) Decoded.immediate(w));
    set(w, () -> functions.emit(code, op, () -> push(Decoded.rs1(w)), b));
  }

  private long site(int slot, long w) {
    boolean writes = InstructionSet.encoding(Decoded.op(w)).format().writesInteger();
    return Site.of(slot, pending, w, writes);
  }

  private void dataAddress(long w) {
    push(Decoded.rs1(w));
    if (Decoded.immediate(w) != 0) {
      code.loadConstant((long) Decoded.immediate(w)).ladd();
    }
  }

  private void load(int slot, long w) {
    int op = Decoded.op(w);
    int size = size(op);
    if (!inlined) {
      code.aload(THE_CONTEXT).aload(THE_TLB);
      dataAddress(w);
      code.iload(LEFT).loadConstant(site(slot, w));
      code.invokestatic(DIRECT, "load" + size, DIRECT_LOAD);
      extend(op);
    } else {
      Label missed = code.newLabel();
      Label done = code.newLabel();
      dataAddress(w);
      addresses.find(Decoded.rs1(w), size, Tlb.READ, missed);
      code.invokestatic(MEMORY, (isSigned(op) ? "loadSigned" : "load") + size, MTD_LOAD);
      code.labelBinding(done);
      if (kept) {
        leaveBefore(slot, missed);
      } else {
        loadElsewhere(slot, w, missed, done);
      }
    }
    if (Decoded.rd(w) == Decoded.SINK) {
      code.pop2();
    } else {
      pop(Decoded.rd(w));
    }
  }

  /** Out of line, asks the context for what the TLB does not know. */
  private void loadElsewhere(int slot, long w, Label missed, Label done) {
    long site = site(slot, w);
    slow.add(
        () -> {
          code.labelBinding(missed);
          code.aload(THE_CONTEXT).lload(ADDRESS).iload(LEFT).loadConstant(site);
          code.invokevirtual(CONTEXT, "load", LOAD);
          extend(Decoded.op(w));
          code.goto_(done);
        });
  }

  /** Sign-extends what is zero-extended, if the instruction does. */
  private void extend(int op) {
    switch (op) {
      case Op.LB -> code.l2i().i2b().i2l();
      case Op.LH -> code.l2i().i2s().i2l();
      case Op.LW -> code.l2i().i2l();
      default -> {}
    }
  }

  private static boolean isSigned(int op) {
    return op == Op.LB || op == Op.LH || op == Op.LW;
  }

  private void store(int slot, long w) {
    int size = size(Decoded.op(w));
    int value = Decoded.rs2(w);
    if (!inlined) {
      code.aload(THE_CONTEXT).aload(THE_TLB);
      dataAddress(w);
      push(value);
      code.iload(LEFT).loadConstant(site(slot, w));
      code.invokestatic(DIRECT, "store" + size, DIRECT_STORE);
      return;
    }
    know(value); // on both ways
    Label missed = code.newLabel();
    Label done = code.newLabel();
    dataAddress(w);
    addresses.find(Decoded.rs1(w), size, Tlb.WRITE, missed);
    push(value);
    code.invokestatic(MEMORY, "store" + size, MTD_STORE);
    code.labelBinding(done);
    if (kept) {
      leaveBefore(slot, missed);
    } else {
      storeElsewhere(slot, w, missed, done);
    }
  }

  private void storeElsewhere(int slot, long w, Label missed, Label done) {
    long site = site(slot, w);
    slow.add(
        () -> {
          code.labelBinding(missed);
          code.aload(THE_CONTEXT).lload(ADDRESS);
          push(Decoded.rs2(w));
          code.iload(LEFT).loadConstant(site);
          code.invokevirtual(CONTEXT, "store", STORE).goto_(done);
        });
  }

  /** Out of line, ends the region before an instruction. */
  private void leaveBefore(int slot, Label missed) {
    int before = pending;
    slow.add(
        () -> {
          code.labelBinding(missed);
          if (before > 0) {
            code.iinc(LEFT, -before);
          }
          code.goto_(exits.computeIfAbsent(slot, s -> code.newLabel()));
        });
  }

  private static int size(int op) {
    return switch (op) {
      case Op.LB, Op.LBU, Op.SB -> 1;
      case Op.LH, Op.LHU, Op.SH -> 2;
      case Op.LW, Op.LWU, Op.SW -> 4;
      default -> 8;
    };
  }

  /** Has the instruction executed elsewhere. */
  private void call(int slot, long w) {
    code.aload(THE_CONTEXT).loadConstant(w).iload(LEFT).loadConstant(site(slot, w));
    code.invokevirtual(CONTEXT, "execute", EXECUTE);
    if (InstructionSet.encoding(Decoded.op(w)).format().writesInteger()) {
      known.clear(Decoded.rd(w));
    }
  }

  private void branch(long w, Label target, boolean backward) {
    int op = Decoded.op(w);
    boolean unsigned = op == Op.BLTU || op == Op.BGEU;
    operand(Decoded.rs1(w), unsigned);
    operand(Decoded.rs2(w), unsigned);
    code.lcmp();
    Opcode taken =
        switch (op) {
          case Op.BEQ -> Opcode.IFEQ;
          case Op.BNE -> Opcode.IFNE;
          case Op.BLT, Op.BLTU -> Opcode.IFLT;
          default -> Opcode.IFGE;
        };
    if (backward) {
      // With a conditional jump back C1 keeps what lcmp makes, for the safepoint there.
      Label not = code.newLabel();
      code.branch(opposite(taken), not).goto_(target).labelBinding(not);
    } else {
      code.branch(taken, target);
    }
  }

  private static Opcode opposite(Opcode branch) {
    return switch (branch) {
      case IFEQ -> Opcode.IFNE;
      case IFNE -> Opcode.IFEQ;
      case IFLT -> Opcode.IFGE;
      default -> Opcode.IFLT;
    };
  }

  /** Unsigned order is that of numbers with the sign bit turned over. */
  private void operand(int register, boolean unsigned) {
    push(register);
    if (unsigned) {
      code.loadConstant(Long.MIN_VALUE).ladd();
    }
  }

  private void indirect(long w, int next) {
    dataAddress(w);
    code.loadConstant(-2L).land().lstore(PC);
    set(w, () -> address(2L * next));
    pending++;
    endBlock();
    code.lload(PC).lload(BASE).lxor().loadConstant((long) -2 * Shape.SLOTS).land();
    code.lconst_0().lcmp().branch(Opcode.IFNE, exit);
    code.lload(PC).l2i().iconst_1().iushr().loadConstant(Shape.SLOTS - 1).iand().istore(ENTRY);
    code.goto_(dispatch);
  }
}
