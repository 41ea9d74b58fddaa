package rrlog.core.analysis.diff;

import java.util.Optional;
import rrlog.core.event.Event;
import rrlog.core.event.Position;

/**
 * One event that is compared, or the end of a log.
 *
 * @param position where it stands in its log
 * @param event the event, empty for the end. Data of more than {@link #WHOLE_DATA} bytes is cut:
 *     its first bytes are right, its length is {@code dataLength}
 * @param name the event's full name as both dialects can say it, or {@value #END}
 * @param key equal for two events if and only if the comparison takes them for equal
 * @param dataLength bytes of data that the event carries, 0 for kinds without
 * @param ending of the end: how the log ends, in words; else empty
 */
public record Moment(
    Position position,
    Optional<Event> event,
    String name,
    Object key,
    long dataLength,
    String ending) {
  /** Name of the end of a log. */
  public static final String END = "end of the log";

  /** Most bytes of data that are kept as they are. */
  static final int WHOLE_DATA = 256;

  /** Whether this is the end of the log and not an event. */
  public boolean isEnd() {
    return event.isEmpty();
  }

  long icount() {
    return position.icount();
  }
}
