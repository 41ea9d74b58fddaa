package rrlog.cli.render.json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import rrlog.cli.render.Registers;
import rrlog.core.machine.board.virt.MachineState;
import rrlog.core.machine.riscv.hart.CpuState;
import rrlog.core.replay.PlayResult;

/**
 * The machine's state as {@code --state} writes it, registers as 16 hexadecimal digits; {@code
 * docs/schema/state.schema.json}.
 */
public record StateDocument(
    long icount,
    String pc,
    List<String> x,
    List<String> f,
    String privilege,
    Map<String, String> csr,
    List<Memory> ram,
    Console console,
    boolean halted,
    String ended) {

  /** A piece of RAM. */
  public record Memory(String start, long length, String sha256) {}

  /** What the serial port printed. */
  public record Console(long length, String sha256) {}

  /** The document of a machine that stopped. */
  public static StateDocument of(MachineState state, PlayResult.Ended ended) {
    CpuState cpu = state.cpu();
    Map<String, String> csr = new LinkedHashMap<>();
    cpu.csr().forEach((name, value) -> csr.put(name, Registers.hex(value)));
    return new StateDocument(
        cpu.icount(),
        Registers.hex(cpu.pc()),
        cpu.x().stream().map(Registers::hex).toList(),
        cpu.f().stream().map(Registers::hex).toList(),
        Registers.letter(cpu.privilege()),
        csr,
        state.ram().stream()
            .map(
                memory ->
                    new Memory(
                        "0x" + Long.toHexString(memory.start()), memory.length(), memory.sha256()))
            .toList(),
        new Console(state.console().length(), state.console().sha256()),
        cpu.halted(),
        ended.label());
  }
}
