package rrlog.cli.render.json;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;
import rrlog.core.analysis.SlicePlan;
import rrlog.core.event.Event;

/** What {@code slice --json} prints; {@code docs/schema/slice.schema.json}. */
public record SliceDocument(
    String file,
    String output,
    String dialect,
    @JsonProperty("for") String purpose,
    Place from,
    Place to,
    long events,
    List<String> added,
    Optional<Moved> moved) {

  /** Where the cut was asked for, and why it is elsewhere. */
  public record Moved(Place wanted, String reason) {}

  /** The document of a slice that was written. */
  public static SliceDocument of(String file, String output, String purpose, SlicePlan plan) {
    return new SliceDocument(
        file,
        output,
        plan.dialect().id(),
        purpose,
        Place.of(plan.start().position()),
        Place.of(plan.end().position()),
        plan.events(),
        plan.closing().events(plan.dialect()).stream().map(Event::fullName).toList(),
        plan.moved().map(move -> new Moved(Place.of(move.wanted().position()), move.reason())));
  }
}
