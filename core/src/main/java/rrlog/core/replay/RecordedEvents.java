package rrlog.core.replay;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rrlog.core.event.Entry;
import rrlog.core.event.Event;
import rrlog.core.event.Position;

/** The log being played: its head, and what a divergence report shows around it. */
final class RecordedEvents {
  private static final int CONTEXT = 8;

  private final Iterator<Entry> source;
  private final ArrayDeque<Entry> before = new ArrayDeque<>(CONTEXT + 1);
  private final ArrayDeque<Entry> ahead = new ArrayDeque<>(CONTEXT + 1);
  private @Nullable Entry head;
  private long consumed;

  RecordedEvents(Iterator<Entry> source) {
    this.source = source;
    this.head = next();
  }

  static RecordedEvents none() {
    return new RecordedEvents(Collections.emptyIterator());
  }

  private @Nullable Entry next() {
    Entry buffered = ahead.poll();
    if (buffered != null) {
      return buffered;
    }
    return source.hasNext() ? source.next() : null;
  }

  /** The event at the head, null at the end. */
  @Nullable Event event() {
    Entry entry = head;
    return entry == null ? null : entry.event();
  }

  void advance() {
    Entry entry = head;
    if (entry == null) {
      return;
    }
    before.add(entry);
    if (before.size() > CONTEXT) {
      before.remove();
    }
    consumed++;
    head = next();
  }

  /** Events that were passed so far. */
  long consumed() {
    return consumed;
  }

  /** Whether an event follows the head. */
  boolean hasMore() {
    return !ahead.isEmpty() || source.hasNext();
  }

  /** Position of the head, with the machine's own instruction count. */
  Position position(long icount) {
    Entry entry = head;
    if (entry != null) {
      return new Position(entry.position().event(), entry.position().offset(), icount);
    }
    Entry last = before.peekLast();
    return last == null
        ? new Position(0, 0, icount)
        : new Position(last.position().event() + 1, last.position().offset(), icount);
  }

  List<Entry> before() {
    return List.copyOf(before);
  }

  /** The head and what follows; reads ahead. */
  List<Entry> after() {
    List<Entry> after = new ArrayList<>();
    Entry entry = head;
    if (entry != null) {
      after.add(entry);
      while (ahead.size() < CONTEXT - 1 && source.hasNext()) {
        ahead.add(source.next());
      }
      after.addAll(ahead);
    }
    return after;
  }
}
