package rrlog.core.analysis.diff;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import rrlog.core.analysis.EventFilter;
import rrlog.core.event.Entry;
import rrlog.core.event.Event;
import rrlog.core.event.EventKind;
import rrlog.core.event.Position;
import rrlog.core.log.Ending;
import rrlog.core.log.LogReader;

/** The plainest comparison there is: both logs in lists, entry by entry. One dialect only. */
final class Reference {
  /**
   * What is compared of an event.
   *
   * @param what the event, or its name where the presence alone counts, or the end of the log
   */
  record Item(long icount, Object what, Position position) {
    boolean same(Item other, long shift) {
      return icount + shift == other.icount && what.equals(other.what);
    }
  }

  private Reference() {}

  static List<Item> read(LogReader log, DiffOptions options) throws IOException {
    List<Item> items = new ArrayList<>();
    for (Entry entry : log) {
      Event event = entry.event();
      if (event instanceof Event.Instruction || matches(options.ignored(), event)) {
        continue;
      }
      Object what = matches(options.presenceOnly(), event) ? event.fullName() : event;
      items.add(new Item(entry.position().icount(), what, entry.position()));
    }
    List<Byte> rest = new ArrayList<>();
    log.copyRest(
        (bytes, offset) -> {
          for (byte b : bytes.toArray(JAVA_BYTE)) {
            rest.add(b);
          }
        });
    Position end = log.cursor().position();
    boolean noMatter =
        log.ending() == Ending.END_EVENT && options.ignored().kinds().contains(EventKind.END);
    Ending ending = noMatter ? Ending.BETWEEN_EVENTS : log.ending();
    items.add(new Item(end.icount(), List.of(ending, rest), end));
    return items;
  }

  private static boolean matches(EventFilter filter, Event event) {
    return filter.kinds().contains(event.kind()) || filter.names().contains(event.fullName());
  }

  /** Index of the first items that differ; empty where there are none. */
  static Optional<Integer> firstDifference(List<Item> a, List<Item> b) {
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      if (a.get(i).icount() != b.get(i).icount()
          || !Objects.equals(a.get(i).what(), b.get(i).what())) {
        return Optional.of(i);
      }
    }
    if (a.size() != b.size()) {
      throw new AssertionError("the end of a log is an item that equals no event");
    }
    return Optional.empty();
  }
}
