package rrlog.core.run.trace;

import rrlog.core.machine.riscv.isa.Decoded;
import rrlog.core.machine.riscv.isa.Op;

/** What kinds of instructions do to registers and memory, as tables by {@link Op}. */
final class Effects {
  private static final byte[] LOADS = new byte[Op.MARKED + 1];
  private static final byte[] STORES = new byte[Op.MARKED + 1];
  private static final boolean[] FLOATS = new boolean[Op.MARKED + 1];

  static {
    fill(LOADS, 1, Op.LB, Op.LBU, Op.HLV_B, Op.HLV_BU);
    fill(LOADS, 2, Op.LH, Op.LHU, Op.HLV_H, Op.HLV_HU, Op.HLVX_HU);
    fill(LOADS, 4, Op.LW, Op.LWU, Op.FLW, Op.HLV_W, Op.HLV_WU, Op.HLVX_WU, Op.LR_W);
    fill(LOADS, 8, Op.LD, Op.FLD, Op.HLV_D, Op.LR_D);
    fill(STORES, 1, Op.SB, Op.HSV_B);
    fill(STORES, 2, Op.SH, Op.HSV_H);
    fill(STORES, 4, Op.SW, Op.FSW, Op.HSV_W, Op.SC_W);
    fill(STORES, 8, Op.SD, Op.FSD, Op.HSV_D, Op.SC_D);
    for (int op = Op.AMOSWAP_W; op <= Op.AMOMAXU_W; op++) {
      LOADS[op] = STORES[op] = 4;
    }
    for (int op = Op.AMOSWAP_D; op <= Op.AMOMAXU_D; op++) {
      LOADS[op] = STORES[op] = 8;
    }
    for (int op = Op.ATOMIC_END; op < Op.FLOAT_END; op++) {
      FLOATS[op] = !writesInteger(op) && op != Op.FSW && op != Op.FSD;
    }
  }

  private Effects() {}

  private static void fill(byte[] table, int size, int... ops) {
    for (int op : ops) {
      table[op] = (byte) size;
    }
  }

  /** Of the instructions of F, D and Zfa. */
  private static boolean writesInteger(int op) {
    return op >= Op.FCVT_W_S && op <= Op.FCLASS_S
        || op >= Op.FEQ_D && op <= Op.FCVT_LU_D
        || op == Op.FMV_X_D
        || op >= Op.FLEQ_S && op <= Op.FCVTMOD_W_D;
  }

  /** Whether it writes a floating-point register. */
  static boolean writesFloat(int op) {
    return FLOATS[op];
  }

  /** Bytes that it loads, 0 for none. */
  static int load(int op) {
    return LOADS[op];
  }

  /** Bytes that it stores, 0 for none. */
  static int store(int op) {
    return STORES[op];
  }

  /** Whether the address has an offset; those of atomic ones and of hlv and hsv have none. */
  static boolean hasOffset(int op) {
    return op < Op.HOT_END || Op.isFloat(op);
  }

  /** Whether it stores only where rd becomes 0. */
  static boolean isConditional(int op) {
    return op == Op.SC_W || op == Op.SC_D;
  }

  /** Whether it writes a CSR; {@code csrrs} and its like with x0 or 0 only read. */
  static boolean isCsrWrite(int op, long instruction) {
    return op == Op.CSRRW
        || op == Op.CSRRWI
        || op >= Op.CSRRS && op <= Op.CSRRCI && Decoded.rs1(instruction) != 0;
  }
}
