package rrlog.core.machine.riscv.isa;

/**
 * Builds 32-bit instructions for tests, from the table's fixed bits and the manual's operand
 * places.
 */
public final class Encode {
  private Encode() {}

  /**
   * An instruction.
   *
   * @param mnemonic as in the table
   * @param immediate what {@link Format#immediate} would give; rs3 and rounding mode, CSR number,
   *     ordering likewise
   */
  public static int word(String mnemonic, int rd, int rs1, int rs2, int immediate) {
    Encoding e =
        InstructionSet.encodings().stream()
            .filter(row -> row.mnemonic().equals(mnemonic))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException(mnemonic));
    int operands =
        switch (e.format()) {
          case UPPER, JUMP -> rd << 7;
          case STORE, FLOAT_STORE, BRANCH -> rs1 << 15 | rs2 << 20;
          case IMMEDIATE, LOAD, FLOAT_LOAD, CSR, CSR_IMMEDIATE, FENCE, SHIFT, SHIFT_WORD ->
              rd << 7 | rs1 << 15;
          default -> rd << 7 | rs1 << 15 | rs2 << 20;
        };
    int i = immediate;
    operands |=
        switch (e.format()) {
          case IMMEDIATE, LOAD, FLOAT_LOAD, CSR, CSR_IMMEDIATE, FENCE, SHIFT, SHIFT_WORD -> i << 20;
          case STORE, FLOAT_STORE -> (i & 0x1f) << 7 | i >> 5 << 25;
          case BRANCH ->
              (i & 0x1e) << 7 | (i >> 11 & 1) << 7 | (i >> 5 & 0x3f) << 25 | (i >> 12 & 1) << 31;
          case UPPER -> i;
          case JUMP ->
              (i & 0xff000) | (i >> 11 & 1) << 20 | (i >> 1 & 0x3ff) << 21 | (i >> 20 & 1) << 31;
          case ATOMIC, LOAD_RESERVED -> i << 25;
          case FLOAT_FUSED -> (i & 7) << 12 | i >> 3 << 27;
          default -> i << 12;
        };
    return operands & ~e.mask() | e.match();
  }
}
