package rrlog.core.machine.riscv.hart;

import static rrlog.core.machine.riscv.isa.Decoded.halfwords;

import java.lang.ref.Reference;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import rrlog.core.machine.platform.bus.Ram;
import rrlog.core.machine.riscv.alu.Alu;
import rrlog.core.machine.riscv.alu.BitAlu;
import rrlog.core.machine.riscv.isa.Decoded;
import rrlog.core.machine.riscv.isa.Op;
import rrlog.core.machine.riscv.mmu.HostMemory;
import rrlog.core.machine.riscv.mmu.Tlb;
import rrlog.core.machine.riscv.mmu.Trap;

/**
 * The main loop: fetches decoded instructions and executes those of RV64I, M and Zba; the others
 * are handed to the class of their extension.
 *
 * <p>{@link #loop()} is one large method on purpose, with pc and instruction count in local
 * variables, and must stay below 8000 bytes of bytecode, above which HotSpot does not compile a
 * method; so the file has more than 400 lines.
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

  private static final int PAGE = Ram.PAGE_SIZE;
  private static final int SLOTS = PAGE / 2;

  private final HartState s;
  private final SystemOperations system;

  /** Of a marked instruction, for the one time that it is executed. */
  private final long[] marked = CodePage.leadingOut();

  private final long[] single = CodePage.leadingOut();
  private final long[] apart = CodePage.leadingOut();

  Interpreter(HartState state, SystemOperations system) {
    this.s = state;
    this.system = system;
  }

  /**
   * Executes from {@code s.pc} until {@code s.icount} reaches {@code s.limit} or something else
   * happens.
   */
  int loop() {
    int result = s.rest.length == 0 ? loop(null) : restOfBlock();
    Reference.reachabilityFence(s); // and with it memory, which the TLB knows by address only
    return result;
  }

  /**
   * Executes instructions that were taken out of memory before; after them, or where their block
   * ends early, memory counts again.
   */
  private int restOfBlock() {
    HartState s = this.s;
    long[] rest = s.rest;
    long from = s.icount;
    long block = s.blockStart;
    int length = Math.min(rest.length, s.leftInBlock());
    // The last instruction alone: it may access devices, for the others QEMU leaves the block.
    s.limit = Math.min(s.limit, from + Math.max(1, length - 1));
    Arrays.fill(apart, CodePage.NEXT_PAGE);
    int slot = (int) s.pc >>> 1 & SLOTS - 1;
    for (long instruction : rest) {
      apart[slot] = instruction;
      slot += halfwords(instruction);
    }
    s.rest = HartState.NO_REST;
    if (length == 0) {
      s.startBlock();
      return SYSTEM;
    }
    s.inRest = true;
    s.mmu.refetchForDevices(length > 1);
    int result = loop(apart);
    s.mmu.refetchForDevices(false);
    s.inRest = false;
    if (result == TRAPPED && s.trap.isRefetch()) {
      return again();
    }
    int done = (int) (s.icount - from);
    if (s.blockStart == block && done < length && (result == LIMIT || result == SYSTEM)) {
      s.rest = Arrays.copyOfRange(rest, done, length);
    } else if (result != TRAPPED) {
      s.overwritten.forget();
    }
    return result;
  }

  /** Executes the instruction at pc as a block of its own. */
  private int again() {
    s.startBlock();
    s.limit = Math.min(s.limit, s.icount + 1);
    s.alone = true;
    int result = loop(null);
    s.alone = false;
    return result;
  }

  private int loop(long @Nullable [] given) {
    final HartState s = this.s;
    final long[] x = s.x;
    final long[] tlb = s.mmu.tlb(s.privilege).entries;
    final InstructionCache.Map map = s.instructions.map(s.privilege);
    long count = s.icount;
    long pc = s.pc;
    long base = pc & -PAGE;
    int i = (int) pc >>> 1 & SLOTS - 1;
    long block = s.blockStart;
    try {
      pages:
      while (count < s.limit) {
        base = pc & -PAGE;
        i = (int) pc >>> 1 & SLOTS - 1;
        int entry = (int) (pc >>> 12) & InstructionCache.MASK;
        // An odd pc comes from an odd mepc or sepc, which QEMU lets through.
        CodePage page = map.pages[entry];
        long[] code = page.code;
        if (given != null) {
          code = given;
          given = null;
        } else if (map.tags[entry] != base || (pc & 1) != 0) {
          if ((pc & 1) == 0 && s.instructions.enter(pc, s.privilege)) {
            page = map.pages[entry];
            code = page.code;
          } else if (s.rest.length != 0) {
            s.blockStart = count;
            break;
          } else {
            base = pc;
            i = 0;
            code = single(pc);
          }
        }
        do {
          long w = code[i];
          // All operands are taken apart here, needed or not: it is cheaper than once per
          // instruction
          // kind, in time and in code that the compiler has to get through.
          int fields = (int) w;
          int d = fields >>> 9 & 0x3f;
          long a = x[fields >>> 15 & 0x3f];
          long b = x[fields >>> 21 & 0x3f];
          int imm = (int) (w >>> 32);
          switch (fields & 0x1ff) {
            case Op.UNDECODED -> {
              page.decode(i);
              continue;
            }
            case Op.NEXT_PAGE -> {
              pc = base + 2L * i;
              block = count;
              continue pages;
            }
            case Op.STRADDLES -> {
              block = count;
              base += 2L * i;
              i = 0;
              code = single;
              code[0] = s.instructions.straddling(base, s.trap);
              continue;
            }
            case Op.LUI -> x[d] = imm;
            case Op.AUIPC -> x[d] = base + 2L * i + imm;
            case Op.ADDI -> x[d] = Alu.add(a, imm);
            case Op.SLTI -> x[d] = Alu.slt(a, imm);
            case Op.SLTIU -> x[d] = Alu.sltu(a, imm);
            case Op.XORI -> x[d] = Alu.xor(a, imm);
            case Op.ORI -> x[d] = Alu.or(a, imm);
            case Op.ANDI -> x[d] = Alu.and(a, imm);
            case Op.SLLI -> x[d] = Alu.sll(a, imm);
            case Op.SRLI -> x[d] = Alu.srl(a, imm);
            case Op.SRAI -> x[d] = Alu.sra(a, imm);
            case Op.ADD -> x[d] = Alu.add(a, b);
            case Op.SUB -> x[d] = Alu.sub(a, b);
            case Op.SLL -> x[d] = Alu.sll(a, b);
            case Op.SLT -> x[d] = Alu.slt(a, b);
            case Op.SLTU -> x[d] = Alu.sltu(a, b);
            case Op.XOR -> x[d] = Alu.xor(a, b);
            case Op.SRL -> x[d] = Alu.srl(a, b);
            case Op.SRA -> x[d] = Alu.sra(a, b);
            case Op.OR -> x[d] = Alu.or(a, b);
            case Op.AND -> x[d] = Alu.and(a, b);
            case Op.ADDIW -> x[d] = Alu.addw(a, imm);
            case Op.SLLIW -> x[d] = Alu.sllw(a, imm);
            case Op.SRLIW -> x[d] = Alu.srlw(a, imm);
            case Op.SRAIW -> x[d] = Alu.sraw(a, imm);
            case Op.ADDW -> x[d] = Alu.addw(a, b);
            case Op.SUBW -> x[d] = Alu.subw(a, b);
            case Op.SLLW -> x[d] = Alu.sllw(a, b);
            case Op.SRLW -> x[d] = Alu.srlw(a, b);
            case Op.SRAW -> x[d] = Alu.sraw(a, b);
            case Op.MUL -> x[d] = Alu.mul(a, b);
            case Op.MULH -> x[d] = Alu.mulh(a, b);
            case Op.MULHSU -> x[d] = Alu.mulhsu(a, b);
            case Op.MULHU -> x[d] = Alu.mulhu(a, b);
            case Op.DIV -> x[d] = Alu.div(a, b);
            case Op.DIVU -> x[d] = Alu.divu(a, b);
            case Op.REM -> x[d] = Alu.rem(a, b);
            case Op.REMU -> x[d] = Alu.remu(a, b);
            case Op.MULW -> x[d] = Alu.mulw(a, b);
            case Op.DIVW -> x[d] = Alu.divw(a, b);
            case Op.DIVUW -> x[d] = Alu.divuw(a, b);
            case Op.REMW -> x[d] = Alu.remw(a, b);
            case Op.REMUW -> x[d] = Alu.remuw(a, b);
            case Op.SH1ADD -> x[d] = Alu.sh1add(a, b);
            case Op.SH2ADD -> x[d] = Alu.sh2add(a, b);
            case Op.SH3ADD -> x[d] = Alu.sh3add(a, b);
            case Op.ADD_UW -> x[d] = Alu.addUw(a, b);
            case Op.SH1ADD_UW -> x[d] = Alu.sh1addUw(a, b);
            case Op.SH2ADD_UW -> x[d] = Alu.sh2addUw(a, b);
            case Op.SH3ADD_UW -> x[d] = Alu.sh3addUw(a, b);
            case Op.SLLI_UW -> x[d] = Alu.sllUw(a, imm);
            case Op.LB -> x[d] = (byte) load1(tlb, a + imm, count, base + 2L * i);
            case Op.LH -> x[d] = (short) load2(tlb, a + imm, count, base + 2L * i);
            case Op.LW -> x[d] = (int) load4(tlb, a + imm, count, base + 2L * i);
            case Op.LD -> x[d] = load8(tlb, a + imm, count, base + 2L * i);
            case Op.LBU -> x[d] = load1(tlb, a + imm, count, base + 2L * i);
            case Op.LHU -> x[d] = load2(tlb, a + imm, count, base + 2L * i);
            case Op.LWU -> x[d] = load4(tlb, a + imm, count, base + 2L * i);
            case Op.SB -> store1(tlb, a + imm, b, count, base + 2L * i);
            case Op.SH -> store2(tlb, a + imm, b, count, base + 2L * i);
            case Op.SW -> store4(tlb, a + imm, b, count, base + 2L * i);
            case Op.SD -> store8(tlb, a + imm, b, count, base + 2L * i);
            case Op.BEQ -> {
              if (a == b) {
                i += imm >> 1;
                block = ++count;
                if ((i & -SLOTS) != 0) {
                  pc = base + 2L * i;
                  continue pages;
                }
                continue;
              }
              block = count + 1;
            }
            case Op.BNE -> {
              if (a != b) {
                i += imm >> 1;
                block = ++count;
                if ((i & -SLOTS) != 0) {
                  pc = base + 2L * i;
                  continue pages;
                }
                continue;
              }
              block = count + 1;
            }
            case Op.BLT -> {
              if (a < b) {
                i += imm >> 1;
                block = ++count;
                if ((i & -SLOTS) != 0) {
                  pc = base + 2L * i;
                  continue pages;
                }
                continue;
              }
              block = count + 1;
            }
            case Op.BGE -> {
              if (a >= b) {
                i += imm >> 1;
                block = ++count;
                if ((i & -SLOTS) != 0) {
                  pc = base + 2L * i;
                  continue pages;
                }
                continue;
              }
              block = count + 1;
            }
            case Op.BLTU -> {
              if (Long.compareUnsigned(a, b) < 0) {
                i += imm >> 1;
                block = ++count;
                if ((i & -SLOTS) != 0) {
                  pc = base + 2L * i;
                  continue pages;
                }
                continue;
              }
              block = count + 1;
            }
            case Op.BGEU -> {
              if (Long.compareUnsigned(a, b) >= 0) {
                i += imm >> 1;
                block = ++count;
                if ((i & -SLOTS) != 0) {
                  pc = base + 2L * i;
                  continue pages;
                }
                continue;
              }
              block = count + 1;
            }
            case Op.JAL -> {
              x[d] = base + 2L * (i + halfwords(w));
              i += imm >> 1;
              block = ++count;
              if ((i & -SLOTS) != 0) {
                pc = base + 2L * i;
                continue pages;
              }
              continue;
            }
            case Op.JALR -> {
              pc = a + imm & -2;
              x[d] = base + 2L * (i + halfwords(w));
              block = ++count;
              if ((pc & -PAGE) != base) {
                continue pages;
              }
              i = (int) pc >>> 1 & SLOTS - 1;
              continue;
            }
            case Op.FENCE -> {}
            case Op.PAUSE -> block = count + 1;
            case Op.TRANSLATED -> {
              s.pc = base + 2L * i;
              s.icount = count;
              s.blockStart = Math.max(block, s.blockStart);
              if (s.translations.run(page, tlb)) {
                return TRAPPED;
              }
              if (s.icount == count) {
                code = page.plain;
                continue;
              }
              count = s.icount;
              pc = s.pc;
              block = s.blockStart;
              continue pages;
            }
            default -> {
              s.pc = base + 2L * i;
              s.icount = count + 1;
              if (Decoded.op(w) >= Op.FLOAT_END) {
                if (Decoded.op(w) == Op.MARKED) {
                  s.icount = count;
                  if (s.marks.stops(s)) {
                    return SYSTEM;
                  }
                  code = marked;
                  code[i] = page.at(i);
                  s.limit = Math.min(s.limit, count + 1);
                  continue;
                }
                s.blockStart = Math.max(block, s.blockStart);
                return system.execute(w) ? WAIT : SYSTEM;
              }
              extension(w);
            }
          }
          i += halfwords(w);
          count++;
        } while (count < s.limit);
        pc = base + 2L * i;
        if (i == SLOTS) {
          block = count; // as a block ends with its page
        }
      }
    } catch (Trap trap) {
      s.pc = base + 2L * i;
      s.icount = trap.isCounted() ? count + 1 : count;
      return TRAPPED;
    }
    s.pc = pc;
    s.icount = count;
    s.blockStart = Math.max(block, s.blockStart);
    return LIMIT;
  }

  private void extension(long w) {
    int op = Decoded.op(w);
    if (op < Op.BIT_END) {
      long b = Op.hasShiftImmediate(op) ? Decoded.immediate(w) : s.x[Decoded.rs2(w)];
      s.x[Decoded.rd(w)] = BitAlu.compute(op, s.x[Decoded.rs1(w)], b);
    } else if (op < Op.ATOMIC_END) {
      AtomicOperations.execute(s, w);
      s.accessed();
    } else {
      FloatOperations.execute(s, w);
      s.accessed();
    }
  }

  /** Code that consists of the one instruction at {@code pc}, which the cache cannot hold. */
  private long[] single(long pc) {
    single[0] = s.decoder.decode(s.instructions.fetchSingle(pc, s.trap));
    return single;
  }

  private long load1(long[] tlb, long address, long count, long pc) {
    int entry = (int) (address >>> 10) & Tlb.MASK;
    if (tlb[entry] == (address & -PAGE)) {
      return HostMemory.load1(address + tlb[entry + Tlb.ADDEND]);
    }
    return load(address, 1, count, pc);
  }

  private long load2(long[] tlb, long address, long count, long pc) {
    int entry = (int) (address >>> 10) & Tlb.MASK;
    if (tlb[entry] == (address & (-PAGE | 1))) {
      return HostMemory.load2(address + tlb[entry + Tlb.ADDEND]);
    }
    return load(address, 2, count, pc);
  }

  private long load4(long[] tlb, long address, long count, long pc) {
    int entry = (int) (address >>> 10) & Tlb.MASK;
    if (tlb[entry] == (address & (-PAGE | 3))) {
      return HostMemory.load4(address + tlb[entry + Tlb.ADDEND]);
    }
    return load(address, 4, count, pc);
  }

  private long load8(long[] tlb, long address, long count, long pc) {
    int entry = (int) (address >>> 10) & Tlb.MASK;
    if (tlb[entry] == (address & (-PAGE | 7))) {
      return HostMemory.load8(address + tlb[entry + Tlb.ADDEND]);
    }
    return load(address, 8, count, pc);
  }

  private void store1(long[] tlb, long address, long value, long count, long pc) {
    int entry = (int) (address >>> 10) & Tlb.MASK;
    if (tlb[entry + Tlb.WRITE] == (address & -PAGE)) {
      HostMemory.store1(address + tlb[entry + Tlb.ADDEND], value);
    } else {
      store(address, 1, value, count, pc);
    }
  }

  private void store2(long[] tlb, long address, long value, long count, long pc) {
    int entry = (int) (address >>> 10) & Tlb.MASK;
    if (tlb[entry + Tlb.WRITE] == (address & (-PAGE | 1))) {
      HostMemory.store2(address + tlb[entry + Tlb.ADDEND], value);
    } else {
      store(address, 2, value, count, pc);
    }
  }

  private void store4(long[] tlb, long address, long value, long count, long pc) {
    int entry = (int) (address >>> 10) & Tlb.MASK;
    if (tlb[entry + Tlb.WRITE] == (address & (-PAGE | 3))) {
      HostMemory.store4(address + tlb[entry + Tlb.ADDEND], value);
    } else {
      store(address, 4, value, count, pc);
    }
  }

  private void store8(long[] tlb, long address, long value, long count, long pc) {
    int entry = (int) (address >>> 10) & Tlb.MASK;
    if (tlb[entry + Tlb.WRITE] == (address & (-PAGE | 7))) {
      HostMemory.store8(address + tlb[entry + Tlb.ADDEND], value);
    } else {
      store(address, 8, value, count, pc);
    }
  }

  /** The slow way, perhaps to a device, which may look at pc and icount. */
  private long load(long address, int size, long count, long pc) {
    s.pc = pc;
    s.icount = count + 1;
    long value = s.mmu.load(address, size);
    s.accessed();
    return value;
  }

  private void store(long address, int size, long value, long count, long pc) {
    s.pc = pc;
    s.icount = count + 1;
    s.mmu.store(address, size, value);
    s.accessed();
  }
}
