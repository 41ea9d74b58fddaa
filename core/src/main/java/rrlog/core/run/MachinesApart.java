package rrlog.core.run;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import rrlog.core.event.Position;
import rrlog.core.log.LogReader;
import rrlog.core.machine.board.virt.MachineConfig;
import rrlog.core.machine.board.virt.VirtMachine;
import rrlog.core.machine.riscv.hart.CpuState;
import rrlog.core.machine.riscv.isa.RegisterNames;
import rrlog.core.replay.Divergence;
import rrlog.core.replay.PlayResult;
import rrlog.core.replay.StopAt;

/**
 * What the guest was doing where two runs part: both logs re-executed up to there, and the
 * registers in which the machines differ.
 *
 * @param a the machine of run A
 * @param b the machine of run B
 * @param registers the registers that differ
 */
public record MachinesApart(Side a, Side b, List<Register> registers) {

  /**
   * One of the machines.
   *
   * @param machine as it stopped
   * @param cpu its registers
   * @param icount guest instructions executed
   * @param divergence where the log did not re-execute as far as that
   */
  public record Side(
      VirtMachine machine, CpuState cpu, long icount, Optional<Divergence> divergence) {}

  /** A register with its values in both runs. */
  public record Register(String name, long a, long b) {}

  /** Copies the list. */
  public MachinesApart {
    registers = List.copyOf(registers);
  }

  /**
   * Re-executes both logs up to where they part.
   *
   * @param a position in run A, whose event is not acted on any more
   * @param b position in run B
   * @throws CannotReExecuteException where there is no such machine, or a log is none for it
   * @throws IOException where a log cannot be read
   */
  public static MachinesApart at(
      LogReader logA, Position a, LogReader logB, Position b, MachineConfig config)
      throws CannotReExecuteException, IOException {
    Side sideA = side(logA, a, config);
    Side sideB = side(logB, b, config);
    return new MachinesApart(sideA, sideB, differing(sideA.cpu(), sideB.cpu()));
  }

  /** The registers that two machines have with different values. */
  static List<Register> differing(CpuState a, CpuState b) {
    List<Register> differing = new ArrayList<>();
    compare(differing, "pc", a.pc(), b.pc());
    for (int i = 1; i < a.x().size(); i++) {
      compare(differing, RegisterNames.integer(i), a.x().get(i), b.x().get(i));
    }
    for (int i = 0; i < a.f().size(); i++) {
      compare(differing, "f" + i, a.f().get(i), b.f().get(i));
    }
    for (Map.Entry<String, Long> csr : a.csr().entrySet()) {
      Optional.ofNullable(b.csr().get(csr.getKey()))
          .ifPresent(other -> compare(differing, csr.getKey(), csr.getValue(), other));
    }
    return differing;
  }

  private static void compare(List<Register> differing, String name, long a, long b) {
    if (a != b) {
      differing.add(new Register(name, a, b));
    }
  }

  private static Side side(LogReader log, Position until, MachineConfig config)
      throws CannotReExecuteException, IOException {
    try (ReExecution run = ReExecution.of(log, config, OutputStream.nullOutputStream())) {
      PlayResult result = run.play(StopAt.event(until.event())).result();
      VirtMachine machine = run.machine();
      return new Side(machine, machine.hart().state(), result.icount(), result.divergence());
    }
  }
}
