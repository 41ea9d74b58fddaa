package rrlog.cli.render.json;

import java.util.List;
import rrlog.cli.render.Registers;
import rrlog.core.machine.board.virt.MachineState;
import rrlog.core.machine.riscv.hart.CpuState;
import rrlog.core.replay.PlayResult;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The machine's state as {@code --state} writes it: registers as 16 hexadecimal digits. */
public final class StateJson {
  private StateJson() {}

  public static ObjectNode of(MachineState state, PlayResult.Ended ended) {
    CpuState cpu = state.cpu();
    ObjectNode json = Json.object();
    json.put("icount", cpu.icount());
    json.put("pc", Registers.hex(cpu.pc()));
    json.set("x", registers(cpu.x()));
    json.set("f", registers(cpu.f()));
    json.put("privilege", Registers.letter(cpu.privilege()));
    ObjectNode csr = json.putObject("csr");
    cpu.csr().forEach((name, value) -> csr.put(name, Registers.hex(value)));
    ArrayNode ram = json.putArray("ram");
    for (MachineState.Memory memory : state.ram()) {
      ram.addObject()
          .put("start", "0x" + Long.toHexString(memory.start()))
          .put("length", memory.length())
          .put("sha256", memory.sha256());
    }
    json.putObject("console")
        .put("length", state.console().length())
        .put("sha256", state.console().sha256());
    json.put("halted", cpu.halted());
    json.put("ended", ended.label());
    return json;
  }

  private static ArrayNode registers(List<Long> values) {
    ArrayNode registers = Json.array();
    values.forEach(value -> registers.add(Registers.hex(value)));
    return registers;
  }
}
