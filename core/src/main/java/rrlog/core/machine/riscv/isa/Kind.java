package rrlog.core.machine.riscv.isa;

/** What an instruction does, as far as one must know to execute it together with others. */
public enum Kind {
  /** Computes rd from rs1 and rs2 or the immediate. */
  COMPUTE,
  /** {@code lui}: rd is the immediate. */
  CONSTANT,
  /** {@code auipc}: rd is the immediate behind its own address. */
  ADDRESS,
  /** Loads an integer register. */
  LOAD,
  /** Stores an integer register. */
  STORE,
  /** Jumps if a comparison of rs1 and rs2 holds. */
  BRANCH,
  /** Jumps to a distance. */
  JUMP,
  /** Jumps to a register and a distance. */
  INDIRECT_JUMP,
  /** Orders memory, which needs nothing here. */
  FENCE,
  /** Of the A extension. */
  ATOMIC,
  /** Of F, D or Zfa. */
  FLOAT,
  /** All that may change pc, mode or translation, or trap always. */
  SYSTEM;

  /** The kind of the instruction with a number from {@link Op}. */
  public static Kind of(int op) {
    if (op >= Op.ATOMIC_END) {
      return op < Op.FLOAT_END ? FLOAT : SYSTEM;
    }
    if (op >= Op.BIT_END) {
      return ATOMIC;
    }
    return switch (op) {
      case Op.LUI -> CONSTANT;
      case Op.AUIPC -> ADDRESS;
      case Op.JAL -> JUMP;
      case Op.JALR -> INDIRECT_JUMP;
      case Op.BEQ, Op.BNE, Op.BLT, Op.BGE, Op.BLTU, Op.BGEU -> BRANCH;
      case Op.LB, Op.LH, Op.LW, Op.LD, Op.LBU, Op.LHU, Op.LWU -> LOAD;
      case Op.SB, Op.SH, Op.SW, Op.SD -> STORE;
      case Op.FENCE -> FENCE;
      case Op.PAUSE, Op.UNDECODED, Op.NEXT_PAGE, Op.STRADDLES -> SYSTEM;
      default -> COMPUTE;
    };
  }
}
