package rrlog.core.machine.riscv.translate;

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
import rrlog.core.machine.riscv.mmu.Tlb;

/**
 * The body of one {@link Region#run}: registers in local variables, jumps between its blocks.
 *
 * <p>Instructions are added to the count where their straight piece ends; in between the count of
 * one is known from its {@link Site}. The budget is looked at at checkpoints only. Whatever is
 * thrown passes one handler, which writes the registers back.
 */
final class Emitter {
  private static final ClassDesc DIRECT = Direct.class.describeConstable().orElseThrow();
  private static final ClassDesc CONTEXT = Context.class.describeConstable().orElseThrow();
  private static final ClassDesc TLB = Tlb.class.describeConstable().orElseThrow();
  private static final MethodTypeDesc LOAD =
      MethodTypeDesc.of(CD_long, CONTEXT, TLB, CD_long, CD_long, CD_long);
  private static final MethodTypeDesc STORE =
      MethodTypeDesc.of(CD_void, CONTEXT, TLB, CD_long, CD_long, CD_long, CD_long);
  private static final MethodTypeDesc EXECUTE =
      MethodTypeDesc.of(CD_void, CD_long, CD_long, CD_long);

  // Local variables: the parameters of Region.run, then ours.
  private static final int THE_CONTEXT = 1;
  private static final int X = 2;
  private static final int THE_TLB = 3;
  private static final int BASE = 4;
  private static final int COUNT = 6;
  private static final int LIMIT = 8;
  private static final int BLOCK = 10;
  private static final int ENTRY = 12;
  private static final int PC = 13;
  private static final int FIRST_REGISTER = 15;

  private final Shape shape;
  private final Functions functions;
  private final BitSet used = new BitSet();
  private final BitSet written = new BitSet();
  private final int[] locals = new int[Decoded.SINK + 1];
  private final Map<Integer, Label> labels = new TreeMap<>();
  private final Map<Integer, Label> exits = new TreeMap<>();
  private final int[] longest;
  private CodeBuilder code;
  private Label dispatch;
  private Label exit;
  private int pending;

  @SuppressWarnings("NullAway") // code and its labels are there while emit runs, and only then used
  Emitter(Shape shape, Functions functions) {
    this.shape = shape;
    this.functions = functions;
    this.longest = shape.longest();
    for (int slot = shape.from(0); slot >= 0; slot = shape.from(slot + 1)) {
      noteRegisters(shape.instruction(slot));
    }
    int local = FIRST_REGISTER;
    for (int register = used.nextSetBit(0);
        register >= 0;
        register = used.nextSetBit(register + 1)) {
      locals[register] = local;
      local += 2;
    }
  }

  private void noteRegisters(long w) {
    Format format = InstructionSet.encoding(Decoded.op(w)).format();
    if (format.readsFirst() && Decoded.rs1(w) != 0) {
      used.set(Decoded.rs1(w));
    }
    if (format.readsSecond() && Decoded.rs2(w) != 0) {
      used.set(Decoded.rs2(w));
    }
    if (format.writesInteger() && Decoded.rd(w) != Decoded.SINK) {
      used.set(Decoded.rd(w));
      written.set(Decoded.rd(w));
    }
  }

  void emit(CodeBuilder builder) {
    code = builder;
    dispatch = code.newLabel();
    exit = code.newLabel();
    for (int register = used.nextSetBit(0);
        register >= 0;
        register = used.nextSetBit(register + 1)) {
      code.aload(X).loadConstant(register).laload().lstore(locals[register]);
    }
    code.lload(BASE).lstore(PC);
    Label begin = code.newBoundLabel();
    Label handler = code.newLabel();
    dispatch();
    for (int slot = shape.from(0); slot >= 0; slot = shape.from(slot + 1)) {
      instruction(slot);
    }
    exits.forEach(this::leave);
    code.labelBinding(exit);
    Label end = code.newBoundLabel();
    writeBack();
    code.aload(THE_CONTEXT).lload(PC).putfield(CONTEXT, "pc", CD_long);
    code.aload(THE_CONTEXT).lload(COUNT).putfield(CONTEXT, "count", CD_long);
    code.aload(THE_CONTEXT).lload(BLOCK).putfield(CONTEXT, "block", CD_long);
    code.return_();
    code.labelBinding(handler);
    writeBack();
    code.aload(THE_CONTEXT).lload(BLOCK).putfield(CONTEXT, "block", CD_long);
    code.athrow();
    code.exceptionCatchAll(begin, end, handler);
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

  private void writeBack() {
    for (int r = written.nextSetBit(0); r >= 0; r = written.nextSetBit(r + 1)) {
      code.aload(X).loadConstant(r).lload(locals[r]).lastore();
    }
  }

  private void instruction(int slot) {
    if (shape.isTarget(slot)) {
      code.labelBinding(label(slot));
    }
    if (shape.isCheckpoint(slot)) {
      code.lload(COUNT).loadConstant((long) longest[slot]).ladd().lload(LIMIT).lcmp();
      code.branch(Opcode.IFGT, exits.computeIfAbsent(slot, s -> code.newLabel()));
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
        branch(w, to(shape.target(slot)));
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
    code.lload(COUNT).lstore(BLOCK);
  }

  private void flush() {
    if (pending > 0) {
      code.lload(COUNT).loadConstant((long) pending).ladd().lstore(COUNT);
      pending = 0;
    }
  }

  private void address(long offset) {
    code.lload(BASE).loadConstant(offset).ladd();
  }

  private void push(int register) {
    if (register == 0) {
      code.lconst_0();
    } else {
      code.lload(locals[register]);
    }
  }

  /** Sets rd to what is pushed, which has no effect beside. */
  private void set(long w, Runnable value) {
    if (Decoded.rd(w) != Decoded.SINK) {
      value.run();
      code.lstore(locals[Decoded.rd(w)]);
    }
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
    code.aload(THE_CONTEXT).aload(THE_TLB);
    dataAddress(w);
    code.lload(COUNT).loadConstant(site(slot, w));
    int op = Decoded.op(w);
    String name =
        switch (op) {
          case Op.LB, Op.LBU -> "load1";
          case Op.LH, Op.LHU -> "load2";
          case Op.LW, Op.LWU -> "load4";
          default -> "load8";
        };
    code.invokestatic(DIRECT, name, LOAD);
    switch (op) {
      case Op.LB -> code.l2i().i2b().i2l();
      case Op.LH -> code.l2i().i2s().i2l();
      case Op.LW -> code.l2i().i2l();
      default -> {}
    }
    if (Decoded.rd(w) == Decoded.SINK) {
      code.pop2();
    } else {
      code.lstore(locals[Decoded.rd(w)]);
    }
  }

  private void store(int slot, long w) {
    code.aload(THE_CONTEXT).aload(THE_TLB);
    dataAddress(w);
    push(Decoded.rs2(w));
    code.lload(COUNT).loadConstant(site(slot, w));
    String name =
        switch (Decoded.op(w)) {
          case Op.SB -> "store1";
          case Op.SH -> "store2";
          case Op.SW -> "store4";
          default -> "store8";
        };
    code.invokestatic(DIRECT, name, STORE);
  }

  /** Has the instruction executed elsewhere, with the registers that it uses in memory. */
  private void call(int slot, long w) {
    Format format = InstructionSet.encoding(Decoded.op(w)).format();
    if (format.readsFirst()) {
      writeBack(Decoded.rs1(w));
    }
    if (format.readsSecond()) {
      writeBack(Decoded.rs2(w));
    }
    code.aload(THE_CONTEXT).loadConstant(w).lload(COUNT).loadConstant(site(slot, w));
    code.invokevirtual(CONTEXT, "execute", EXECUTE);
    int rd = Decoded.rd(w);
    if (format.writesInteger() && rd != Decoded.SINK) {
      code.aload(X).loadConstant(rd).laload().lstore(locals[rd]);
    }
  }

  private void writeBack(int register) {
    if (written.get(register)) {
      code.aload(X).loadConstant(register).lload(locals[register]).lastore();
    }
  }

  private void branch(long w, Label target) {
    int op = Decoded.op(w);
    boolean unsigned = op == Op.BLTU || op == Op.BGEU;
    operand(Decoded.rs1(w), unsigned);
    operand(Decoded.rs2(w), unsigned);
    code.lcmp();
    code.branch(
        switch (op) {
          case Op.BEQ -> Opcode.IFEQ;
          case Op.BNE -> Opcode.IFNE;
          case Op.BLT, Op.BLTU -> Opcode.IFLT;
          default -> Opcode.IFGE;
        },
        target);
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
