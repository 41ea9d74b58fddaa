package rrlog.core.machine.board.virt.random;

import java.util.Arrays;
import rrlog.core.machine.riscv.isa.Encode;

/** Instructions, one after the other, at an address. */
final class Code {
  private final long base;
  private byte[] bytes = new byte[4096];
  private int length;

  Code(long base) {
    this.base = base;
  }

  /** Address of the next instruction. */
  long here() {
    return base + length;
  }

  byte[] bytes() {
    return Arrays.copyOf(bytes, length);
  }

  void half(int bits) {
    if (length + 2 > bytes.length) {
      bytes = Arrays.copyOf(bytes, bytes.length * 2);
    }
    bytes[length++] = (byte) bits;
    bytes[length++] = (byte) (bits >> 8);
  }

  void word(int bits) {
    half(bits);
    half(bits >>> 16);
  }

  void data(long value) {
    word((int) value);
    word((int) (value >>> 32));
  }

  void insn(String mnemonic, int rd, int rs1, int rs2, int immediate) {
    word(Encode.word(mnemonic, rd, rs1, rs2, immediate));
  }

  /** Replaces the instruction at an address. */
  void patch(long at, int bits) {
    int keep = length;
    length = (int) (at - base);
    word(bits);
    length = keep;
  }

  /** Loads a constant. */
  void li(int rd, long value) {
    if (value >= -2048 && value < 2048) {
      insn("addi", rd, 0, 0, (int) value);
    } else if (value == (int) value) {
      insn("lui", rd, 0, 0, (int) (value + 0x800 & 0xffff_f000));
      insn("addiw", rd, rd, 0, (int) (value << 52 >> 52));
    } else {
      long low = value << 52 >> 52;
      li(rd, value - low >> 12);
      insn("slli", rd, rd, 0, 12);
      insn("addi", rd, rd, 0, (int) low);
    }
  }

  void csrw(int number, int rs1) {
    insn("csrrw", 0, rs1, 0, number);
  }

  void csrs(int number, int rs1) {
    insn("csrrs", 0, rs1, 0, number);
  }

  void csrc(int number, int rs1) {
    insn("csrrc", 0, rs1, 0, number);
  }
}
