package rrlog.core.machine.riscv.isa;

import static rrlog.core.machine.riscv.isa.RegisterNames.floating;
import static rrlog.core.machine.riscv.isa.RegisterNames.integer;

import java.util.Optional;
import java.util.function.LongFunction;

/**
 * Instructions as {@code objdump -d} prints them, with pseudo-instructions; a compressed
 * instruction as the one it stands for. Immutable.
 */
public final class Disassembler {
  private static final String[] ROUNDING = {",rne", ",rtz", ",rdn", ",rup", ",rmm", ",5", ",6", ""};
  private static final String[] ORDERING = {"", ".rl", ".aq", ".aqrl"};

  private final LongFunction<Optional<String>> symbols;

  /** Without symbols. */
  public Disassembler() {
    this(address -> Optional.empty());
  }

  /**
   * With symbols.
   *
   * @param symbols the name of an address, such as {@code main+0x10}; {@code SymbolTable::describe}
   *     is one
   */
  public Disassembler(LongFunction<Optional<String>> symbols) {
    this.symbols = symbols;
  }

  /**
   * One instruction.
   *
   * @param address where it lies
   * @param bits 16 or 32 bits; if the lowest two are not both 1, the upper halfword is ignored
   */
  public Instruction disassemble(long address, int bits) {
    boolean compressed = InstructionSet.isCompressed(bits);
    if (compressed && (bits & 0xffff) == 0) {
      return new Instruction("unimp", "");
    }
    int word = compressed ? Compressed.expand(bits & 0xffff) : bits;
    Optional<Encoding> found = InstructionSet.find(word);
    if (found.isEmpty()) {
      return compressed
          ? new Instruction(".2byte", "0x%04x".formatted(bits & 0xffff))
          : new Instruction(".4byte", "0x%08x".formatted(bits));
    }
    Fields f = Fields.of(found.get(), word, compressed);
    return Aliases.of(f, target(address + f.immediate())).orElseGet(() -> plain(f, address));
  }

  private Instruction plain(Fields f, long address) {
    String name = f.mnemonic();
    if (f.format() == Format.ATOMIC || f.format() == Format.LOAD_RESERVED) {
      name += ORDERING[f.immediate()];
    }
    return new Instruction(name, operands(f, address));
  }

  private String operands(Fields f, long address) {
    String rd = integer(f.rd());
    String rs1 = integer(f.rs1());
    String rs2 = integer(f.rs2());
    String fd = floating(f.rd());
    String f1 = floating(f.rs1());
    String f2 = floating(f.rs2());
    int immediate = f.immediate();
    return switch (f.format()) {
      case REGISTERS -> rd + "," + rs1 + "," + rs2;
      case UNARY -> rd + "," + rs1;
      case IMMEDIATE -> rd + "," + rs1 + "," + immediate;
      case SHIFT, SHIFT_WORD -> rd + "," + rs1 + ",0x" + Integer.toHexString(immediate);
      case LOAD -> rd + "," + immediate + "(" + rs1 + ")";
      case STORE -> rs2 + "," + immediate + "(" + rs1 + ")";
      case BRANCH -> rs1 + "," + rs2 + "," + target(address + immediate);
      case UPPER -> rd + ",0x" + Integer.toHexString(immediate >>> 12);
      case JUMP -> rd + "," + target(address + immediate);
      case FENCE -> fenceSet(immediate >>> 4) + "," + fenceSet(immediate);
      case NONE -> "";
      case ATOMIC -> rd + "," + rs2 + ",(" + rs1 + ")";
      case LOAD_RESERVED -> rd + ",(" + rs1 + ")";
      case CSR -> rd + "," + CsrNames.of(immediate & 0xfff) + "," + rs1;
      case CSR_IMMEDIATE -> rd + "," + CsrNames.of(immediate & 0xfff) + "," + f.rs1();
      case ADDRESS -> "(" + rs1 + ")";
      case GUEST_LOAD -> rd + ",(" + rs1 + ")";
      case GUEST_STORE -> rs2 + ",(" + rs1 + ")";
      case FENCE_VMA -> rs1 + "," + rs2;
      case FLOAT_LOAD -> fd + "," + immediate + "(" + rs1 + ")";
      case FLOAT_STORE -> f2 + "," + immediate + "(" + rs1 + ")";
      case FLOAT_FUSED ->
          fd + "," + f1 + "," + f2 + "," + floating(immediate >>> 3) + ROUNDING[immediate & 7];
      case FLOAT_ROUNDED -> fd + "," + f1 + "," + f2 + ROUNDING[immediate];
      case FLOAT_REGISTERS -> fd + "," + f1 + "," + f2;
      case FLOAT_UNARY_ROUNDED -> fd + "," + f1 + rounding(f);
      case FLOAT_COMPARE -> rd + "," + f1 + "," + f2;
      case FLOAT_TO_INTEGER -> rd + "," + f1;
      case FLOAT_TO_INTEGER_ROUNDED -> rd + "," + f1 + rounding(f);
      case FLOAT_CONSTANT -> fd + "," + AdditionalFloat.constant(f.rs1());
      case INTEGER_TO_FLOAT -> fd + "," + rs1;
      case INTEGER_TO_FLOAT_ROUNDED -> fd + "," + rs1 + rounding(f);
    };
  }

  /** Exact conversions are assembled with rounding mode 0, which nobody wants to read. */
  private static String rounding(Fields f) {
    boolean exact = f.op() == Op.FCVT_D_S || f.op() == Op.FCVT_D_W || f.op() == Op.FCVT_D_WU;
    return exact && f.immediate() == 0 ? "" : ROUNDING[f.immediate()];
  }

  private static String fenceSet(int bits) {
    StringBuilder set = new StringBuilder();
    for (int i = 0; i < 4; i++) {
      if ((bits & 8 >>> i) != 0) {
        set.append("iorw".charAt(i));
      }
    }
    return set.isEmpty() ? "unknown" : set.toString();
  }

  private String target(long address) {
    String hex = Long.toHexString(address);
    return symbols.apply(address).map(name -> hex + " <" + name + ">").orElse(hex);
  }
}
