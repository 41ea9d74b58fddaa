package rrlog.core.analysis;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import rrlog.core.event.EventKind;
import rrlog.core.event.EventSchema;
import rrlog.core.log.EventCursor;

/**
 * Selects events by kind ({@code clock}) or full name ({@code clock/host}). Immutable.
 *
 * @param kinds the kinds that match as a whole
 * @param names the full names that match
 */
public record EventFilter(Set<EventKind> kinds, Set<String> names) {
  /** Matches nothing. */
  public static final EventFilter NONE = new EventFilter(Set.of(), Set.of());

  private static final Set<String> FULL_NAMES =
      EventSchema.names().keySet().stream()
          .filter(name -> name.contains("/"))
          .collect(Collectors.toUnmodifiableSet());

  /** Whether a word is the name of a kind or of an event. */
  public static boolean knows(String name) {
    return EventKind.ofLabel(name).isPresent() || FULL_NAMES.contains(name);
  }

  /**
   * A filter for kinds and full names.
   *
   * @throws IllegalArgumentException where a name is none of them
   */
  public static EventFilter of(List<String> names) {
    Set<EventKind> kinds = EnumSet.noneOf(EventKind.class);
    Set<String> full = new HashSet<>();
    for (String name : names) {
      Optional<EventKind> kind = EventKind.ofLabel(name);
      if (kind.isPresent()) {
        kinds.add(kind.get());
      } else if (FULL_NAMES.contains(name)) {
        full.add(name);
      } else {
        throw new IllegalArgumentException("no event is called " + name);
      }
    }
    return new EventFilter(Set.copyOf(kinds), Set.copyOf(full));
  }

  /** Whether nothing matches. */
  public boolean isEmpty() {
    return kinds.isEmpty() && names.isEmpty();
  }

  /** Whether the event under a cursor is selected. */
  public boolean matches(EventCursor event) {
    return kinds.contains(event.kind()) || (!names.isEmpty() && names.contains(event.fullName()));
  }
}
