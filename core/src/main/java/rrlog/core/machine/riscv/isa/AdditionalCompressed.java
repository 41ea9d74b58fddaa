package rrlog.core.machine.riscv.isa;

/** Zcb: compressed instructions where C has none (RISC-V Code Size Reduction 1.0, chapter 3). */
final class AdditionalCompressed {
  private static final int QUADRANT = 0xe003;
  private static final int MEMORY = 0x8000;
  private static final int ARITHMETIC = 0x8001;
  private static final int LBU = 0x4003;
  private static final int LHU = 0x5003;
  private static final int LH = 0x1003;
  private static final int SB = 0x0023;
  private static final int SH = 0x1023;
  private static final int MUL = 0x0200_0033;
  private static final int ZEXT_B = 0x0ff0_7013; // andi with 0xff
  private static final int SEXT_B = 0x6040_1013;
  private static final int ZEXT_H = 0x0800_403b;
  private static final int SEXT_H = 0x6050_1013;
  private static final int ZEXT_W = 0x0800_003b; // add.uw with x0
  private static final int NOT = 0xfff0_4013; // xori with -1

  private AdditionalCompressed() {}

  /**
   * The 32-bit instruction that a 16-bit one stands for.
   *
   * @return {@link Compressed#ILLEGAL} for one that is not of Zcb
   */
  static int expand(int half) {
    return switch (half & QUADRANT) {
      case MEMORY -> memory(half);
      case ARITHMETIC -> (half & 0x1c00) == 0x1c00 ? arithmetic(half) : Compressed.ILLEGAL;
      default -> Compressed.ILLEGAL;
    };
  }

  private static int memory(int half) {
    int data = 8 + (half >>> 2 & 7);
    int base = (8 + (half >>> 7 & 7)) << 15;
    int halfOffset = half >>> 5 & 1;
    boolean upper = (half & 0x40) != 0;
    int byteOffset = halfOffset << 1 | (upper ? 1 : 0);
    return switch (half >>> 10 & 7) {
      case 0 -> LBU | base | data << 7 | byteOffset << 20;
      case 1 -> (upper ? LH : LHU) | base | data << 7 | halfOffset << 21;
      case 2 -> SB | base | data << 20 | byteOffset << 7;
      case 3 -> upper ? Compressed.ILLEGAL : SH | base | data << 20 | halfOffset << 8;
      default -> Compressed.ILLEGAL;
    };
  }

  private static int arithmetic(int half) {
    int register = 8 + (half >>> 7 & 7);
    int both = register << 15 | register << 7;
    int selector = half >>> 2 & 7;
    return switch (half >>> 5 & 3) {
      case 2 -> MUL | both | (8 + selector) << 20;
      case 3 ->
          switch (selector) {
            case 0 -> ZEXT_B | both;
            case 1 -> SEXT_B | both;
            case 2 -> ZEXT_H | both;
            case 3 -> SEXT_H | both;
            case 4 -> ZEXT_W | both;
            case 5 -> NOT | both;
            default -> Compressed.ILLEGAL;
          };
      default -> Compressed.ILLEGAL;
    };
  }
}
