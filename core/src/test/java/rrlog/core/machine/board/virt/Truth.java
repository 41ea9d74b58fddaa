package rrlog.core.machine.board.virt;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import rrlog.core.machine.riscv.hart.CpuState;

/** The state of a machine in the form of QEMU's truth files. */
final class Truth {
  /** Reading mideleg in QEMU's monitor sets these bits (semantics page, section 5). */
  private static final long MIDELEG_SET_BY_LOOKING = 0x1444;

  private Truth() {}

  static Map<String, Object> expected(Map<String, Object> point) {
    Map<String, Object> state = expectedRegisters(point);
    state.put("ram", point.get("ram"));
    state.put("console", point.get("console"));
    return state;
  }

  /** The same without memory and console. */
  static Map<String, Object> expectedRegisters(Map<String, Object> point) {
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("icount", point.get("icount"));
    state.put("pc", point.get("pc"));
    state.put("x", point.get("x"));
    state.put("f", point.get("f"));
    Map<String, Object> csr = new LinkedHashMap<>(Json.object(point.get("csr")));
    csr.computeIfPresent(
        "mideleg", (name, hex) -> withoutLooking(Long.parseUnsignedLong((String) hex, 16)));
    state.put("csr", csr);
    return state;
  }

  static Map<String, Object> actual(MachineState machine) {
    Map<String, Object> state = registers(machine.cpu());
    List<Object> ram = new ArrayList<>();
    for (MachineState.Memory memory : machine.ram()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("start", "0x" + Long.toHexString(memory.start()));
      one.put("length", memory.length());
      one.put("sha256", memory.sha256());
      ram.add(one);
    }
    state.put("ram", ram);
    state.put(
        "console",
        Map.of("length", machine.console().length(), "sha256", machine.console().sha256()));
    return state;
  }

  /** The same without memory and console: hashing memory takes most of a short run's time. */
  static Map<String, Object> registers(CpuState cpu) {
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("icount", cpu.icount());
    state.put("pc", hex(cpu.pc()));
    state.put("x", cpu.x().stream().map(Truth::hex).toList());
    state.put("f", cpu.f().stream().map(Truth::hex).toList());
    Map<String, Object> csr = new LinkedHashMap<>();
    cpu.csr().forEach((name, value) -> csr.put(name, hex(value)));
    csr.computeIfPresent(
        "mideleg", (name, hex) -> withoutLooking(Long.parseUnsignedLong((String) hex, 16)));
    state.put("csr", csr);
    return state;
  }

  private static String withoutLooking(long mideleg) {
    return hex(mideleg & ~MIDELEG_SET_BY_LOOKING);
  }

  private static String hex(long value) {
    return "%016x".formatted(value);
  }
}
