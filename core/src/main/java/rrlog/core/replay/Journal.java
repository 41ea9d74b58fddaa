package rrlog.core.replay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import rrlog.core.event.Event;
import rrlog.core.event.Position;
import rrlog.core.state.StateVisitor;
import rrlog.core.state.Stateful;

/**
 * The one place where the engine touches the log: instruction accounting, writing, taking.
 *
 * <p>Recording writes instructions lazily, right before another event. Playing keeps how many
 * instructions of the head event are left; the log moves on when they are used up, so an event that
 * an instruction consumes is at the head while that instruction still runs (icount semantics
 * section 1).
 */
final class Journal implements Stateful {
  /** The largest count one instruction event holds: a C int. */
  static final long MAX_COUNT = Integer.MAX_VALUE;

  final ReplayMode mode;
  final ReplayLock lock;
  final RecordedEvents log;
  private final InstructionCounter counter;
  private final EventSink sink;
  private Consumer<Event.Shutdown> onShutdown = shutdown -> {};
  private long accounted;
  private long left;

  Journal(
      ReplayMode mode,
      ReplayLock lock,
      InstructionCounter counter,
      EventSink sink,
      RecordedEvents log) {
    this.mode = mode;
    this.lock = lock;
    this.counter = counter;
    this.sink = sink;
    this.log = log;
    loadCount();
  }

  void onShutdown(Consumer<Event.Shutdown> listener) {
    onShutdown = listener;
  }

  long icount() {
    return counter.icount();
  }

  long left() {
    return left;
  }

  boolean playing() {
    lock.check();
    return mode == ReplayMode.PLAY;
  }

  boolean recording() {
    lock.check();
    return mode == ReplayMode.RECORD;
  }

  @Override
  public void visitState(StateVisitor visitor) {
    visitor.part("log", log);
    accounted = visitor.number("accounted", accounted);
    left = visitor.number("left", left);
  }

  /** Play: subtracts what was executed since the last call from the head event. */
  void account() {
    if (mode != ReplayMode.PLAY) {
      return;
    }
    long now = counter.counted();
    long executed = now - accounted;
    if (executed == 0) {
      return;
    }
    if (executed < 0) {
      throw new IllegalStateException("the instruction counter went back to " + now);
    }
    if (executed > left) {
      throw diverge(
          "instruction",
          "the machine executed " + (executed - left) + " more instructions than were recorded");
    }
    accounted = now;
    left -= executed;
    if (left == 0) {
      log.advance();
      loadCount();
    }
  }

  /**
   * Play: whether more was executed than the instructions that are due. Within a device's access
   * that is no divergence yet: the instruction is counted only if it does not fault in the end.
   */
  boolean beyond() {
    return mode == ReplayMode.PLAY && counter.counted() - accounted > left;
  }

  /** Play: see {@link RecordedEvents#beginHere}. */
  Optional<PartStart> beginHere() {
    account();
    return log.beginHere(left);
  }

  private void loadCount() {
    while (log.event() instanceof Event.Instruction instruction) {
      left = instruction.count();
      if (left != 0) {
        return;
      }
      log.advance();
    }
  }

  /** Record: puts an event, and the instructions before it. */
  void write(Event event) {
    try {
      flushInstructions();
      sink.write(event);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Record: puts an event before the instructions that were not written yet. */
  void writeAhead(Event event) {
    try {
      sink.write(event);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void flushInstructions() throws IOException {
    long now = counter.counted();
    while (now > accounted) {
      long count = Math.min(now - accounted, MAX_COUNT);
      sink.write(new Event.Instruction(count));
      accounted += count;
    }
  }

  /**
   * Play: the event at the head after accounting, null at the end of the log. Shutdown events are
   * acted on by being looked at, as QEMU does.
   */
  @Nullable Event head() {
    account();
    while (left == 0 && log.event() instanceof Event.Shutdown shutdown) {
      skip();
      onShutdown.accept(shutdown);
    }
    return log.event();
  }

  /** Play: whether the next event is of this kind; false while instructions are left. */
  boolean next(Class<? extends Event> kind) {
    return kind.isInstance(head());
  }

  /** Play: passes the head event. */
  void skip() {
    log.advance();
    loadCount();
  }

  /** Play: passes what is left of the log, but for an end event that is the last. */
  void skipToEnd() {
    while (log.event() != null && !(log.event() instanceof Event.End && !log.hasMore())) {
      log.advance();
    }
    left = 0;
    accounted = counter.icount();
  }

  /**
   * Play: takes the head event, which must be of this kind.
   *
   * @throws DivergenceException where it is another
   * @throws LogEndedException where the log is over
   */
  <T extends Event> T take(Class<T> kind, String wanted) {
    Event head = head();
    if (kind.isInstance(head)) {
      skip();
      return kind.cast(head);
    }
    throw missing(wanted);
  }

  /** What to throw where the machine needs an event and the head is another. */
  RuntimeException missing(String wanted) {
    Event head = head();
    String there =
        head == null || left != 0
            ? left + " instructions come before the next event"
            : head.fullName() + " comes next";
    return missing(wanted, "the machine needs " + wanted + ", but in the log " + there);
  }

  /** As {@link #missing(String)}, in other words. */
  RuntimeException missing(String wanted, String description) {
    return atEnd(head()) ? new LogEndedException(position(), wanted) : diverge(wanted, description);
  }

  /** Slices, too, end with an end event, and say nothing about what would have come next. */
  private boolean atEnd(@Nullable Event head) {
    return head == null || (head instanceof Event.End && !log.hasMore());
  }

  DivergenceException diverge(String found, String description) {
    return new DivergenceException(
        new Divergence(
            position(),
            Optional.ofNullable(log.event()),
            found,
            log.before(),
            log.after(),
            description));
  }

  Position position() {
    return log.position(counter.icount());
  }
}
