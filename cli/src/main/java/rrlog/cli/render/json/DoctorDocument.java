package rrlog.cli.render.json;

import java.util.List;
import java.util.Optional;
import rrlog.core.analysis.doctor.Diagnosis;
import rrlog.core.event.Position;

/** What {@code doctor --json} prints; {@code docs/schema/doctor.schema.json}. */
public record DoctorDocument(
    Optional<String> file, Optional<String> dialect, List<Finding> findings, List<Around> around) {

  /** Where in a log. */
  public record Place(long offset, long event, long icount) {
    static Place of(Position position) {
      return new Place(position.offset(), position.event(), position.icount());
    }
  }

  /** One diagnosis. */
  public record Finding(
      String code,
      String severity,
      Optional<Place> position,
      String message,
      String remedy,
      String page) {
    /**
     * Of a diagnosis.
     *
     * @param page where it is explained
     */
    public static Finding of(Diagnosis diagnosis, String page) {
      return new Finding(
          diagnosis.code(),
          diagnosis.severity().label(),
          diagnosis.position().map(Place::of),
          diagnosis.message(),
          diagnosis.remedy(),
          page);
    }
  }

  /** An event around the place that was asked for. */
  public record Around(long offset, long event, long icount, String name, boolean here) {
    /** Of an event; {@code here} tells that it is the one that the log expects at the place. */
    public static Around of(Position position, String name, boolean here) {
      return new Around(position.offset(), position.event(), position.icount(), name, here);
    }
  }
}
