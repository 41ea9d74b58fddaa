package rrlog.core.machine.riscv.hart;

import java.util.stream.IntStream;
import rrlog.core.qemu.Behaviour;
import rrlog.core.qemu.Trait;

/** The CSRs that QEMU's {@code info registers} shows, in its order. */
final class ShownCsrs {
  private static final int[] OLDER = {
    0xf14, // mhartid
    0x300, // mstatus
    0x600, // hstatus
    0x200, // vsstatus
    0x344, // mip
    0x304, // mie
    0x303, // mideleg
    0x603, // hideleg
    0x302, // medeleg
    0x602, // hedeleg
    0x305, // mtvec
    0x105, // stvec
    0x205, // vstvec
    0x341, // mepc
    0x141, // sepc
    0x241, // vsepc
    0x342, // mcause
    0x142, // scause
    0x242, // vscause
    0x343, // mtval
    0x143, // stval
    0x643, // htval
    0x34b, // mtval2
    0x340, // mscratch
    0x140, // sscratch
    0x180, // satp
  };

  private static final int FIRST_SYSTEM = 0x100;
  private static final int FFLAGS = 0x001;
  private static final int FRM = 0x002;
  private static final int FCSR = 0x003;

  private ShownCsrs() {}

  /** Their numbers. */
  static int[] of(Behaviour behaviour, CsrFile csrs) {
    if (behaviour.has(Trait.SHOWS_ALL_CSRS)) {
      IntStream system = IntStream.range(FIRST_SYSTEM, CsrFile.COUNT).filter(csrs::exists);
      return IntStream.concat(system, IntStream.of(FFLAGS, FRM, FCSR)).toArray();
    }
    IntStream older = IntStream.of(OLDER);
    return behaviour.has(Trait.SHOWS_FCSR)
        ? IntStream.concat(older, IntStream.of(FCSR)).toArray()
        : OLDER.clone();
  }
}
