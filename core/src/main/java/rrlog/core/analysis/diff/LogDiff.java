package rrlog.core.analysis.diff;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import rrlog.core.event.Event;
import rrlog.core.event.EventKind;
import rrlog.core.event.Position;
import rrlog.core.log.EventCursor;
import rrlog.core.log.LogHeader;
import rrlog.core.log.LogReader;

/**
 * Compares two logs, aligned on guest instructions executed ({@code docs/diff.md}).
 *
 * <p>Instruction events are no events here: what is compared is each other event with the number of
 * instructions before it, and the end of the log. Memory does not grow with the logs. Confined to
 * one thread.
 */
public final class LogDiff {
  /**
   * Where two logs in memory have the same bytes only one of them is decoded, up to this distance
   * of the first byte that differs: how an event is decoded may depend on bytes behind it.
   */
  private static final long MARGIN = 1 << 20;

  /** How far ahead the other run's same event is looked for, in events. */
  private static final int LOOKED_AHEAD = 256;

  private static final long STRETCH = 64L << 20;

  private final long margin;
  private final LogReader readerA;
  private final LogReader readerB;
  private final DiffOptions options;
  private final CommonModel model;
  private final Lane a;
  private final Lane b;
  private final Classifier classifier;
  private final Sentences sentences;

  /** What differed and was not compared, before the first difference. */
  private final Set<Noise> unequal = EnumSet.noneOf(Noise.class);

  /**
   * A comparison of two logs, both at their start.
   *
   * @param a the first log
   * @param b the second log
   */
  public LogDiff(LogReader a, LogReader b, DiffOptions options) {
    this(a, b, options, MARGIN);
  }

  /** With another distance, so that tests reach what is done beyond it with small logs. */
  LogDiff(LogReader a, LogReader b, DiffOptions options, long margin) {
    this.margin = margin;
    this.readerA = a;
    this.readerB = b;
    this.options = options;
    this.model = new CommonModel(a.dialect(), b.dialect());
    this.a = new Lane(Side.A, a, model, options);
    this.b = new Lane(Side.B, b, model, options);
    this.classifier = new Classifier(this.a, this.b);
    this.sentences = new Sentences(a.dialect(), b.dialect(), options.orderOnly());
  }

  /** Takes what is found, in the order in which it is found. */
  public interface Listener {
    /** The first divergence; called at most once. */
    void first(Divergence divergence) throws IOException;

    /** A hunk; called only where all are wanted. */
    void hunk(Hunk hunk) throws IOException;
  }

  /**
   * Compares.
   *
   * @return all hunks in numbers; empty where the logs are equal, or only the first divergence was
   *     wanted
   * @throws SideException where a log cannot be read
   * @throws IOException what the listener throws
   */
  public DiffSummary run(Listener listener) throws IOException {
    if (skipSameBytes() || agree(0, true)) {
      return DiffSummary.NONE;
    }
    listener.first(divergence());
    if (!options.all()) {
      return DiffSummary.NONE;
    }
    HunkCollector hunks = new HunkCollector(listener);
    Resync resync = new Resync(a, b);
    long shift = 0;
    while (true) {
      if (bothEnded()) {
        if (!hunks.isOpen()) {
          begin(hunks, classifier.classify(shift), shift);
        }
        hunks.end();
        return hunks.summary();
      }
      Resync.Step step = step(resync, shift);
      if (!hunks.isOpen()) {
        begin(hunks, kind(step, shift), shift);
      }
      take(step, hunks);
      shift = step.shift();
      if (sameNext(shift)) {
        hunks.end();
        if (agreeAhead(shift)) {
          return hunks.summary();
        }
      }
    }
  }

  private void begin(HunkCollector hunks, DivergenceKind kind, long shift) throws SideException {
    Moment nextA = a.peek(0);
    Moment nextB = b.peek(0);
    hunks.begin(
        kind,
        nextA.position(),
        nextB.position(),
        sentences.tell(kind, nextA, nextB, shift, OptionalLong.empty()));
  }

  /** The kind of a difference, which has to fit the events that make it up. */
  private DivergenceKind kind(Resync.Step step, long shift) throws SideException {
    if (step.skipA() == 0) {
      return DivergenceKind.EXTRA;
    }
    return step.skipB() == 0 ? DivergenceKind.MISSING : classifier.classify(shift);
  }

  /** How far the difference that starts with the next events reaches. */
  private Resync.Step step(Resync resync, long shift) throws SideException {
    Moment nextA = a.peek(0);
    Moment nextB = b.peek(0);
    boolean onlyValue =
        !nextA.isEnd()
            && !nextB.isEnd()
            && a.icount(nextA) + shift == b.icount(nextB)
            && nextA.name().equals(nextB.name())
            && classifier.classify(shift) == DivergenceKind.VALUE;
    return onlyValue ? new Resync.Step(1, 1, shift) : resync.find(shift);
  }

  private void take(Resync.Step step, HunkCollector hunks) throws SideException {
    for (int i = 0; i < step.skipA(); i++) {
      hunks.onlyA(a.take());
    }
    for (int j = 0; j < step.skipB(); j++) {
      hunks.onlyB(b.take());
    }
    hunks.shift(step.shift());
  }

  private boolean bothEnded() throws SideException {
    return a.peek(0).isEnd() && b.peek(0).isEnd();
  }

  private boolean sameNext(long shift) throws SideException {
    return same(a.peek(0), b.peek(0), shift);
  }

  private boolean same(Moment one, Moment other, long shift) {
    return a.icount(one) + shift == b.icount(other) && one.key().equals(other.key());
  }

  /** Passes equal events that were looked at already; then goes on fast. */
  private boolean agreeAhead(long shift) throws SideException {
    while (!a.isFast() || !b.isFast()) {
      if (!sameNext(shift)) {
        return false;
      }
      if (bothEnded()) {
        return true;
      }
      a.take();
      b.take();
    }
    return agree(shift, false);
  }

  /**
   * Passes equal events.
   *
   * @return whether the logs agree to their ends; otherwise the next events are those that differ
   */
  private boolean agree(long shift, boolean remember) throws SideException {
    boolean orderOnly = options.orderOnly();
    while (true) {
      boolean moreA = a.step();
      boolean moreB = b.step();
      if (!moreA || !moreB) {
        break;
      }
      EventCursor atA = a.cursor();
      EventCursor atB = b.cursor();
      if (!orderOnly && atA.icount() + shift != atB.icount()) {
        break;
      }
      if (!model.surelySame(atA, atB) && !sameAfterAll(shift)) {
        break;
      }
      if (remember) {
        a.pass();
        b.pass();
      }
    }
    a.keepCurrent();
    b.keepCurrent();
    return bothEnded() && sameNext(shift);
  }

  private boolean sameAfterAll(long shift) throws SideException {
    if (model.sameDialect() && a.cursor().code() == b.cursor().code() && a.presenceOnly()) {
      noteUnequal(a.cursor().kind());
      return true;
    }
    Moment one = a.current();
    Moment other = b.current();
    boolean same = same(one, other, shift);
    if (same && a.presenceOnly() && !one.event().equals(other.event())) {
      noteUnequal(a.cursor().kind());
    }
    return same;
  }

  private void noteUnequal(EventKind kind) {
    if (kind == EventKind.RANDOM) {
      unequal.add(Noise.RANDOM);
    } else if (kind == EventKind.CLOCK) {
      unequal.add(Noise.CLOCK);
    }
  }

  /**
   * Where both logs are in memory and of one dialect, moves over what has the same bytes.
   *
   * @return whether they have the same bytes to their ends
   */
  private boolean skipSameBytes() throws SideException {
    boolean audioUnseen =
        readerA.dialect().records(EventKind.AUDIO_IN)
            && options.ignored().kinds().contains(EventKind.AUDIO_IN);
    if (!model.sameDialect() || audioUnseen) {
      return false;
    }
    Optional<MemorySegment> bytesA = readerA.inMemory();
    Optional<MemorySegment> bytesB = readerB.inMemory();
    if (bytesA.isEmpty() || bytesB.isEmpty()) {
      return false;
    }
    long same = sameBytes(bytesA.get(), bytesB.get());
    if (same == bytesA.get().byteSize() && same == bytesB.get().byteSize()) {
      return true;
    }
    Position place = new Position(0, LogHeader.SIZE, 0);
    while (a.step() && isSurelyBefore(a.cursor(), same - margin)) {
      a.pass();
      EventCursor at = a.cursor();
      place = new Position(at.ordinal() + 1, at.offset() + at.size(), at.icountAfter());
    }
    b.passedLike(a);
    a.jumpTo(place);
    b.jumpTo(place);
    return false;
  }

  private static boolean isSurelyBefore(EventCursor event, long limit) {
    if (event.offset() + event.size() > limit) {
      return false;
    }
    // Whether frames are there is found by looking at them, as far as they would reach, and once
    // they were not, a cursor remembers; one that starts later does not know.
    return event.kind() != EventKind.AUDIO_IN || event.recorded() == 0 || event.dataLength() > 0;
  }

  private static long sameBytes(MemorySegment a, MemorySegment b) {
    long both = Math.min(a.byteSize(), b.byteSize());
    for (long from = LogHeader.SIZE; from < both; from += STRETCH) {
      long to = Math.min(both, from + STRETCH);
      long at = MemorySegment.mismatch(a, from, to, b, from, to);
      if (at >= 0) {
        return from + at;
      }
    }
    return both;
  }

  private Divergence divergence() throws SideException {
    DivergenceKind kind = classifier.classify(0);
    Moment nextA = a.peek(0);
    Moment nextB = b.peek(0);
    return new Divergence(
        kind,
        nextA,
        nextB,
        sentences.tell(kind, nextA, nextB, 0, until(kind)),
        Noise.of(kind, nextA),
        notCompared(),
        a.passedEvents(),
        b.passedEvents(),
        from(a),
        from(b));
  }

  /** What the runs were given before it that differs and was not compared. */
  private Set<Noise> notCompared() {
    Set<Noise> differs = EnumSet.copyOf(unequal);
    if (a.firstHostClock().isPresent()
        && b.firstHostClock().isPresent()
        && a.firstHostClock().getAsLong() != b.firstHostClock().getAsLong()) {
      differs.add(Noise.CLOCK);
    }
    return differs;
  }

  /** How much later the run that does not do the next thing here does exactly that. */
  private OptionalLong until(DivergenceKind kind) throws SideException {
    if (options.orderOnly() || (kind != DivergenceKind.MISSING && kind != DivergenceKind.EXTRA)) {
      return OptionalLong.empty();
    }
    Moment wanted = kind == DivergenceKind.MISSING ? a.peek(0) : b.peek(0);
    Lane other = kind == DivergenceKind.MISSING ? b : a;
    // One clock reading or checkpoint is as good as the next.
    boolean telling =
        switch (wanted.event().map(Event::kind).orElse(EventKind.END)) {
          case CLOCK, CHECKPOINT, END -> false;
          default -> true;
        };
    int count = telling ? other.lookAhead(LOOKED_AHEAD) : 0;
    for (int i = 0; i < count; i++) {
      if (other.peek(i).key().equals(wanted.key())) {
        return OptionalLong.of(other.peek(i).icount() - wanted.icount());
      }
    }
    return OptionalLong.empty();
  }

  private List<Moment> from(Lane lane) throws SideException {
    List<Moment> events = new ArrayList<>();
    int count = lane.lookAhead(options.context() + 1);
    for (int i = 0; i < count; i++) {
      events.add(lane.peek(i));
    }
    return events;
  }
}
