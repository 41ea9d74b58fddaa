package rrlog.core.run.gdb;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * RV64's registers by the numbers and features that gdb gives them (gdb's RISC-V target
 * descriptions: {@code org.gnu.gdb.riscv.cpu}, {@code fpu}, {@code csr}, {@code virtual}).
 */
public final class RiscvRegisters {
  /** Number of the pc; below it the integer registers. */
  public static final int PC = 32;

  /** Number of f0. */
  public static final int FLOAT = 33;

  /** Number of CSR 0. */
  public static final int CSR = 65;

  /** Number of the privilege mode. */
  public static final int PRIVILEGE = CSR + 4096;

  private static final String CPU_FEATURE = "org.gnu.gdb.riscv.cpu";
  private static final String FPU_FEATURE = "org.gnu.gdb.riscv.fpu";
  private static final String CSR_FEATURE = "org.gnu.gdb.riscv.csr";
  private static final String VIRTUAL_FEATURE = "org.gnu.gdb.riscv.virtual";

  /** The last of fflags, frm, fcsr, which belong to the floating-point feature. */
  private static final int FCSR = 3;

  private static final int REGISTERS = 32;

  private RiscvRegisters() {}

  /**
   * All registers, in the protocol's order.
   *
   * @param integer names of the integer registers, 0 to 31
   * @param floating names of the floating-point registers, 0 to 31
   * @param csrs numbers of the CSRs, ascending
   * @param csr their names
   */
  public static List<Register> describe(
      IntFunction<String> integer,
      IntFunction<String> floating,
      List<Integer> csrs,
      IntFunction<String> csr) {
    List<Register> all = new ArrayList<>();
    for (int i = 0; i < REGISTERS; i++) {
      String type = i == 1 ? "code_ptr" : i == 2 || i == 3 || i == 4 ? "data_ptr" : "int";
      all.add(new Register(integer.apply(i), i, 64, CPU_FEATURE, type));
    }
    all.add(new Register("pc", PC, 64, CPU_FEATURE, "code_ptr"));
    for (int i = 0; i < REGISTERS; i++) {
      all.add(new Register(floating.apply(i), FLOAT + i, 64, FPU_FEATURE, "ieee_double"));
    }
    for (int number : csrs) {
      boolean floatingPoint = number >= 1 && number <= FCSR;
      String feature = floatingPoint ? FPU_FEATURE : CSR_FEATURE;
      int bits = floatingPoint ? 32 : 64;
      all.add(new Register(csr.apply(number), CSR + number, bits, feature, "int"));
    }
    all.add(new Register("priv", PRIVILEGE, 64, VIRTUAL_FEATURE, "int"));
    return List.copyOf(all);
  }
}
