package rrlog.cli.render.json;

import java.util.Optional;
import rrlog.cli.render.Registers;
import rrlog.core.machine.board.virt.VirtMachine;
import rrlog.core.replay.Divergence;
import tools.jackson.databind.node.ObjectNode;

/** Where a log and the machine that re-executes it part, for programs. */
public final class DivergenceJson {
  private DivergenceJson() {}

  /**
   * The object.
   *
   * @param machine as it stopped
   * @param cause what the user probably got wrong
   */
  public static ObjectNode of(Divergence divergence, VirtMachine machine, Optional<String> cause) {
    ObjectNode json = Json.position(divergence.position());
    json.put("expected", divergence.expectedName());
    json.put("found", divergence.found());
    json.put("pc", Registers.hex(machine.pc()));
    json.put("symbol", machine.symbols().describe(machine.pc()).orElse(null));
    json.put("description", divergence.description());
    json.put("likelyCause", cause.orElse(null));
    return json;
  }
}
