package rrlog.cli.render.json;

import java.util.List;
import rrlog.core.analysis.Problem;
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
    List<Change> changes,
    List<Change> left) {

  /** One thing that was done, or cannot be mended, and where. */
  public record Change(String code, long offset, long event, long icount, String message) {
    static Change of(RepairStep step) {
      Position at = step.position();
      return new Change(step.code(), at.offset(), at.event(), at.icount(), step.message());
    }
  }

  private static Change left(Problem problem) {
    Position at = problem.position();
    return new Change(problem.code(), at.offset(), at.event(), at.icount(), problem.message());
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
        repair.steps().stream().map(Change::of).toList(),
        repair.left().stream().map(RepairDocument::left).toList());
  }
}
