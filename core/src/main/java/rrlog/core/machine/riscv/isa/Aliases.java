package rrlog.core.machine.riscv.isa;

import static rrlog.core.machine.riscv.isa.RegisterNames.floating;
import static rrlog.core.machine.riscv.isa.RegisterNames.integer;

import java.util.Optional;

/**
 * The pseudo-instructions that people read and write instead (RISC-V Assembly Programmer's Manual,
 * tables of aliases).
 */
final class Aliases {
  private static final int RA = 1;
  private static final int ALL_FENCES = 0xff;

  private Aliases() {}

  /**
   * The short form of an instruction, if it has one.
   *
   * @param f its fields
   * @param target where it branches to, as text
   */
  static Optional<Instruction> of(Fields f, String target) {
    return switch (f.op()) {
      case Op.ADDI, Op.ADDIW, Op.XORI, Op.ANDI, Op.SLTIU -> immediate(f);
      case Op.SUB, Op.SUBW, Op.SLT, Op.SLTU, Op.ADD, Op.ADD_UW -> registers(f);
      case Op.BEQ, Op.BNE, Op.BLT, Op.BGE -> branch(f, target);
      case Op.JAL ->
          switch (f.rd()) {
            case 0 -> alias("j", target);
            case RA -> alias("jal", target);
            default -> Optional.empty();
          };
      case Op.JALR -> jump(f);
      case Op.FENCE -> f.immediate() == ALL_FENCES ? alias("fence", "") : Optional.empty();
      case Op.SFENCE_VMA -> fence(f);
      case Op.CSRRW, Op.CSRRS, Op.CSRRC, Op.CSRRWI, Op.CSRRSI, Op.CSRRCI -> CsrAliases.of(f);
      case Op.FSGNJ_S, Op.FSGNJ_D -> sign(f, "fmv");
      case Op.FSGNJN_S, Op.FSGNJN_D -> sign(f, "fneg");
      case Op.FSGNJX_S, Op.FSGNJX_D -> sign(f, "fabs");
      default -> Optional.empty();
    };
  }

  private static Optional<Instruction> immediate(Fields f) {
    String two = integer(f.rd()) + "," + integer(f.rs1());
    int value = f.immediate();
    return switch (f.op()) {
      case Op.ADDI -> {
        if (f.rs1() == 0) {
          yield f.rd() == 0 && value == 0
              ? alias("nop", "")
              : alias("li", integer(f.rd()) + "," + value);
        }
        yield value == 0 ? alias("mv", two) : Optional.empty();
      }
      case Op.ADDIW -> value == 0 ? alias("sext.w", two) : Optional.empty();
      case Op.XORI -> value == -1 ? alias("not", two) : Optional.empty();
      case Op.ANDI -> value == 255 ? alias("zext.b", two) : Optional.empty();
      default -> value == 1 ? alias("seqz", two) : Optional.empty();
    };
  }

  private static Optional<Instruction> registers(Fields f) {
    String first = integer(f.rd()) + "," + integer(f.rs1());
    String second = integer(f.rd()) + "," + integer(f.rs2());
    return switch (f.op()) {
      case Op.SUB -> f.rs1() == 0 ? alias("neg", second) : Optional.empty();
      case Op.SUBW -> f.rs1() == 0 ? alias("negw", second) : Optional.empty();
      case Op.SLT -> {
        if (f.rs2() == 0) {
          yield alias("sltz", first);
        }
        yield f.rs1() == 0 ? alias("sgtz", second) : Optional.empty();
      }
      case Op.SLTU -> f.rs1() == 0 ? alias("snez", second) : Optional.empty();
      // What c.mv expands to.
      case Op.ADD -> f.compressed() && f.rs1() == 0 ? alias("mv", second) : Optional.empty();
      default -> f.rs2() == 0 ? alias("zext.w", first) : Optional.empty();
    };
  }

  private static Optional<Instruction> branch(Fields f, String target) {
    String first = integer(f.rs1()) + "," + target;
    String second = integer(f.rs2()) + "," + target;
    if (f.rs2() == 0) {
      return switch (f.op()) {
        case Op.BEQ -> alias("beqz", first);
        case Op.BNE -> alias("bnez", first);
        case Op.BLT -> alias("bltz", first);
        default -> alias("bgez", first);
      };
    }
    if (f.rs1() == 0 && f.op() == Op.BGE) {
      return alias("blez", second);
    }
    return f.rs1() == 0 && f.op() == Op.BLT ? alias("bgtz", second) : Optional.empty();
  }

  private static Optional<Instruction> jump(Fields f) {
    String to =
        f.immediate() == 0 ? integer(f.rs1()) : f.immediate() + "(" + integer(f.rs1()) + ")";
    return switch (f.rd()) {
      case 0 -> f.rs1() == RA && f.immediate() == 0 ? alias("ret", "") : alias("jr", to);
      case RA -> alias("jalr", to);
      default -> Optional.empty();
    };
  }

  private static Optional<Instruction> fence(Fields f) {
    if (f.rs2() != 0) {
      return Optional.empty();
    }
    return alias("sfence.vma", f.rs1() == 0 ? "" : integer(f.rs1()));
  }

  private static Optional<Instruction> sign(Fields f, String name) {
    if (f.rs1() != f.rs2()) {
      return Optional.empty();
    }
    String suffix = f.mnemonic().substring(f.mnemonic().indexOf('.'));
    return alias(name + suffix, floating(f.rd()) + "," + floating(f.rs1()));
  }

  static Optional<Instruction> alias(String mnemonic, String operands) {
    return Optional.of(new Instruction(mnemonic, operands));
  }
}
