package rrlog.core.analysis.diff;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import rrlog.core.event.Event;
import rrlog.core.event.EventKind;
import rrlog.core.event.Position;

/** Joins differences that follow each other without an equal event into hunks, and counts. */
final class HunkCollector {
  private final LogDiff.Listener listener;
  private final Map<DivergenceKind, Long> hunks = new EnumMap<>(DivergenceKind.class);
  private final Map<EventKind, DiffSummary.Count> events = new EnumMap<>(EventKind.class);
  private Optional<Hunk> open = Optional.empty();
  private long eventsA;
  private long eventsB;
  private long shift;

  HunkCollector(LogDiff.Listener listener) {
    this.listener = listener;
  }

  /** Whether the last difference is still open, so that the next one would belong to it. */
  boolean isOpen() {
    return open.isPresent();
  }

  void begin(DivergenceKind kind, Position a, Position b, String description) {
    open = Optional.of(new Hunk(kind, a, b, 0, 0, 0, description));
    eventsA = 0;
    eventsB = 0;
  }

  void onlyA(Moment moment) {
    eventsA++;
    add(moment, new DiffSummary.Count(1, 0));
  }

  void onlyB(Moment moment) {
    eventsB++;
    add(moment, new DiffSummary.Count(0, 1));
  }

  private void add(Moment moment, DiffSummary.Count count) {
    EventKind kind = moment.event().map(Event::kind).orElseThrow();
    events.merge(kind, count, DiffSummary.Count::plus);
  }

  void shift(long instructions) {
    shift = instructions;
  }

  /** An equal event follows: the hunk, if there is one, is done. */
  void end() throws IOException {
    if (open.isEmpty()) {
      return;
    }
    Hunk hunk = open.get();
    open = Optional.empty();
    hunks.merge(hunk.kind(), 1L, Long::sum);
    listener.hunk(
        new Hunk(hunk.kind(), hunk.a(), hunk.b(), eventsA, eventsB, shift, hunk.description()));
  }

  DiffSummary summary() {
    return new DiffSummary(Map.copyOf(hunks), Map.copyOf(events));
  }
}
