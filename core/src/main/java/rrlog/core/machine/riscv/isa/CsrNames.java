package rrlog.core.machine.riscv.isa;

import java.util.HashMap;
import java.util.Map;

/** Names of control and status registers (RISC-V Privileged 1.12, section 2.2; Sstc). */
public final class CsrNames {
  private static final Map<Integer, String> NAMES = names();

  private CsrNames() {}

  /** The name of a CSR, or its number as 0x...; for numbers 0 to 0xfff. */
  public static String of(int number) {
    String name = NAMES.get(number);
    return name != null ? name : "0x" + Integer.toHexString(number);
  }

  private static Map<Integer, String> names() {
    Map<Integer, String> map = new HashMap<>();
    consecutive(map, 0x001, "fflags frm fcsr");
    consecutive(map, 0x100, "sstatus - - - sie stvec scounteren - - - senvcfg");
    consecutive(map, 0x140, "sscratch sepc scause stval sip");
    map.put(0x14d, "stimecmp");
    map.put(0x180, "satp");
    consecutive(map, 0x200, "vsstatus - - - vsie vstvec");
    consecutive(map, 0x240, "vsscratch vsepc vscause vstval vsip");
    map.put(0x24d, "vstimecmp");
    map.put(0x280, "vsatp");
    consecutive(map, 0x300, "mstatus misa medeleg mideleg mie mtvec mcounteren");
    map.put(0x30a, "menvcfg");
    map.put(0x320, "mcountinhibit");
    consecutive(map, 0x340, "mscratch mepc mcause mtval mip");
    consecutive(map, 0x34a, "mtinst mtval2");
    consecutive(map, 0x600, "hstatus - hedeleg hideleg hie htimedelta hcounteren hgeie");
    map.put(0x60a, "henvcfg");
    consecutive(map, 0x643, "htval hip hvip");
    map.put(0x64a, "htinst");
    map.put(0x680, "hgatp");
    consecutive(map, 0x7a0, "tselect tdata1 tdata2 tdata3 tinfo");
    consecutive(map, 0xb00, "mcycle - minstret");
    consecutive(map, 0xc00, "cycle time instret");
    map.put(0xe12, "hgeip");
    consecutive(map, 0xf11, "mvendorid marchid mimpid mhartid mconfigptr");
    for (int i = 0; i < 16; i++) {
      map.put(0x3a0 + i, "pmpcfg" + i);
    }
    for (int i = 0; i < 64; i++) {
      map.put(0x3b0 + i, "pmpaddr" + i);
    }
    for (int i = 3; i < 32; i++) {
      map.put(0x320 + i, "mhpmevent" + i);
      map.put(0xb00 + i, "mhpmcounter" + i);
      map.put(0xc00 + i, "hpmcounter" + i);
    }
    return Map.copyOf(map);
  }

  private static void consecutive(Map<Integer, String> map, int first, String names) {
    int number = first;
    for (String name : names.split(" ", -1)) {
      if (!name.equals("-")) {
        map.put(number, name);
      }
      number++;
    }
  }
}
