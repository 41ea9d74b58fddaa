package rrlog.core.machine.riscv.hart;

import rrlog.core.machine.platform.Limits;
import rrlog.core.machine.platform.bus.Bus;
import rrlog.core.machine.platform.bus.Ram;
import rrlog.core.machine.riscv.isa.Encode;
import rrlog.core.qemu.Behaviour;
import rrlog.core.qemu.CpuModel;
import rrlog.core.qemu.Release;

/**
 * A hart without a board, for single instructions: registers can be set, code lies at {@link
 * #CODE}.
 */
final class OneInstruction {
  static final long CODE = 0x8000_0000L;
  static final long DATA = 0x8000_4000L;

  final Bus bus = new Bus();
  final Ram ram = Ram.ram(CODE, 1 << 20);
  final HartState s;
  final CsrFile csrs;
  private final Interpreter interpreter;

  OneInstruction() {
    this("7.2.22");
  }

  OneInstruction(String version) {
    bus.map(ram);
    Release release = Release.of(version);
    s =
        new HartState(
            bus, Behaviour.of(release), CpuModel.rv64(release), Limits.DEFAULT.codePages());
    csrs = new CsrFile(s);
    GuestClock clock = new FixedClock();
    Counters counters = new Counters(clock, s);
    TestMachine board = new TestMachine();
    MachineCsrs.define(csrs, s, counters, board, board);
    SupervisorCsrs.define(csrs, s, counters, clock, board);
    HypervisorCsrs.define(csrs, s, board);
    interpreter = new Interpreter(s, new SystemOperations(s, csrs, board));
    s.setStatus(s.mstatus | Status.FS);
    s.mmu.pmp().setAddress(0, -1);
    s.mmu.pmp().configure(0, 0x1f);
  }

  /** Executes one instruction at {@link #CODE}; the result is one of {@link Interpreter}'s. */
  int run(String mnemonic, int rd, int rs1, int rs2, int immediate) {
    return run(Encode.word(mnemonic, rd, rs1, rs2, immediate));
  }

  int run(int word) {
    s.pc = CODE;
    ram.store(0, 4, word);
    return step();
  }

  /** Executes one instruction at pc. */
  int step() {
    s.limit = s.icount + 1;
    return interpreter.loop();
  }

  private static final class FixedClock implements GuestClock {
    @Override
    public long virtualNanos() {
      return 123_456;
    }

    @Override
    public long mtime() {
      return 1_234;
    }
  }
}
