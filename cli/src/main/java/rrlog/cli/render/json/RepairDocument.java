package rrlog.cli.render.json;

import java.util.List;
import rrlog.core.analysis.Repair;
import rrlog.core.analysis.RepairStep;
import rrlog.core.event.Position;
import rrlog.core.log.Detection;

/** What {@code repair --json} prints; {@code docs/schema/repair.schema.json}. */
public record RepairDocument(
    String file,
    String output,
    String dialect,
    String detection,
    boolean sound,
    long events,
    long instructions,
    List<Change> changes) {

  /** One thing that was done, and where. */
  public record Change(String code, long offset, long event, long icount, String message) {
    static Change of(RepairStep step) {
      Position at = step.position();
      return new Change(step.code(), at.offset(), at.event(), at.icount(), step.message());
    }
  }

  /** The document of a repair that was written. */
  public static RepairDocument of(String file, String output, Repair repair, Detection detection) {
    return new RepairDocument(
        file,
        output,
        repair.plan().dialect().id(),
        detection.certainty().label(),
        repair.sound(),
        repair.plan().events(),
        repair.plan().end().position().icount(),
        repair.steps().stream().map(Change::of).toList());
  }
}
