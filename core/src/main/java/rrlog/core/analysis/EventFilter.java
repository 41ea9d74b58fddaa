package rrlog.core.analysis;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

  /** The word for all kinds of the asynchronous queue. */
  public static final String ASYNC = "async";

  /** Whether a word selects anything. */
  public static boolean knows(String word) {
    return !of(word).isEmpty();
  }

  /**
   * A filter of words: kinds, full names, the group {@link #ASYNC}, and patterns of kinds and names
   * in which {@code *} stands for any characters.
   *
   * @throws IllegalArgumentException where a word selects nothing
   */
  public static EventFilter of(List<String> words) {
    Set<EventKind> kinds = EnumSet.noneOf(EventKind.class);
    Set<String> full = new HashSet<>();
    for (String word : words) {
      EventFilter one = of(word);
      if (one.isEmpty()) {
        throw new IllegalArgumentException("no event is called " + word);
      }
      kinds.addAll(one.kinds);
      full.addAll(one.names);
    }
    return new EventFilter(Set.copyOf(kinds), Set.copyOf(full));
  }

  private static EventFilter of(String word) {
    Predicate<String> wanted =
        word.contains("*")
            ? Pattern.compile(
                    Stream.of(word.split("\\*", -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining(".*")))
                .asMatchPredicate()
            : word::equals;
    return new EventFilter(
        Stream.of(EventKind.values())
            .filter(k -> wanted.test(k.label()) || (word.equals(ASYNC) && k.isAsync()))
            .collect(Collectors.toUnmodifiableSet()),
        FULL_NAMES.stream().filter(wanted).collect(Collectors.toUnmodifiableSet()));
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
