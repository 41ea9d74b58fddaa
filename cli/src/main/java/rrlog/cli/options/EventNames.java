package rrlog.cli.options;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import rrlog.cli.io.Installed;
import rrlog.core.analysis.EventFilter;
import rrlog.core.event.Checkpoint;
import rrlog.core.event.Clock;
import rrlog.core.event.EventKind;
import rrlog.core.event.ShutdownCause;

/** What the names of events on the command line mean. */
public final class EventNames {
  private EventNames() {}

  /**
   * The filter that a list of names makes.
   *
   * @throws UsageException where one of them names nothing
   */
  public static EventFilter filter(List<String> names) {
    for (String name : names) {
      try {
        EventFilter.of(List.of(name));
      } catch (IllegalArgumentException unknown) {
        throw new UsageException(
            unknown.getMessage()
                + Suggestion.of(name, all())
                + " ("
                + Installed.page("events.md")
                + ")");
      }
    }
    return EventFilter.of(names);
  }

  private static List<String> all() {
    return Stream.of(
            Stream.of(EventFilter.ASYNC),
            Arrays.stream(EventKind.values()).map(EventKind::label),
            Arrays.stream(Clock.values()).map(clock -> "clock/" + clock.label()),
            Arrays.stream(Checkpoint.values()).map(point -> "checkpoint/" + point.label()),
            Arrays.stream(ShutdownCause.values()).map(cause -> "shutdown/" + cause.label()))
        .flatMap(kind -> kind)
        .toList();
  }
}
