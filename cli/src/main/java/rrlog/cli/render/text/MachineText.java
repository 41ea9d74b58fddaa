package rrlog.cli.render.text;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import rrlog.cli.io.Palette;
import rrlog.cli.render.Registers;
import rrlog.core.machine.board.virt.VirtMachine;
import rrlog.core.machine.platform.image.Symbol;
import rrlog.core.machine.riscv.hart.CpuState;
import rrlog.core.machine.riscv.isa.RegisterNames;

/** What people want to see of a machine that stopped: registers, and the code around the pc. */
public final class MachineText {
  private static final int BEFORE = 5;
  private static final int AFTER = 5;

  /** How far back code is decoded from its symbol to find where instructions begin. */
  private static final long REACH = 4096;

  private static final Set<String> ALWAYS = Set.of("mstatus", "mip", "mie", "mtvec", "satp");

  private final VirtMachine machine;
  private final Palette palette;

  public MachineText(VirtMachine machine, Palette palette) {
    this.machine = machine;
    this.palette = palette;
  }

  /** Integer registers, four a line, and the CSRs that are not zero. */
  public String registers() {
    CpuState cpu = machine.hart().state();
    StringBuilder text = new StringBuilder();
    List<String> cells = new ArrayList<>();
    cells.add(cell("pc", cpu.pc()));
    for (int i = 1; i < cpu.x().size(); i++) {
      cells.add(cell(RegisterNames.integer(i), cpu.x().get(i)));
    }
    rows(cells, 3, text);
    cells.clear();
    cpu.csr()
        .forEach(
            (name, value) -> {
              if (value != 0 || ALWAYS.contains(name)) {
                cells.add(cell(name, value));
              }
            });
    rows(cells, 3, text);
    text.append("  mode ").append(Registers.letter(cpu.privilege()));
    return text.append(cpu.halted() ? ", halted in wfi\n" : "\n").toString();
  }

  private static String cell(String name, long value) {
    return "%-8s %s".formatted(name, Registers.hex(value));
  }

  private static void rows(List<String> cells, int columns, StringBuilder text) {
    for (int i = 0; i < cells.size(); i++) {
      boolean last = i % columns == columns - 1 || i == cells.size() - 1;
      text.append("  ").append(cells.get(i)).append(last ? "\n" : "");
    }
  }

  /** Instructions before and after the pc, which is marked. */
  public String code() {
    InstructionText instructions = new InstructionText(machine);
    long pc = machine.pc();
    Deque<Long> before = new ArrayDeque<>();
    Optional<Symbol> symbol = machine.symbols().containing(pc);
    if (symbol.isPresent() && pc - symbol.get().address() <= REACH) {
      long at = symbol.get().address();
      while (at < pc) {
        before.add(at);
        if (before.size() > BEFORE) {
          before.remove();
        }
        at += instructions.length(at);
      }
    }
    StringBuilder text = new StringBuilder();
    before.forEach(address -> text.append("     ").append(instructions.at(address)).append('\n'));
    long at = pc;
    for (int i = 0; i <= AFTER; i++) {
      text.append(i == 0 ? palette.bold() + "  => " : "     ");
      text.append(instructions.at(at)).append(i == 0 ? palette.off() : "").append('\n');
      if (machine.hart().peekInstruction(at) < 0) {
        break;
      }
      at += instructions.length(at);
    }
    return text.toString();
  }
}
