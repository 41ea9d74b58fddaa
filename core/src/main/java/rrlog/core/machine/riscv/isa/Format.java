package rrlog.core.machine.riscv.isa;

/** Where an instruction keeps its operands (RISC-V Unprivileged 2.2 and 2.3) and what they are. */
public enum Format {
  /** rd, rs1, rs2. */
  REGISTERS,
  /** rd, rs1. */
  UNARY,
  /** rd, rs1, 12-bit immediate. */
  IMMEDIATE,
  /** rd, rs1, 6-bit shift amount. */
  SHIFT,
  /** rd, rs1, 5-bit shift amount. */
  SHIFT_WORD,
  /** rd, offset(rs1). */
  LOAD,
  /** rs2, offset(rs1). */
  STORE,
  /** rs1, rs2, target. */
  BRANCH,
  /** rd, upper 20 bits. */
  UPPER,
  /** rd, target. */
  JUMP,
  /** predecessor and successor sets. */
  FENCE,
  /** no operands. */
  NONE,
  /** rd, rs2, (rs1), with acquire and release bits. */
  ATOMIC,
  /** rd, (rs1), with acquire and release bits. */
  LOAD_RESERVED,
  /** rd, CSR, rs1. */
  CSR,
  /** rd, CSR, 5-bit immediate. */
  CSR_IMMEDIATE,
  /** rs1, rs2: address and address space. */
  FENCE_VMA,
  /** (rs1). */
  ADDRESS,
  /** rd, (rs1): from a virtual machine's address. */
  GUEST_LOAD,
  /** rs2, (rs1): to a virtual machine's address. */
  GUEST_STORE,
  /** f[rd], offset(rs1). */
  FLOAT_LOAD,
  /** f[rs2], offset(rs1). */
  FLOAT_STORE,
  /** f[rd], f[rs1], f[rs2], f[rs3], rounding mode. */
  FLOAT_FUSED,
  /** f[rd], f[rs1], f[rs2], rounding mode. */
  FLOAT_ROUNDED,
  /** f[rd], f[rs1], f[rs2]. */
  FLOAT_REGISTERS,
  /** f[rd], f[rs1], rounding mode. */
  FLOAT_UNARY_ROUNDED,
  /** rd, f[rs1], f[rs2]. */
  FLOAT_COMPARE,
  /** rd, f[rs1]. */
  FLOAT_TO_INTEGER,
  /** rd, f[rs1], rounding mode. */
  FLOAT_TO_INTEGER_ROUNDED,
  /** f[rd], number of a constant in the field of rs1. */
  FLOAT_CONSTANT,
  /** f[rd], rs1. */
  INTEGER_TO_FLOAT,
  /** f[rd], rs1, rounding mode. */
  INTEGER_TO_FLOAT_ROUNDED;

  /** Whether rd names an integer register that is written. */
  public boolean writesInteger() {
    return switch (this) {
      case REGISTERS,
          UNARY,
          IMMEDIATE,
          SHIFT,
          SHIFT_WORD,
          LOAD,
          UPPER,
          JUMP,
          ATOMIC,
          LOAD_RESERVED,
          CSR,
          CSR_IMMEDIATE,
          GUEST_LOAD,
          FLOAT_COMPARE,
          FLOAT_TO_INTEGER,
          FLOAT_TO_INTEGER_ROUNDED ->
          true;
      case STORE,
          BRANCH,
          FENCE,
          NONE,
          FENCE_VMA,
          ADDRESS,
          GUEST_STORE,
          FLOAT_LOAD,
          FLOAT_STORE,
          FLOAT_FUSED,
          FLOAT_ROUNDED,
          FLOAT_REGISTERS,
          FLOAT_UNARY_ROUNDED,
          FLOAT_CONSTANT,
          INTEGER_TO_FLOAT,
          INTEGER_TO_FLOAT_ROUNDED ->
          false;
    };
  }

  /** Whether rs1 names an integer register that is read. */
  public boolean readsFirst() {
    return switch (this) {
      case REGISTERS,
          UNARY,
          IMMEDIATE,
          SHIFT,
          SHIFT_WORD,
          LOAD,
          STORE,
          BRANCH,
          ATOMIC,
          LOAD_RESERVED,
          CSR,
          FENCE_VMA,
          ADDRESS,
          GUEST_LOAD,
          GUEST_STORE,
          FLOAT_LOAD,
          FLOAT_STORE,
          INTEGER_TO_FLOAT,
          INTEGER_TO_FLOAT_ROUNDED ->
          true;
      case UPPER,
          JUMP,
          FENCE,
          NONE,
          CSR_IMMEDIATE,
          FLOAT_FUSED,
          FLOAT_ROUNDED,
          FLOAT_REGISTERS,
          FLOAT_UNARY_ROUNDED,
          FLOAT_COMPARE,
          FLOAT_TO_INTEGER,
          FLOAT_TO_INTEGER_ROUNDED,
          FLOAT_CONSTANT ->
          false;
    };
  }

  /** Whether rs2 names an integer register that is read. */
  public boolean readsSecond() {
    return switch (this) {
      case REGISTERS, STORE, BRANCH, ATOMIC, FENCE_VMA, GUEST_STORE -> true;
      default -> false;
    };
  }

  /**
   * The immediate of a 32-bit instruction: sign-extended offset, shift amount, CSR number and zimm,
   * rounding mode and rs3, or fence sets, as {@link Decoded} describes.
   */
  public int immediate(int word) {
    return switch (this) {
      case IMMEDIATE, LOAD, FLOAT_LOAD -> word >> 20;
      case STORE, FLOAT_STORE -> (word >> 25 << 5) | (word >>> 7 & 0x1f);
      case BRANCH ->
          (word >> 31 << 12) | (word << 4 & 0x800) | (word >>> 20 & 0x7e0) | (word >>> 7 & 0x1e);
      case UPPER -> word & 0xffff_f000;
      case JUMP ->
          (word >> 31 << 20) | (word & 0xf_f000) | (word >>> 9 & 0x800) | (word >>> 20 & 0x7fe);
      case SHIFT -> word >>> 20 & 0x3f;
      case SHIFT_WORD -> word >>> 20 & 0x1f;
      case CSR, CSR_IMMEDIATE, FENCE -> word >>> 20;
      case ATOMIC, LOAD_RESERVED -> word >>> 25 & 3;
      case FLOAT_FUSED -> (word >>> 12 & 7) | (word >>> 27 << 3);
      case FLOAT_ROUNDED, FLOAT_UNARY_ROUNDED, FLOAT_TO_INTEGER_ROUNDED, INTEGER_TO_FLOAT_ROUNDED ->
          word >>> 12 & 7;
      case REGISTERS,
          UNARY,
          NONE,
          FENCE_VMA,
          ADDRESS,
          GUEST_LOAD,
          GUEST_STORE,
          FLOAT_REGISTERS,
          FLOAT_COMPARE,
          FLOAT_TO_INTEGER,
          FLOAT_CONSTANT,
          INTEGER_TO_FLOAT ->
          0;
    };
  }
}
