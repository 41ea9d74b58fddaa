package rrlog.core.machine.riscv.isa;

/**
 * The C extension: every 16-bit instruction stands for one 32-bit instruction (RISC-V Unprivileged
 * 16, tables 16.5 to 16.7, RV64 column); and Zcb where it has none.
 */
public final class Compressed {
  /** What {@link #expand} returns for reserved and illegal encodings; it is itself illegal. */
  public static final int ILLEGAL = 0;

  private static final int OPCODE_LOAD = 0x03;
  private static final int OPCODE_LOAD_FP = 0x07;
  private static final int OPCODE_IMMEDIATE = 0x13;
  private static final int OPCODE_IMMEDIATE_WORD = 0x1b;
  private static final int OPCODE_STORE = 0x23;
  private static final int OPCODE_STORE_FP = 0x27;
  private static final int OPCODE_REGISTERS = 0x33;
  private static final int OPCODE_UPPER = 0x37;
  private static final int OPCODE_REGISTERS_WORD = 0x3b;
  private static final int OPCODE_BRANCH = 0x63;
  private static final int OPCODE_JALR = 0x67;
  private static final int OPCODE_JAL = 0x6f;
  private static final int EBREAK = 0x0010_0073;
  private static final int WORD = 2;
  private static final int DOUBLE = 3;
  private static final int RA = 1;
  private static final int SP = 2;

  private Compressed() {}

  /**
   * The 32-bit instruction that a 16-bit one stands for.
   *
   * @param half 16 bits whose lowest two are not both 1
   * @return {@link #ILLEGAL} if it is reserved
   */
  public static int expand(int half) {
    int function = half >>> 13 & 7;
    return switch (half & 3) {
      case 0 -> quadrant0(half, function);
      case 1 -> quadrant1(half, function);
      case 2 -> quadrant2(half, function);
      default -> ILLEGAL;
    };
  }

  private static int quadrant0(int half, int function) {
    int rd = 8 + (half >>> 2 & 7); // rd' or rs2'
    int rs1 = 8 + (half >>> 7 & 7);
    int wordOffset = bits(half, 10, 3, 3) | bits(half, 6, 1, 2) | bits(half, 5, 1, 6);
    int doubleOffset = bits(half, 10, 3, 3) | bits(half, 5, 2, 6);
    return switch (function) {
      case 0 -> {
        int immediate =
            bits(half, 11, 2, 4) | bits(half, 7, 4, 6) | bits(half, 6, 1, 2) | bits(half, 5, 1, 3);
        yield immediate == 0 ? ILLEGAL : immediate(OPCODE_IMMEDIATE, 0, rd, SP, immediate);
      }
      case 1 -> immediate(OPCODE_LOAD_FP, DOUBLE, rd, rs1, doubleOffset);
      case 2 -> immediate(OPCODE_LOAD, WORD, rd, rs1, wordOffset);
      case 3 -> immediate(OPCODE_LOAD, DOUBLE, rd, rs1, doubleOffset);
      case 5 -> store(OPCODE_STORE_FP, DOUBLE, rs1, rd, doubleOffset);
      case 6 -> store(OPCODE_STORE, WORD, rs1, rd, wordOffset);
      case 7 -> store(OPCODE_STORE, DOUBLE, rs1, rd, doubleOffset);
      default -> AdditionalCompressed.expand(half);
    };
  }

  private static int quadrant1(int half, int function) {
    int rd = half >>> 7 & 0x1f;
    int rs1 = 8 + (half >>> 7 & 7);
    int immediate = signed6(half);
    return switch (function) {
      case 0 -> immediate(OPCODE_IMMEDIATE, 0, rd, rd, immediate);
      case 1 -> rd == 0 ? ILLEGAL : immediate(OPCODE_IMMEDIATE_WORD, 0, rd, rd, immediate);
      case 2 -> immediate(OPCODE_IMMEDIATE, 0, rd, 0, immediate);
      case 3 -> {
        if (immediate == 0) {
          yield ILLEGAL;
        }
        yield rd == SP
            ? immediate(OPCODE_IMMEDIATE, 0, SP, SP, stackAdjustment(half))
            : immediate << 12 | rd << 7 | OPCODE_UPPER;
      }
      case 4 -> arithmetic(half, rs1, immediate);
      case 5 -> jump(half);
      case 6 -> branch(half, 0, rs1);
      default -> branch(half, 1, rs1);
    };
  }

  private static int arithmetic(int half, int rd, int immediate) {
    int rs2 = 8 + (half >>> 2 & 7);
    return switch (half >>> 10 & 3) {
      case 0 -> immediate(OPCODE_IMMEDIATE, 5, rd, rd, immediate & 0x3f);
      case 1 -> immediate(OPCODE_IMMEDIATE, 5, rd, rd, immediate & 0x3f | 0x400);
      case 2 -> immediate(OPCODE_IMMEDIATE, 7, rd, rd, immediate);
      default ->
          switch ((half >>> 10 & 4) | (half >>> 5 & 3)) {
            case 0 -> registers(OPCODE_REGISTERS, 0x20, 0, rd, rd, rs2);
            case 1 -> registers(OPCODE_REGISTERS, 0, 4, rd, rd, rs2);
            case 2 -> registers(OPCODE_REGISTERS, 0, 6, rd, rd, rs2);
            case 3 -> registers(OPCODE_REGISTERS, 0, 7, rd, rd, rs2);
            case 4 -> registers(OPCODE_REGISTERS_WORD, 0x20, 0, rd, rd, rs2);
            case 5 -> registers(OPCODE_REGISTERS_WORD, 0, 0, rd, rd, rs2);
            default -> AdditionalCompressed.expand(half);
          };
    };
  }

  private static int quadrant2(int half, int function) {
    int rd = half >>> 7 & 0x1f;
    int rs2 = half >>> 2 & 0x1f;
    int wordLoad = bits(half, 12, 1, 5) | bits(half, 4, 3, 2) | bits(half, 2, 2, 6);
    int doubleLoad = bits(half, 12, 1, 5) | bits(half, 5, 2, 3) | bits(half, 2, 3, 6);
    int wordStore = bits(half, 9, 4, 2) | bits(half, 7, 2, 6);
    int doubleStore = bits(half, 10, 3, 3) | bits(half, 7, 3, 6);
    return switch (function) {
      case 0 -> immediate(OPCODE_IMMEDIATE, 1, rd, rd, signed6(half) & 0x3f);
      case 1 -> immediate(OPCODE_LOAD_FP, DOUBLE, rd, SP, doubleLoad);
      case 2 -> rd == 0 ? ILLEGAL : immediate(OPCODE_LOAD, WORD, rd, SP, wordLoad);
      case 3 -> rd == 0 ? ILLEGAL : immediate(OPCODE_LOAD, DOUBLE, rd, SP, doubleLoad);
      case 4 -> moveOrJump((half & 0x1000) != 0, rd, rs2);
      case 5 -> store(OPCODE_STORE_FP, DOUBLE, SP, rs2, doubleStore);
      case 6 -> store(OPCODE_STORE, WORD, SP, rs2, wordStore);
      default -> store(OPCODE_STORE, DOUBLE, SP, rs2, doubleStore);
    };
  }

  private static int moveOrJump(boolean linkOrAdd, int rd, int rs2) {
    if (rs2 != 0) { // c.add or c.mv; QEMU takes c.mv as addi, the result is the same
      return registers(OPCODE_REGISTERS, 0, 0, rd, linkOrAdd ? rd : 0, rs2);
    }
    if (rd == 0) {
      return linkOrAdd ? EBREAK : ILLEGAL;
    }
    return immediate(OPCODE_JALR, 0, linkOrAdd ? RA : 0, rd, 0);
  }

  private static int stackAdjustment(int half) {
    return (half << 19 >> 31) << 9
        | bits(half, 3, 2, 7)
        | bits(half, 5, 1, 6)
        | bits(half, 2, 1, 5)
        | bits(half, 6, 1, 4);
  }

  private static int jump(int half) {
    int offset =
        (half << 19 >> 31) << 11
            | bits(half, 8, 1, 10)
            | bits(half, 9, 2, 8)
            | bits(half, 6, 1, 7)
            | bits(half, 7, 1, 6)
            | bits(half, 2, 1, 5)
            | bits(half, 11, 1, 4)
            | bits(half, 3, 3, 1);
    return (offset & 0x10_0000) << 11
        | (offset & 0x7fe) << 20
        | (offset & 0x800) << 9
        | (offset & 0xf_f000)
        | OPCODE_JAL;
  }

  private static int branch(int half, int function, int rs1) {
    int offset =
        (half << 19 >> 31) << 8
            | bits(half, 5, 2, 6)
            | bits(half, 2, 1, 5)
            | bits(half, 10, 2, 3)
            | bits(half, 3, 2, 1);
    return (offset & 0x1000) << 19
        | (offset & 0x7e0) << 20
        | rs1 << 15
        | function << 12
        | (offset & 0x1e) << 7
        | (offset & 0x800) >>> 4
        | OPCODE_BRANCH;
  }

  private static int signed6(int half) {
    return (half << 19 >> 31) << 5 | half >>> 2 & 0x1f;
  }

  /**
   * Takes {@code count} bits of {@code half} from bit {@code from} and puts them at bit {@code to}.
   */
  private static int bits(int half, int from, int count, int to) {
    return (half >>> from & (1 << count) - 1) << to;
  }

  private static int immediate(int opcode, int function, int rd, int rs1, int immediate) {
    return immediate << 20 | rs1 << 15 | function << 12 | rd << 7 | opcode;
  }

  private static int store(int opcode, int function, int rs1, int rs2, int offset) {
    return (offset & 0xfe0) << 20
        | rs2 << 20
        | rs1 << 15
        | function << 12
        | (offset & 0x1f) << 7
        | opcode;
  }

  private static int registers(int opcode, int function7, int function3, int rd, int rs1, int rs2) {
    return function7 << 25 | rs2 << 20 | rs1 << 15 | function3 << 12 | rd << 7 | opcode;
  }
}
