package rrlog.cli.render.text;

import rrlog.core.machine.board.virt.VirtMachine;
import rrlog.core.machine.riscv.hart.Hart;
import rrlog.core.machine.riscv.isa.Disassembler;
import rrlog.core.machine.riscv.isa.InstructionSet;

/** Instructions of a machine as lines of text: address, symbol, word, disassembly. */
public final class InstructionText {
  /** What is said in place of an instruction that QEMU counts behind a wfi without executing it. */
  static final String WAITING = "(counted in wfi, not executed)";

  /** Columns of the count. */
  static final int COUNT_WIDTH = 12;

  private static final int SYMBOL_WIDTH = 20;

  private final VirtMachine machine;
  private final Disassembler disassembler;

  public InstructionText(VirtMachine machine) {
    this.machine = machine;
    this.disassembler = new Disassembler(machine.symbols()::describe);
  }

  /** The instruction at an address, as the current mode would fetch it. */
  public String at(long address) {
    StringBuilder line = new StringBuilder();
    line.append("0x").append(shortHex(address)).append("  ");
    String symbol = machine.symbols().describe(address).orElse("");
    line.append(symbol).repeat(' ', Math.max(0, SYMBOL_WIDTH - symbol.length())).append(' ');
    long bits = machine.hart().peekInstruction(address);
    if (bits < 0) {
      return line.append("          (cannot be fetched)").toString();
    }
    int word = (int) bits;
    boolean compressed = InstructionSet.isCompressed(word);
    line.append(compressed ? "    %04x".formatted(word & 0xffff) : "%08x".formatted(word));
    line.append("  ").append(disassembler.disassemble(address, word));
    machine.lines().at(address).ifPresent(source -> line.append("  (").append(source).append(')'));
    return line.toString();
  }

  /** The instruction that is executed next, with the count of those before it. */
  public String next() {
    Hart hart = machine.hart();
    String count = Long.toString(machine.icount());
    StringBuilder line = new StringBuilder();
    line.repeat(' ', Math.max(0, COUNT_WIDTH - count.length())).append(count).append("  ");
    // Icount semantics 4.2.
    return line.append(hart.countsWaiting() ? WAITING : at(machine.pc())).toString();
  }

  /** Length in bytes of the instruction at an address, 2 where none can be fetched. */
  public int length(long address) {
    long bits = machine.hart().peekInstruction(address);
    return bits < 0 || InstructionSet.isCompressed((int) bits) ? 2 : 4;
  }

  /** Eight digits where they suffice. */
  public static String shortHex(long address) {
    return "%08x".formatted(address);
  }
}
