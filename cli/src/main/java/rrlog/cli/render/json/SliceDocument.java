package rrlog.cli.render.json;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;
import rrlog.core.analysis.SlicePlan;
import rrlog.core.event.Event;
import rrlog.formats.CarriedState;

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
    Optional<Moved> moved,
    Optional<State> state) {

  /** Where the cut was asked for, and why it is elsewhere. */
  public record Moved(Place wanted, String reason) {}

  /** The machine's state that it carries. */
  public record State(String release, long bytes) {
    /** As a file's header tells it. */
    static State of(CarriedState carried) {
      return new State(carried.release().toString(), carried.bytes());
    }
  }

  /** The document of a slice that was written. */
  public static SliceDocument of(
      String file, String output, String purpose, SlicePlan plan, Optional<CarriedState> carried) {
    return new SliceDocument(
        file,
        output,
        plan.dialect().id(),
        purpose,
        Place.of(plan.start().position()),
        Place.of(plan.end().position()),
        plan.events(),
        plan.closing().events(plan.dialect()).stream().map(Event::fullName).toList(),
        plan.moved().map(move -> new Moved(Place.of(move.wanted().position()), move.reason())),
        carried.map(State::of));
  }
}
