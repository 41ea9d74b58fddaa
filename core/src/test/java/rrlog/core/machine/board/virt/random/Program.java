package rrlog.core.machine.board.virt.random;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import rrlog.core.machine.riscv.isa.Decoded;
import rrlog.core.machine.riscv.isa.Encode;
import rrlog.core.machine.riscv.isa.Encoding;
import rrlog.core.machine.riscv.isa.Format;
import rrlog.core.machine.riscv.isa.InstructionSet;
import rrlog.core.machine.riscv.isa.Op;

/**
 * One random program: phases in M-, S- and U-mode of instructions and small idioms. It runs forward
 * but for short loops; what it must leave alone for the harness to get control again are mtvec,
 * mscratch, stvec, sscratch, vsscratch, PMP entries 8 to 15, and page tables of code.
 *
 * <p>s0 points to scratch memory; s1 to wherever the next access goes.
 */
final class Program {
  private static final int S0 = 8;
  private static final int S1 = 9;
  private static final int T0 = 5;
  private static final int T1 = 6;
  private static final int A7 = 17;
  private static final int END = 0x55;
  private static final int TO_MACHINE = 0x77;
  private static final int MSTATUS = 0x300;
  private static final int MIE = 0x304;
  private static final int MEPC = 0x341;
  private static final int SATP = 0x180;
  private static final int MENVCFG = 0x30a;
  private static final int TSELECT = 0x7a0;
  private static final int TDATA1 = 0x7a1;
  private static final int TDATA2 = 0x7a2;

  /** Fetch faults, access faults, calls from S: what might never end in S-mode. */
  private static final long KEPT_BY_MACHINE = 0x12a2;

  private static final long MPP = 0x1800;

  /** hstatus.SPV and HU: ways into a virtual machine. */
  private static final long HYPERVISOR_STATUS = 1L << 7 | 1L << 9;

  /** MPV leads into a virtual machine, MPRV away from the harness, UXL = 1 to RV32. */
  private static final long DANGEROUS_STATUS = 1L << 39 | 1L << 17 | 1L << 32;

  private static final long MTIMECMP = 0x200_4000;
  private static final long MTIME = 0x200_bff8;

  private enum Mode {
    M,
    S,
    U
  }

  private enum Kind {
    INTEGER,
    COMPRESSED,
    MEMORY,
    PAGE_END,
    WINDOW,
    ATOMIC,
    FLOAT,
    CSR_READ,
    CSR_WRITE,
    BRANCH,
    LOOP,
    JUMP,
    CALL,
    WORD,
    FENCE,
    DEVICE,
    SELF_MODIFY,
    WAIT,
    PROTECT,
    PAGES,
    TABLE_ENTRY,
    AS_OTHER_MODE,
    TIMER,
    INTERRUPT,
    LONG_RUN,
    TRIGGER
  }

  private static final List<Encoding> INTEGER =
      InstructionSet.encodings().stream()
          .filter(e -> e.op() < Op.CZERO_EQZ)
          .filter(Program::isPlain)
          .toList();
  private static final List<Encoding> FLOATING =
      InstructionSet.encodings().stream()
          .filter(e -> Op.isFloat(e.op()) && e.op() < Op.FLI_S)
          .toList();
  private static final List<Encoding> ATOMICS =
      InstructionSet.encodings().stream()
          .filter(e -> e.op() >= Op.LR_W && e.op() < Op.ATOMIC_END)
          .toList();
  private static final List<Encoding> TRANSFERS =
      InstructionSet.encodings().stream()
          .filter(e -> e.op() < Op.FLOAT_END)
          .filter(
              e ->
                  switch (e.format()) {
                    case LOAD, STORE, FLOAT_LOAD, FLOAT_STORE -> e.op() != Op.JALR;
                    default -> false;
                  })
          .toList();

  private final Random random;
  private final Code code;
  private final boolean last;
  private final Map<Kind, Integer> weights = new EnumMap<>(Kind.class);
  private Mode mode = Mode.M;
  private boolean paged;

  Program(Random random, Code code, boolean last) {
    this.random = random;
    this.code = code;
    this.last = last;
    for (Kind kind : Kind.values()) {
      weights.put(kind, random.nextInt(3) == 0 ? 1 + random.nextInt(12) : random.nextInt(2));
    }
    weights.merge(Kind.INTEGER, 2, Integer::sum);
    weights.computeIfPresent(Kind.LONG_RUN, (k, w) -> w > 6 ? 1 : 0);
  }

  private static boolean isPlain(Encoding e) {
    return switch (e.format()) {
      case REGISTERS, UNARY, IMMEDIATE, SHIFT, SHIFT_WORD, UPPER -> true;
      default -> false;
    };
  }

  void generate() {
    int phases = 1 + random.nextInt(5);
    for (int i = 0; i < phases; i++) {
      enter(Mode.values()[random.nextInt(3)]);
      int items = 3 + random.nextInt(25);
      for (int k = 0; k < items; k++) {
        item();
      }
    }
    code.li(A7, END);
    code.insn("ecall", 0, 0, 0, 0);
    code.insn("jal", 0, 0, 0, -4);
  }

  private void enter(Mode next) {
    if (mode != Mode.M) {
      toMachine();
    }
    if (random.nextInt(3) == 0) {
      code.li(T0, random.nextInt(0x10000) & ~KEPT_BY_MACHINE);
      code.csrw(0x302, T0);
      code.li(T0, random.nextInt(0x10000));
      code.csrw(0x303, T0);
    }
    if (next == Mode.M) {
      return;
    }
    if (random.nextInt(2) == 0) {
      pages();
    }
    code.li(T0, MPP);
    code.csrc(MSTATUS, T0);
    if (next == Mode.S) {
      code.li(T0, 0x800);
      code.csrs(MSTATUS, T0);
    }
    boolean alias = next == Mode.U && paged;
    if (alias) {
      code.li(S0, Batch.SCRATCH + 8192 + Batch.USER_ALIAS);
    }
    code.insn("auipc", T0, 0, 0, 0);
    if (alias) {
      code.li(T1, Batch.USER_ALIAS);
      code.insn("add", T0, T0, T1, 0);
      code.insn("addi", T0, T0, 0, 4 * (liLength(Batch.USER_ALIAS) + 5));
    } else {
      code.insn("addi", T0, T0, 0, 16);
    }
    code.csrw(MEPC, T0);
    code.insn("mret", 0, 0, 0, 0);
    mode = next;
  }

  private static int liLength(long value) {
    Code scratch = new Code(0);
    scratch.li(1, value);
    return (int) scratch.here() / 4;
  }

  private void toMachine() {
    code.li(A7, TO_MACHINE);
    code.insn("ecall", 0, 0, 0, 0);
    mode = Mode.M;
    code.li(S0, Batch.SCRATCH + 8192);
  }

  private void item() {
    int total = weights.values().stream().mapToInt(Integer::intValue).sum();
    int pick = random.nextInt(total);
    for (Map.Entry<Kind, Integer> entry : weights.entrySet()) {
      pick -= entry.getValue();
      if (pick < 0) {
        item(entry.getKey());
        return;
      }
    }
  }

  private void item(Kind kind) {
    switch (kind) {
      case INTEGER -> integer();
      case COMPRESSED -> compressed();
      case MEMORY -> transfer(S0, random.nextInt(4096) - 2048);
      case PAGE_END -> {
        code.li(S1, s0() - 8192 + 4096 * (1 + random.nextInt(3)) - random.nextInt(9));
        transfer(S1, random.nextInt(3));
      }
      case WINDOW -> window();
      case ATOMIC -> atomic();
      case FLOAT -> floating();
      case CSR_READ -> code.insn("csrrs", target(), 0, 0, random.nextInt(4096));
      case CSR_WRITE -> csrWrite();
      case BRANCH -> branch();
      case LOOP -> loop();
      case JUMP -> jump();
      case CALL -> call();
      case WORD -> anyWord();
      case FENCE -> fence();
      case DEVICE -> device();
      case SELF_MODIFY -> selfModify();
      case WAIT -> waitForTimer();
      case PROTECT -> protect();
      case PAGES -> {
        if (mode == Mode.M) {
          pages();
        }
      }
      case TABLE_ENTRY -> tableEntry();
      case AS_OTHER_MODE -> asOtherMode();
      case TIMER -> timer();
      case INTERRUPT -> interrupt();
      case LONG_RUN -> {
        int n = 400 + random.nextInt(300);
        for (int i = 0; i < n; i++) {
          code.half(random.nextInt(4) == 0 ? 0x0305 : 0x0001); // c.addi t1,1 and c.nop
        }
      }
      case TRIGGER -> trigger();
    }
  }

  private long s0() {
    return Batch.SCRATCH + 8192 + (mode == Mode.U && paged ? Batch.USER_ALIAS : 0);
  }

  /** Any register but s0. */
  private int target() {
    int r = random.nextInt(32);
    return r == S0 ? 0 : r;
  }

  private int source() {
    return random.nextInt(32);
  }

  private void integer() {
    Encoding e = INTEGER.get(random.nextInt(INTEGER.size()));
    int word = random.nextInt() & ~e.mask() | e.match();
    code.word(word & ~0xf80 | target() << 7);
  }

  /** Random halfwords that neither jump nor trap nor write s0. */
  private void compressed() {
    for (int i = 0; i < 3; i++) {
      int half = random.nextInt(0x10000);
      if ((half & 3) == 3) {
        continue;
      }
      long decoded = decode(half);
      int op = Decoded.op(decoded);
      boolean jumps = jumps(op) || op == Op.EBREAK;
      boolean strays = mode == Mode.M && stores(op) && Decoded.rs1(decoded) != S0;
      if (!jumps
          && !strays
          && Decoded.rd(decoded) != S0
          && (op != Op.ILLEGAL || random.nextInt(8) == 0)) {
        code.half(half);
      }
    }
  }

  /** As rv64 has it by default. */
  private static long decode(int bits) {
    long decoded = InstructionSet.decode(bits);
    int op = Decoded.op(decoded);
    boolean more =
        (op >= Op.CZERO_EQZ && op < Op.BIT_END)
            || op >= Op.SINVAL_VMA
            || (InstructionSet.isCompressed(bits) && InstructionSet.isAdditional(bits));
    return more ? InstructionSet.decode(bits & ~0xffff) : decoded;
  }

  private static boolean jumps(int op) {
    return switch (op) {
      case Op.JAL, Op.JALR, Op.BEQ, Op.BNE, Op.BLT, Op.BGE, Op.BLTU, Op.BGEU -> true;
      default -> false;
    };
  }

  private static boolean stores(int op) {
    return (op == Op.SB || op == Op.SH || op == Op.SW || op == Op.SD)
        || (op >= Op.LR_W && op < Op.ATOMIC_END)
        || op == Op.FSW
        || op == Op.FSD;
  }

  private void transfer(int base, int offset) {
    Encoding e = TRANSFERS.get(random.nextInt(TRANSFERS.size()));
    boolean stores = e.format() == Format.STORE || e.format() == Format.FLOAT_STORE;
    int rd = e.format() == Format.LOAD ? target() : source();
    code.insn(e.mnemonic(), stores ? 0 : rd, base, source(), Math.clamp(offset, -2048, 2047));
  }

  private void window() {
    code.li(S1, Batch.WINDOW + 4096 * random.nextInt(600) + random.nextInt(4096));
    if (random.nextInt(4) == 0) {
      atomicAt(S1);
    } else {
      transfer(S1, random.nextInt(8));
    }
  }

  private void atomic() {
    code.insn("addi", S1, S0, 0, random.nextInt(256) * 8 + (random.nextInt(8) == 0 ? 2 : 0));
    atomicAt(S1);
    if (random.nextBoolean()) {
      atomicAt(S1);
    }
  }

  private void atomicAt(int base) {
    boolean reserve = random.nextInt(2) == 0;
    Encoding e = ATOMICS.get(random.nextInt(ATOMICS.size()));
    String mnemonic =
        reserve ? List.of("lr.w", "sc.w", "lr.d", "sc.d").get(random.nextInt(4)) : e.mnemonic();
    int rs2 = mnemonic.startsWith("lr") ? 0 : source();
    code.insn(mnemonic, target(), base, rs2, random.nextInt(4));
  }

  private void floating() {
    Encoding e = FLOATING.get(random.nextInt(FLOATING.size()));
    if (e.format() == Format.FLOAT_LOAD || e.format() == Format.FLOAT_STORE) {
      code.insn(e.mnemonic(), source(), S0, source(), random.nextInt(2048));
      return;
    }
    int word = random.nextInt() & ~e.mask() | e.match();
    if (e.format().writesInteger()) {
      word = word & ~0xf80 | target() << 7;
    }
    boolean rounded = (e.mask() & 0x7000) == 0;
    if (rounded && random.nextInt(4) > 0) {
      word = word & ~0x7000 | (random.nextBoolean() ? 7 : random.nextInt(5)) << 12;
    }
    code.word(word);
  }

  private static boolean mayWrite(int number) {
    return switch (number) {
      case MSTATUS, 0x302, 0x305, 0x340, MEPC, 0x105, 0x140, 0x240, SATP, 0x600, 0x100, 0x200 ->
          false;
      // Some types make QEMU abort, some addresses are the harness's.
      case TDATA1, TDATA2 -> false;
      default -> number < 0x3a0 || number > 0x3ef;
    };
  }

  private void csrWrite() {
    int number = random.nextInt(3) == 0 ? random.nextInt(4096) : Csrs.next(random);
    if (mayWrite(number)) {
      String mnemonic =
          List.of("csrrw", "csrrs", "csrrc", "csrrwi", "csrrsi", "csrrci").get(random.nextInt(6));
      if (random.nextBoolean()) {
        code.li(T0, Values.next(random));
        code.insn(mnemonic, target(), T0, 0, number);
      } else {
        code.insn(mnemonic, target(), source(), 0, number);
      }
      return;
    }
    long value = Values.next(random);
    if (number == MSTATUS || number == 0x600 || number == 0x100) {
      // Neither into a virtual machine, nor out of this mode.
      value &= number == 0x600 ? ~HYPERVISOR_STATUS : ~DANGEROUS_STATUS;
      code.li(T0, value);
      String mnemonic = List.of("csrrw", "csrrs", "csrrc").get(random.nextInt(3));
      code.insn(mnemonic, target(), T0, 0, number);
    }
  }

  private void branch() {
    String mnemonic = List.of("beq", "bne", "blt", "bge", "bltu", "bgeu").get(random.nextInt(6));
    long at = code.here();
    code.word(0);
    int n = 1 + random.nextInt(3);
    for (int i = 0; i < n; i++) {
      simple();
    }
    int distance = (int) (code.here() - at);
    code.patch(at, Encode.word(mnemonic, 0, source(), source(), distance));
  }

  private void simple() {
    switch (random.nextInt(4)) {
      case 0 -> compressed();
      case 1 -> transfer(S0, random.nextInt(2048));
      default -> integer();
    }
  }

  private void loop() {
    // A counter in memory, so that whatever the body does to registers it ends.
    code.li(S1, 1 + random.nextInt(6));
    code.insn("sd", 0, S0, S1, -8);
    long top = code.here();
    int n = 1 + random.nextInt(4);
    for (int i = 0; i < n; i++) {
      if (random.nextInt(4) == 0) {
        floating();
      } else {
        integer();
      }
    }
    code.insn("ld", S1, S0, 0, -8);
    code.insn("addi", S1, S1, 0, -1);
    code.insn("sd", 0, S0, S1, -8);
    code.insn("blt", 0, 0, S1, (int) (top - code.here()));
  }

  private void jump() {
    long at = code.here();
    boolean through = random.nextBoolean();
    code.word(0);
    if (through) {
      code.word(0);
    }
    int n = random.nextInt(4);
    for (int i = 0; i < n; i++) {
      integer();
    }
    int distance = (int) (code.here() - at);
    if (through) {
      code.patch(at, Encode.word("auipc", S1, 0, 0, 0));
      code.patch(at + 4, Encode.word("jalr", target(), S1, 0, distance));
    } else {
      code.patch(at, Encode.word("jal", target(), 0, 0, distance));
    }
  }

  private void call() {
    if (random.nextInt(3) == 0) {
      code.insn("ebreak", 0, 0, 0, 0);
    } else {
      code.li(A7, random.nextInt(0x50));
      code.insn("ecall", 0, 0, 0, 0);
    }
  }

  /** Any word that goes nowhere; in U-mode also privileged ones. */
  private void anyWord() {
    int word = random.nextInt();
    if (random.nextInt(3) == 0) {
      word =
          word & ~0x7f
              | List.of(0x73, 0x0f, 0x2f, 0x53, 0x33, 0x3b, 0x13, 0x1b).get(random.nextInt(8));
    }
    if ((word & 3) != 3) {
      word |= 3;
    }
    long decoded = decode(word);
    int op = Decoded.op(decoded);
    boolean jumps = jumps(op) || op == Op.WFI;
    boolean privileged = op >= Op.ECALL;
    boolean writes = op >= Op.CSRRW && op <= Op.CSRRCI;
    if (mode == Mode.M && stores(op)) {
      return;
    }
    if (jumps || Decoded.rd(decoded) == S0 || (privileged && mode != Mode.U && !writes)) {
      return;
    }
    if (writes && !mayWrite(Decoded.immediate(decoded) & 0xfff)) {
      return;
    }
    code.word(word);
  }

  private void fence() {
    switch (random.nextInt(7)) {
      case 0 -> code.word(0x0ff0000f);
      case 1 -> code.word(0x0000100f);
      case 2 -> code.word(0x0100000f); // pause
      case 3 -> code.insn("sfence.vma", 0, source(), source(), 0);
      case 4 -> code.insn("hfence.vvma", 0, source(), source(), 0);
      case 5 -> code.insn("hfence.gvma", 0, source(), source(), 0);
      default -> code.word(0x8330000f); // fence.tso
    }
  }

  private void device() {
    long base;
    int range;
    switch (random.nextInt(9)) {
      case 0 -> {
        base = 0x200_0000;
        range = 0x10;
      }
      case 1 -> {
        base = 0x200_bff8 - random.nextInt(16);
        range = 16;
      }
      case 2 -> {
        base = 0xc00_0000 + List.of(0, 0x1000, 0x2000, 0x20_0000).get(random.nextInt(4));
        range = 0x40;
      }
      case 3, 4 -> {
        base = 0x1000_0000;
        range = 10;
      }
      case 5 -> {
        base = 0x10_1000;
        range = 0x28;
      }
      case 6 -> {
        base = 0x1000_1000;
        range = 0x100;
      }
      case 7 -> {
        base = 0x1010_0000;
        range = 12;
      }
      default -> {
        base = random.nextInt(0x8000) * 0x1_0000L;
        range = 16;
        if (base == 0x10_0000) {
          base = 0;
        }
      }
    }
    code.li(S1, base + random.nextInt(range));
    for (int i = 1 + random.nextInt(2); i > 0; i--) {
      boolean load = random.nextInt(3) > 0 || base >= 0x2000_0000;
      String mnemonic =
          load
              ? List.of("lb", "lh", "lw", "ld", "lbu", "lhu", "lwu", "flw", "fld")
                  .get(random.nextInt(9))
              : List.of("sb", "sh", "sw", "sd").get(random.nextInt(4));
      code.insn(mnemonic, load ? target() : 0, S1, source(), 0);
      if (S1 == 9 && load) {
        code.li(S1, base + random.nextInt(range));
      }
    }
    if (random.nextInt(6) == 0) {
      atomicAt(S1);
    }
  }

  /** Stores an instruction over one that lies ahead. */
  private void selfModify() {
    long at = code.here();
    code.insn("auipc", S1, 0, 0, 0);
    int before = random.nextInt(6);
    int replacement = Encode.word("addi", 7, 7, 0, random.nextInt(1024));
    code.li(T0, replacement);
    long store = code.here();
    code.word(0);
    boolean half = random.nextInt(4) == 0;
    for (int i = 0; i < before; i++) {
      integer7();
    }
    if (random.nextInt(3) == 0) {
      code.word(0x0000100f);
    }
    if (random.nextInt(3) == 0) {
      code.word(0x00000463); // beq zero,zero,+8
      code.word(0x00000013);
    }
    long victim = code.here();
    code.insn("addi", 7, 7, 0, 1);
    for (int i = random.nextInt(4); i > 0; i--) {
      integer7();
    }
    code.patch(store, Encode.word(half ? "sh" : "sw", 0, S1, T0, (int) (victim - at)));
  }

  /** Instructions that leave s0, s1 and t0 alone. */
  private void integer7() {
    if (random.nextBoolean()) {
      code.half(0x0385); // c.addi t2,1
    } else {
      code.insn("xori", 7, 7, 0, random.nextInt(2048));
    }
  }

  private void waitForTimer() {
    if (mode != Mode.M) {
      if (mode == Mode.U) {
        code.insn("wfi", 0, 0, 0, 0); // illegal
      }
      return;
    }
    armTimer(random.nextInt(4) == 0 ? 0 : 20 + random.nextInt(200));
    code.li(T0, 0x80);
    code.csrs(MIE, T0);
    if (random.nextBoolean()) {
      code.insn("csrrsi", 0, 8, 0, MSTATUS);
    } else {
      code.insn("csrrci", 0, 8, 0, MSTATUS);
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      integer();
    }
    code.insn("wfi", 0, 0, 0, 0);
    for (int i = random.nextInt(8); i > 0; i--) {
      item(List.of(Kind.INTEGER, Kind.COMPRESSED, Kind.MEMORY, Kind.FENCE).get(random.nextInt(4)));
    }
  }

  /** mtimecmp so many ticks from now. */
  private void armTimer(int ticks) {
    code.li(S1, MTIME);
    code.insn("ld", T0, S1, 0, 0);
    code.li(S1, MTIMECMP);
    code.insn("addi", T0, T0, 0, ticks);
    code.insn("sd", 0, S1, T0, 0);
  }

  private void timer() {
    if (mode != Mode.M) {
      return;
    }
    if (random.nextBoolean()) {
      armTimer(random.nextInt(12));
      code.li(T0, 0x80);
      code.csrs(MIE, T0);
      code.insn("csrrsi", 0, 8, 0, MSTATUS);
    } else {
      code.li(T0, 1L << 63);
      code.csrs(MENVCFG, T0);
      code.li(S1, MTIME);
      code.insn("ld", T0, S1, 0, 0);
      code.insn("addi", T0, T0, 0, random.nextInt(12));
      code.csrw(random.nextInt(3) == 0 ? 0x24d : 0x14d, T0);
      code.li(T0, random.nextInt(0x1000));
      code.csrs(MIE, T0);
      code.insn("csrrsi", 0, 2 | 8, 0, MSTATUS);
    }
    loop();
  }

  private void interrupt() {
    if (mode == Mode.M) {
      code.li(T0, random.nextInt(0x4000));
      code.csrw(List.of(0x344, MIE, 0x645, 0x144, 0x104).get(random.nextInt(5)), T0);
      if (random.nextBoolean()) {
        code.insn("csrrsi", 0, 2 | 8, 0, MSTATUS);
      }
      if (random.nextInt(3) == 0) {
        code.li(S1, 0x200_0000);
        code.li(T0, random.nextInt(2));
        code.insn("sw", 0, S1, T0, 0);
      }
    } else {
      code.li(T0, random.nextInt(0x4000));
      code.csrw(random.nextBoolean() ? 0x144 : 0x104, T0);
      code.insn("csrrsi", 0, 2, 0, 0x100);
    }
  }

  private void protect() {
    if (mode != Mode.M) {
      return;
    }
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      int region = random.nextInt(8);
      long window = random.nextInt(4) == 0 ? code.here() & -64 : Batch.SCRATCH;
      long size = window == Batch.SCRATCH ? Batch.SCRATCH_SIZE : 512;
      long address = (window + random.nextLong(size)) >>> 2;
      if (random.nextBoolean()) {
        address |= (1L << random.nextInt(10)) - 1;
      }
      code.li(T0, address);
      code.csrw(0x3b0 + region, T0);
    }
    if (random.nextInt(4) > 0) {
      long configuration = 0;
      for (int i = 0; i < 8; i++) {
        long entry = random.nextInt(3) == 0 ? random.nextInt(32) : 0;
        if (last && random.nextInt(8) == 0) {
          entry |= 0x85;
        }
        configuration |= entry << 8 * i;
      }
      code.li(T0, configuration);
      code.csrw(0x3a0, T0);
    }
    if (random.nextInt(3) == 0) {
      code.insn("sfence.vma", 0, 0, 0, 0);
    }
  }

  /** One of the page tables, or none; only in M-mode, where code does not notice. */
  private void pages() {
    int kind = random.nextInt(5);
    paged = kind < 4;
    long root = Batch.TABLES + 4096L * Math.max(0, Math.min(kind, 2));
    long value = paged ? (8L + Math.min(kind, 2)) << 60 | root >>> 12 : 0;
    value |= paged ? (long) random.nextInt(0x10000) << 44 : 0;
    code.li(T0, value);
    code.csrw(SATP, T0);
    if (random.nextInt(3) > 0) {
      code.insn("sfence.vma", 0, 0, 0, 0);
    }
    if (random.nextInt(3) == 0) {
      code.li(T0, List.of(0x40000L, 0x80000L, 0xc0000L).get(random.nextInt(3)));
      if (random.nextBoolean()) {
        code.csrs(MSTATUS, T0);
      } else {
        code.csrc(MSTATUS, T0);
      }
    }
  }

  private void tableEntry() {
    if (mode == Mode.U) {
      return;
    }
    code.li(T0, Batch.entry(random));
    code.li(S1, Batch.TABLES + (5 + random.nextInt(2)) * 4096L + 8 * random.nextInt(64));
    code.insn("sd", 0, S1, T0, 0);
    code.insn("sfence.vma", 0, 0, 0, 0);
    code.li(S1, Batch.WINDOW + 4096 * random.nextInt(64) + random.nextInt(4096));
    transfer(S1, 0);
  }

  /** Loads and stores with mstatus.MPRV. */
  private void asOtherMode() {
    if (mode != Mode.M) {
      return;
    }
    code.li(T0, MPP);
    code.csrc(MSTATUS, T0);
    code.li(T0, 0x20000 | (random.nextBoolean() ? 0x800 : 0));
    code.csrs(MSTATUS, T0);
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      if (random.nextBoolean()) {
        window();
      } else {
        transfer(S0, random.nextInt(2048));
      }
    }
    code.li(T0, 0x20000);
    code.csrc(MSTATUS, T0);
  }

  /** Breakpoints ahead, watchpoints in scratch memory. */
  private void trigger() {
    if (mode != Mode.M) {
      return;
    }
    code.li(T0, random.nextInt(3));
    code.csrw(TSELECT, T0);
    boolean executes = random.nextInt(3) == 0;
    long address = executes ? code.here() + 2 * random.nextInt(100) : s0() + random.nextInt(64) - 8;
    if (random.nextInt(8) == 0) {
      address = Batch.SCRATCH + 4096 * random.nextInt(4) - 8 + random.nextInt(16);
    }
    code.li(T0, address + (random.nextInt(3) == 0 ? Batch.USER_ALIAS : 0));
    code.csrw(TDATA2, T0);
    long type = List.of(2L, 2L, 2L, 6L, 6L, 0L, 15L).get(random.nextInt(7));
    long bits = random.nextInt(3) == 0 ? Values.next(random) >>> 4 : random.nextInt(128);
    if (random.nextInt(3) == 0) {
      bits |= (long) random.nextInt(4) << 16 | (long) random.nextInt(4) << 21;
    }
    // The harness reads the code, but never executes it.
    bits = executes ? bits & ~3 : bits & ~4;
    code.li(T0, type << 60 | bits);
    code.csrw(TDATA1, T0);
    for (int i = random.nextInt(6); i > 0; i--) {
      if (random.nextInt(3) == 0) {
        transfer(S0, random.nextInt(64) - 16);
      } else {
        integer();
      }
    }
    if (random.nextInt(4) == 0) {
      atomic();
    }
  }
}
