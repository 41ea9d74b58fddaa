package rrlog.core.machine.riscv.isa;

import static rrlog.core.machine.riscv.isa.Aliases.alias;
import static rrlog.core.machine.riscv.isa.RegisterNames.integer;

import java.util.Optional;

/** Short forms of CSR instructions (RISC-V Assembly Programmer's Manual). */
final class CsrAliases {
  private static final int CYCLE = 0xc00;

  private CsrAliases() {}

  static Optional<Instruction> of(Fields f) {
    int number = f.immediate() & 0xfff;
    if (f.op() == Op.CSRRW && number == CYCLE && f.rd() == 0 && f.rs1() == 0) {
      return alias("unimp", "");
    }
    String csr = CsrNames.of(number);
    if (f.op() == Op.CSRRS && f.rs1() == 0) {
      return read(f, number, csr);
    }
    boolean immediate = f.op() >= Op.CSRRWI;
    String source = immediate ? Integer.toString(f.rs1()) : integer(f.rs1());
    if (number >= 1 && number <= 3 && (f.op() == Op.CSRRW || f.op() == Op.CSRRWI)) {
      return writeFloat(f, number, source, immediate);
    }
    if (f.rd() != 0) {
      return Optional.empty();
    }
    return switch (f.op()) {
      case Op.CSRRW -> alias("csrw", csr + "," + source);
      case Op.CSRRS -> alias("csrs", csr + "," + source);
      case Op.CSRRC -> alias("csrc", csr + "," + source);
      case Op.CSRRWI -> alias("csrwi", csr + "," + source);
      case Op.CSRRSI -> alias("csrsi", csr + "," + source);
      default -> alias("csrci", csr + "," + source);
    };
  }

  private static Optional<Instruction> read(Fields f, int number, String csr) {
    String rd = integer(f.rd());
    return switch (number) {
      case 1 -> alias("frflags", rd);
      case 2 -> alias("frrm", rd);
      case 3 -> alias("frcsr", rd);
      case CYCLE, CYCLE + 1, CYCLE + 2 -> alias("rd" + csr, rd);
      default -> alias("csrr", rd + "," + csr);
    };
  }

  private static Optional<Instruction> writeFloat(
      Fields f, int number, String source, boolean immediate) {
    String name =
        switch (number) {
          case 1 -> "fsflags";
          case 2 -> "fsrm";
          default -> "fscsr";
        };
    if (number == 3 && immediate) {
      return Optional.empty();
    }
    String operands = f.rd() == 0 ? source : integer(f.rd()) + "," + source;
    return alias(immediate ? name + "i" : name, operands);
  }
}
