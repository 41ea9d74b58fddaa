package rrlog.core.run.timeline;

import rrlog.core.machine.board.virt.VirtMachine;
import rrlog.core.replay.Player;
import rrlog.core.state.StateVisitor;
import rrlog.core.state.Stateful;

/**
 * A machine and what plays a log on it: one state, that of a place of the run. To be loaded, the
 * log has to be one that can be read from any place on.
 */
public record Whole(VirtMachine machine, Player player) implements Stateful {
  @Override
  public void visitState(StateVisitor visitor) {
    visitor.part("machine", machine);
    visitor.part("player", player);
  }

  /** Where it is. */
  public Place place() {
    return new Place(machine.icount(), machine.replay().position().event());
  }
}
