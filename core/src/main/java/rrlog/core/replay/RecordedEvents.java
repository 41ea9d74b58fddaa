package rrlog.core.replay;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import rrlog.core.event.Entry;
import rrlog.core.event.Event;
import rrlog.core.event.Position;
import rrlog.core.state.StateVisitor;
import rrlog.core.state.Stateful;

/**
 * The log being played: its head, and what a divergence report shows around it. Its state is a
 * place in the log; to be put there, it needs a log that can be read from any event on.
 */
final class RecordedEvents implements Stateful {
  private static final int CONTEXT = 8;

  private final Optional<EventSource> log;
  private Iterator<Entry> source;
  private final ArrayDeque<Entry> before = new ArrayDeque<>(CONTEXT + 1);
  private final ArrayDeque<Entry> ahead = new ArrayDeque<>(CONTEXT + 1);
  private @Nullable Entry head;
  private long consumed;

  private RecordedEvents(Optional<EventSource> log, Iterator<Entry> source) {
    this.log = log;
    this.source = source;
    this.head = next();
  }

  RecordedEvents(Iterator<Entry> source) {
    this(Optional.empty(), source);
  }

  RecordedEvents(EventSource log, Position start) {
    this(Optional.of(log), log.from(start));
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

  /**
   * Forgets what was passed: the log could as well begin at the head, and where that is
   * instructions, with those that are left.
   *
   * @param left instructions that are left of the head
   * @return where the log would begin; empty where it is over
   */
  Optional<PartStart> beginHere(long left) {
    before.clear();
    Entry entry = head;
    if (entry == null) {
      return Optional.empty();
    }
    long executed =
        entry.event() instanceof Event.Instruction instructions ? instructions.count() - left : 0;
    PartStart start = new PartStart(entry.position(), executed);
    if (start.splits()) {
      head = new Entry(start.position(), new Event.Instruction(left));
    }
    return Optional.of(start);
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

  @Override
  public void visitState(StateVisitor visitor) {
    Position here = before.isEmpty() ? position(0) : before.element().position();
    long event = visitor.number("event", here.event());
    long offset = visitor.number("offset", here.offset());
    long icount = visitor.number("icount", icount());
    int shown = visitor.number("shown-before", before.size());
    long passed = visitor.number("passed", consumed);
    Position start = new Position(event, offset, icount);
    boolean same =
        passed == consumed
            && shown == before.size()
            && start.equals(new Position(here.event(), here.offset(), icount()));
    if (!same) {
      goTo(start, shown, passed);
    }
  }

  /** Executed instructions before the first event that a report would show. */
  private long icount() {
    Entry first = before.isEmpty() ? head : before.element();
    return first == null ? 0 : first.position().icount();
  }

  private void goTo(Position start, int shown, long passed) {
    EventSource from =
        log.orElseThrow(
            () -> new IllegalStateException("this log can be read from start to end only"));
    if (shown < 0 || shown > CONTEXT || passed < shown) {
      throw new IllegalArgumentException("no place in a log: " + start);
    }
    source = from.from(start);
    before.clear();
    ahead.clear();
    head = next();
    for (int i = 0; i < shown; i++) {
      advance();
    }
    if (before.size() != shown
        || shown != 0 && before.element().position().event() != start.event()) {
      throw new IllegalArgumentException("the log has no event at " + start);
    }
    consumed = passed;
  }
}
