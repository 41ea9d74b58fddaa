package rrlog.core.analysis;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import rrlog.core.event.Checkpoint;
import rrlog.core.event.Clock;
import rrlog.core.event.EventKind;
import rrlog.core.event.Input;
import rrlog.core.event.ShutdownCause;
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

  private static final Set<String> FULL_NAMES = fullNames();

  private static Set<String> fullNames() {
    Set<String> names = new TreeSet<>();
    for (Clock clock : Clock.values()) {
      names.add("clock/" + clock.label());
    }
    for (Checkpoint checkpoint : Checkpoint.values()) {
      names.add("checkpoint/" + checkpoint.label());
    }
    for (ShutdownCause cause : ShutdownCause.values()) {
      names.add("shutdown/" + cause.label());
    }
    for (Input.Kind input : Input.Kind.values()) {
      names.add("async-input/" + input.label());
    }
    return names;
  }

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
