package rrlog.core.replay;

import java.util.List;
import java.util.Optional;
import rrlog.core.event.Entry;
import rrlog.core.event.Event;
import rrlog.core.event.Position;

/**
 * The place where the run and its log part.
 *
 * @param position event and offset of the log's next event; icount as the machine counts it
 * @param expected the event that the log holds there, empty where the log is at its end
 * @param found what the machine did instead, in the words of the events' vocabulary
 * @param before the last events before the place, oldest first
 * @param after the events from the place on, {@code expected} first
 * @param description one sentence for people
 */
public record Divergence(
    Position position,
    Optional<Event> expected,
    String found,
    List<Entry> before,
    List<Entry> after,
    String description) {

  /** Copies the lists. */
  public Divergence {
    before = List.copyOf(before);
    after = List.copyOf(after);
  }

  /** The expected event in short, such as {@code clock/host} or {@code instruction (12 left)}. */
  public String expectedName() {
    return expected.map(Event::fullName).orElse("end of log");
  }

  @Override
  public String toString() {
    return position + ": " + description;
  }
}
