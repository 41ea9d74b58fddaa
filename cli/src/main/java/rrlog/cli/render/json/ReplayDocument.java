package rrlog.cli.render.json;

import java.util.Optional;
import rrlog.cli.render.Registers;
import rrlog.core.machine.board.virt.VirtMachine;

/** What {@code replay --json} prints; {@code docs/schema/replay.schema.json}. */
public record ReplayDocument(
    String file,
    String ended,
    Optional<String> shutdown,
    String guest,
    long icount,
    long events,
    long instructionsPerSecond,
    String machineVersion,
    String machineVersionFrom,
    boolean machineVersionMeasured,
    Optional<Divergence> divergence) {

  /** Where the log and the machine part. */
  public record Divergence(
      long event,
      long offset,
      long icount,
      String expected,
      String found,
      String pc,
      Optional<String> symbol,
      String description,
      Optional<String> likelyCause) {

    /**
     * The object.
     *
     * @param machine as it stopped
     * @param cause what the user probably got wrong
     */
    public static Divergence of(
        rrlog.core.replay.Divergence divergence, VirtMachine machine, Optional<String> cause) {
      return new Divergence(
          divergence.position().event(),
          divergence.position().offset(),
          divergence.position().icount(),
          divergence.expectedName(),
          divergence.found(),
          Registers.hex(machine.pc()),
          machine.symbols().describe(machine.pc()),
          divergence.description(),
          cause);
    }
  }
}
