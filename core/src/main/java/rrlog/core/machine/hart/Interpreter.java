package rrlog.core.machine.hart;

import static rrlog.core.machine.isa.Decoded.halfwords;
import static rrlog.core.machine.isa.Decoded.immediate;
import static rrlog.core.machine.isa.Decoded.rd;
import static rrlog.core.machine.isa.Decoded.rs1;
import static rrlog.core.machine.isa.Decoded.rs2;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import rrlog.core.machine.bus.Ram;
import rrlog.core.machine.isa.Decoded;
import rrlog.core.machine.isa.InstructionSet;
import rrlog.core.machine.isa.Op;
import rrlog.core.machine.mmu.Tlb;
import rrlog.core.machine.mmu.Trap;

/**
 * The main loop: fetches decoded instructions and executes those of RV64I, M and Zba; the others
 * are handed to the class of their extension.
 *
 * <p>{@link #loop()} is one large method on purpose, with pc and instruction count in local
 * variables, and must stay below 8000 bytes of bytecode, above which HotSpot does not compile a
 * method.
 */
final class Interpreter {
  /** {@link #loop()} result: icount reached the limit. */
  static final int LIMIT = 0;

  /** {@link #loop()} result: a system instruction was executed; go on. */
  static final int SYSTEM = 1;

  /** {@link #loop()} result: a wfi was executed. */
  static final int WAIT = 2;

  /** {@link #loop()} result: an exception is to be delivered, see {@code HartState.trap}. */
  static final int TRAPPED = 3;

  private static final VarHandle SHORT = view(short[].class);
  private static final VarHandle INT = view(int[].class);
  private static final VarHandle LONG = view(long[].class);
  private static final long WORD = 0xffff_ffffL;
  private static final int PAGE = Ram.PAGE_SIZE;
  private static final int SLOTS = PAGE / 2;

  private final HartState s;
  private final SystemOperations system;
  private final long[] single = CodePage.single();

  Interpreter(HartState state, SystemOperations system) {
    this.s = state;
    this.system = system;
  }

  /**
   * Executes from {@code s.pc} until {@code s.icount} reaches {@code s.limit} or something else
   * happens.
   */
  int loop() {
    final HartState s = this.s;
    final long[] x = s.x;
    final Tlb tlb = s.mmu.tlb(s.privilege);
    final InstructionCache.Map map = s.instructions.map(s.privilege);
    long count = s.icount;
    long pc = s.pc;
    long base = pc & -PAGE;
    int i = (int) pc >>> 1 & SLOTS - 1;
    try {
      pages:
      while (count < s.limit) {
        base = pc & -PAGE;
        i = (int) pc >>> 1 & SLOTS - 1;
        int entry = (int) (pc >>> 12) & InstructionCache.MASK;
        boolean cached = map.tags[entry] == base || s.instructions.enter(pc, s.privilege);
        CodePage page = map.pages[entry];
        long[] code = page.code;
        if (!cached) {
          base = pc;
          i = 0;
          code = single(pc);
        }
        do {
          long w = code[i];
          switch ((int) w & 0x1ff) {
            case Op.UNDECODED -> {
              page.decode(i);
              continue;
            }
            case Op.NEXT_PAGE -> {
              pc = base + 2L * i;
              continue pages;
            }
            case Op.STRADDLES -> {
              base += 2L * i;
              i = 0;
              code = single(base);
              continue;
            }
            case Op.LUI -> x[rd(w)] = immediate(w);
            case Op.AUIPC -> x[rd(w)] = base + 2L * i + immediate(w);
            case Op.ADDI -> x[rd(w)] = x[rs1(w)] + immediate(w);
            case Op.SLTI -> x[rd(w)] = x[rs1(w)] < immediate(w) ? 1 : 0;
            case Op.SLTIU -> x[rd(w)] = Long.compareUnsigned(x[rs1(w)], immediate(w)) < 0 ? 1 : 0;
            case Op.XORI -> x[rd(w)] = x[rs1(w)] ^ immediate(w);
            case Op.ORI -> x[rd(w)] = x[rs1(w)] | immediate(w);
            case Op.ANDI -> x[rd(w)] = x[rs1(w)] & immediate(w);
            case Op.SLLI -> x[rd(w)] = x[rs1(w)] << immediate(w);
            case Op.SRLI -> x[rd(w)] = x[rs1(w)] >>> immediate(w);
            case Op.SRAI -> x[rd(w)] = x[rs1(w)] >> immediate(w);
            case Op.ADD -> x[rd(w)] = x[rs1(w)] + x[rs2(w)];
            case Op.SUB -> x[rd(w)] = x[rs1(w)] - x[rs2(w)];
            case Op.SLL -> x[rd(w)] = x[rs1(w)] << x[rs2(w)];
            case Op.SLT -> x[rd(w)] = x[rs1(w)] < x[rs2(w)] ? 1 : 0;
            case Op.SLTU -> x[rd(w)] = Long.compareUnsigned(x[rs1(w)], x[rs2(w)]) < 0 ? 1 : 0;
            case Op.XOR -> x[rd(w)] = x[rs1(w)] ^ x[rs2(w)];
            case Op.SRL -> x[rd(w)] = x[rs1(w)] >>> x[rs2(w)];
            case Op.SRA -> x[rd(w)] = x[rs1(w)] >> x[rs2(w)];
            case Op.OR -> x[rd(w)] = x[rs1(w)] | x[rs2(w)];
            case Op.AND -> x[rd(w)] = x[rs1(w)] & x[rs2(w)];
            case Op.ADDIW -> x[rd(w)] = (int) x[rs1(w)] + immediate(w);
            case Op.SLLIW -> x[rd(w)] = (int) x[rs1(w)] << immediate(w);
            case Op.SRLIW -> x[rd(w)] = (int) x[rs1(w)] >>> immediate(w);
            case Op.SRAIW -> x[rd(w)] = (int) x[rs1(w)] >> immediate(w);
            case Op.ADDW -> x[rd(w)] = (int) x[rs1(w)] + (int) x[rs2(w)];
            case Op.SUBW -> x[rd(w)] = (int) x[rs1(w)] - (int) x[rs2(w)];
            case Op.SLLW -> x[rd(w)] = (int) x[rs1(w)] << (int) x[rs2(w)];
            case Op.SRLW -> x[rd(w)] = (int) x[rs1(w)] >>> (int) x[rs2(w)];
            case Op.SRAW -> x[rd(w)] = (int) x[rs1(w)] >> (int) x[rs2(w)];
            case Op.MUL -> x[rd(w)] = x[rs1(w)] * x[rs2(w)];
            case Op.MULH -> x[rd(w)] = Math.multiplyHigh(x[rs1(w)], x[rs2(w)]);
            case Op.MULHSU -> x[rd(w)] = Division.multiplyHighSignedUnsigned(x[rs1(w)], x[rs2(w)]);
            case Op.MULHU -> x[rd(w)] = Math.unsignedMultiplyHigh(x[rs1(w)], x[rs2(w)]);
            case Op.DIV -> x[rd(w)] = Division.divide(x[rs1(w)], x[rs2(w)]);
            case Op.DIVU -> x[rd(w)] = Division.divideUnsigned(x[rs1(w)], x[rs2(w)]);
            case Op.REM -> x[rd(w)] = Division.remainder(x[rs1(w)], x[rs2(w)]);
            case Op.REMU -> x[rd(w)] = Division.remainderUnsigned(x[rs1(w)], x[rs2(w)]);
            case Op.MULW -> x[rd(w)] = (int) x[rs1(w)] * (int) x[rs2(w)];
            case Op.DIVW -> x[rd(w)] = Division.divide((int) x[rs1(w)], (int) x[rs2(w)]);
            case Op.DIVUW -> x[rd(w)] = Division.divideUnsigned((int) x[rs1(w)], (int) x[rs2(w)]);
            case Op.REMW -> x[rd(w)] = Division.remainder((int) x[rs1(w)], (int) x[rs2(w)]);
            case Op.REMUW ->
                x[rd(w)] = Division.remainderUnsigned((int) x[rs1(w)], (int) x[rs2(w)]);
            case Op.SH1ADD -> x[rd(w)] = (x[rs1(w)] << 1) + x[rs2(w)];
            case Op.SH2ADD -> x[rd(w)] = (x[rs1(w)] << 2) + x[rs2(w)];
            case Op.SH3ADD -> x[rd(w)] = (x[rs1(w)] << 3) + x[rs2(w)];
            case Op.ADD_UW -> x[rd(w)] = (x[rs1(w)] & WORD) + x[rs2(w)];
            case Op.SH1ADD_UW -> x[rd(w)] = ((x[rs1(w)] & WORD) << 1) + x[rs2(w)];
            case Op.SH2ADD_UW -> x[rd(w)] = ((x[rs1(w)] & WORD) << 2) + x[rs2(w)];
            case Op.SH3ADD_UW -> x[rd(w)] = ((x[rs1(w)] & WORD) << 3) + x[rs2(w)];
            case Op.SLLI_UW -> x[rd(w)] = (x[rs1(w)] & WORD) << immediate(w);
            case Op.LB ->
                x[rd(w)] = (byte) load1(tlb, x[rs1(w)] + immediate(w), count, base + 2L * i);
            case Op.LH ->
                x[rd(w)] = (short) load2(tlb, x[rs1(w)] + immediate(w), count, base + 2L * i);
            case Op.LW ->
                x[rd(w)] = (int) load4(tlb, x[rs1(w)] + immediate(w), count, base + 2L * i);
            case Op.LD -> x[rd(w)] = load8(tlb, x[rs1(w)] + immediate(w), count, base + 2L * i);
            case Op.LBU -> x[rd(w)] = load1(tlb, x[rs1(w)] + immediate(w), count, base + 2L * i);
            case Op.LHU -> x[rd(w)] = load2(tlb, x[rs1(w)] + immediate(w), count, base + 2L * i);
            case Op.LWU -> x[rd(w)] = load4(tlb, x[rs1(w)] + immediate(w), count, base + 2L * i);
            case Op.SB -> store1(tlb, x[rs1(w)] + immediate(w), x[rs2(w)], count, base + 2L * i);
            case Op.SH -> store2(tlb, x[rs1(w)] + immediate(w), x[rs2(w)], count, base + 2L * i);
            case Op.SW -> store4(tlb, x[rs1(w)] + immediate(w), x[rs2(w)], count, base + 2L * i);
            case Op.SD -> store8(tlb, x[rs1(w)] + immediate(w), x[rs2(w)], count, base + 2L * i);
            case Op.BEQ -> {
              if (x[rs1(w)] == x[rs2(w)]) {
                i += immediate(w) >> 1;
                count++;
                if ((i & -SLOTS) != 0) {
                  pc = base + 2L * i;
                  continue pages;
                }
                continue;
              }
            }
            case Op.BNE -> {
              if (x[rs1(w)] != x[rs2(w)]) {
                i += immediate(w) >> 1;
                count++;
                if ((i & -SLOTS) != 0) {
                  pc = base + 2L * i;
                  continue pages;
                }
                continue;
              }
            }
            case Op.BLT -> {
              if (x[rs1(w)] < x[rs2(w)]) {
                i += immediate(w) >> 1;
                count++;
                if ((i & -SLOTS) != 0) {
                  pc = base + 2L * i;
                  continue pages;
                }
                continue;
              }
            }
            case Op.BGE -> {
              if (x[rs1(w)] >= x[rs2(w)]) {
                i += immediate(w) >> 1;
                count++;
                if ((i & -SLOTS) != 0) {
                  pc = base + 2L * i;
                  continue pages;
                }
                continue;
              }
            }
            case Op.BLTU -> {
              if (Long.compareUnsigned(x[rs1(w)], x[rs2(w)]) < 0) {
                i += immediate(w) >> 1;
                count++;
                if ((i & -SLOTS) != 0) {
                  pc = base + 2L * i;
                  continue pages;
                }
                continue;
              }
            }
            case Op.BGEU -> {
              if (Long.compareUnsigned(x[rs1(w)], x[rs2(w)]) >= 0) {
                i += immediate(w) >> 1;
                count++;
                if ((i & -SLOTS) != 0) {
                  pc = base + 2L * i;
                  continue pages;
                }
                continue;
              }
            }
            case Op.JAL -> {
              x[rd(w)] = base + 2L * (i + halfwords(w));
              i += immediate(w) >> 1;
              count++;
              if ((i & -SLOTS) != 0) {
                pc = base + 2L * i;
                continue pages;
              }
              continue;
            }
            case Op.JALR -> {
              pc = x[rs1(w)] + immediate(w) & -2;
              x[rd(w)] = base + 2L * (i + halfwords(w));
              count++;
              if ((pc & -PAGE) != base) {
                continue pages;
              }
              i = (int) pc >>> 1 & SLOTS - 1;
              continue;
            }
            case Op.FENCE, Op.PAUSE -> {}
            default -> {
              s.pc = base + 2L * i;
              s.icount = count + 1;
              if (Decoded.op(w) >= Op.FLOAT_END) {
                return system.execute(w) ? WAIT : SYSTEM;
              }
              extension(w);
            }
          }
          i += halfwords(w);
          count++;
        } while (count < s.limit);
        pc = base + 2L * i;
      }
    } catch (Trap trap) {
      s.pc = base + 2L * i;
      s.icount = trap.isCounted() ? count + 1 : count;
      return TRAPPED;
    }
    s.pc = pc;
    s.icount = count;
    return LIMIT;
  }

  private void extension(long w) {
    int op = Decoded.op(w);
    if (op < Op.BIT_END) {
      BitOperations.execute(s, w);
    } else if (op < Op.ATOMIC_END) {
      AtomicOperations.execute(s, w);
    } else {
      FloatOperations.execute(s, w);
    }
  }

  /** Code that consists of the one instruction at {@code pc}, which the cache cannot hold. */
  private long[] single(long pc) {
    single[0] = InstructionSet.decode(s.instructions.fetchSingle(pc, s.trap));
    return single;
  }

  private long load1(Tlb tlb, long address, long count, long pc) {
    int entry = (int) (address >>> 12) & Tlb.MASK;
    if (tlb.readTags[entry] == (address & -PAGE)) {
      return tlb.hosts[entry][(int) address + tlb.deltas[entry]] & 0xff;
    }
    return load(address, 1, count, pc);
  }

  private long load2(Tlb tlb, long address, long count, long pc) {
    int entry = (int) (address >>> 12) & Tlb.MASK;
    if (tlb.readTags[entry] == (address & (-PAGE | 1))) {
      return (short) SHORT.get(tlb.hosts[entry], (int) address + tlb.deltas[entry]) & 0xffff;
    }
    return load(address, 2, count, pc);
  }

  private long load4(Tlb tlb, long address, long count, long pc) {
    int entry = (int) (address >>> 12) & Tlb.MASK;
    if (tlb.readTags[entry] == (address & (-PAGE | 3))) {
      return (int) INT.get(tlb.hosts[entry], (int) address + tlb.deltas[entry]) & WORD;
    }
    return load(address, 4, count, pc);
  }

  private long load8(Tlb tlb, long address, long count, long pc) {
    int entry = (int) (address >>> 12) & Tlb.MASK;
    if (tlb.readTags[entry] == (address & (-PAGE | 7))) {
      return (long) LONG.get(tlb.hosts[entry], (int) address + tlb.deltas[entry]);
    }
    return load(address, 8, count, pc);
  }

  private void store1(Tlb tlb, long address, long value, long count, long pc) {
    int entry = (int) (address >>> 12) & Tlb.MASK;
    if (tlb.writeTags[entry] == (address & -PAGE)) {
      tlb.hosts[entry][(int) address + tlb.deltas[entry]] = (byte) value;
    } else {
      store(address, 1, value, count, pc);
    }
  }

  private void store2(Tlb tlb, long address, long value, long count, long pc) {
    int entry = (int) (address >>> 12) & Tlb.MASK;
    if (tlb.writeTags[entry] == (address & (-PAGE | 1))) {
      SHORT.set(tlb.hosts[entry], (int) address + tlb.deltas[entry], (short) value);
    } else {
      store(address, 2, value, count, pc);
    }
  }

  private void store4(Tlb tlb, long address, long value, long count, long pc) {
    int entry = (int) (address >>> 12) & Tlb.MASK;
    if (tlb.writeTags[entry] == (address & (-PAGE | 3))) {
      INT.set(tlb.hosts[entry], (int) address + tlb.deltas[entry], (int) value);
    } else {
      store(address, 4, value, count, pc);
    }
  }

  private void store8(Tlb tlb, long address, long value, long count, long pc) {
    int entry = (int) (address >>> 12) & Tlb.MASK;
    if (tlb.writeTags[entry] == (address & (-PAGE | 7))) {
      LONG.set(tlb.hosts[entry], (int) address + tlb.deltas[entry], value);
    } else {
      store(address, 8, value, count, pc);
    }
  }

  /** The slow way, perhaps to a device, which may look at pc and icount. */
  private long load(long address, int size, long count, long pc) {
    s.pc = pc;
    s.icount = count + 1;
    return s.mmu.load(address, size);
  }

  private void store(long address, int size, long value, long count, long pc) {
    s.pc = pc;
    s.icount = count + 1;
    s.mmu.store(address, size, value);
  }

  private static VarHandle view(Class<?> array) {
    return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
  }
}
