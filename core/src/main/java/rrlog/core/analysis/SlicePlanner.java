package rrlog.core.analysis;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import rrlog.core.analysis.SliceImpossibleException.Reason;
import rrlog.core.event.EventKind;
import rrlog.core.event.Position;
import rrlog.core.log.Dialect;
import rrlog.core.log.EventCursor;
import rrlog.core.log.LogHeader;
import rrlog.core.log.LogReader;

/**
 * Finds where to cut a log, in one pass over its events up to the cut.
 *
 * <p>A cut for replay keeps to one rule, measured with QEMU 7.2 ({@code docs/slice.md#what-qemu-
 * accepts}): no event that QEMU insists on may stand between the cut and the next instruction, as
 * what makes QEMU ask for it has happened by then. Such a cut goes to before the last instruction
 * that was executed. Confined to one thread.
 */
public final class SlicePlanner {

  private static final String AT_THE_END =
      "what QEMU would ask for next is not in the log, which stops there";

  private final LogReader log;
  private final EventCursor cursor;
  private final Dialect dialect;

  // The last instruction event that was passed.
  private long instructionEvent = -1;
  private long instructionOffset;
  private long instructionIcount;
  private long instructionCount;

  private SlicePlanner(LogReader log) {
    this.log = log;
    this.cursor = log.cursor();
    this.dialect = log.dialect();
  }

  /**
   * A part of a log as it is.
   *
   * @param log an open log before its first event
   * @param from first event, empty for the first of the log
   * @param to first event behind the part; empty to keep everything, also what cannot be decoded
   * @throws SliceImpossibleException where there is no such part
   * @throws IOException where the log cannot be read
   */
  public static SlicePlan forAnalysis(
      LogReader log, Optional<LogPosition> from, Optional<LogPosition> to) throws IOException {
    return new SlicePlanner(log).part(from.orElse(LogPosition.START), to);
  }

  /**
   * The start of a log, closed so that QEMU replays it and exits with status 0.
   *
   * @param log an open log before its first event
   * @param to first event behind it; empty for as much of the log as can be replayed
   * @throws SliceImpossibleException where QEMU would replay no such start
   * @throws IOException where the log cannot be read
   */
  public static SlicePlan forReplay(LogReader log, Optional<LogPosition> to) throws IOException {
    return forReplay(log, to, event -> {});
  }

  /** The same, and shows the events that it passes on the way to the cut. */
  static SlicePlan forReplay(LogReader log, Optional<LogPosition> to, Consumer<EventCursor> passing)
      throws IOException {
    if (log.origin().isPresent()) {
      throw new SliceImpossibleException(
          Reason.BEGINS_LATER,
          "begins at " + log.origin().get() + " of another log, so QEMU cannot replay it");
    }
    return new SlicePlanner(log).prefix(to, passing);
  }

  private SlicePlan part(LogPosition from, Optional<LogPosition> to) throws IOException {
    SliceCut start = null;
    while (cursor.next()) {
      if (start == null && passes(from)) {
        start = cutHere(from);
      }
      if (to.isPresent() && passes(to.get())) {
        SliceCut end = cutHere(to.get());
        if (start == null || end.position().icount() < start.position().icount()) {
          throw new SliceImpossibleException(
              Reason.NOTHING_THERE,
              "nothing lies between " + from + " and " + to.get() + ", which comes first");
        }
        return analysis(start, end, false);
      }
      if (start != null && to.isEmpty()) {
        break;
      }
    }
    if (start == null && !cursor.ended()) {
      throw new IllegalStateException("neither a start nor an end");
    }
    if (start == null) {
      if (from.value() > 0) {
        throw new SliceImpossibleException(
            Reason.NOTHING_THERE,
            from + " lies behind the end of the log (" + cursor.position() + ")");
      }
      start = SliceCut.before(cursor.position());
    }
    if (to.isEmpty()) {
      while (cursor.next()) {
        continue;
      }
    }
    return analysis(start, SliceCut.before(cursor.position()), to.isEmpty());
  }

  private SlicePlan analysis(SliceCut start, SliceCut end, boolean rest) {
    return new SlicePlan(
        dialect, log.header(), start, end, rest, SliceClosing.NONE, Optional.empty());
  }

  private SlicePlan prefix(Optional<LogPosition> to, Consumer<EventCursor> passing)
      throws IOException {
    EventKind last = EventKind.INSTRUCTION;
    boolean shutdownSeen = false;
    boolean shutdownLast = false;
    Position end = LogHeader.FIRST_EVENT;
    while (cursor.next()) {
      if (to.isPresent() && passes(to.get())) {
        return cutAt(cutHere(to.get()), shutdownLast);
      }
      passing.accept(cursor);
      last = cursor.kind();
      shutdownLast = false;
      switch (last) {
        case INSTRUCTION -> remember();
        case SHUTDOWN -> {
          shutdownSeen = true;
          shutdownLast = cursor.cause().equals(SliceClosing.cause(dialect));
        }
        case END -> end = cursor.position();
        default -> {}
      }
    }
    if (last != EventKind.END) {
      return retreat(SliceCut.before(cursor.position()), AT_THE_END);
    }
    if (!shutdownSeen && dialect.habits().endsWithHostSignal()) {
      return replay(SliceCut.before(end), SliceClosing.SHUTDOWN_END, Optional.empty());
    }
    return replay(SliceCut.before(cursor.position()), SliceClosing.NONE, Optional.empty());
  }

  private void remember() {
    instructionEvent = cursor.ordinal();
    instructionOffset = cursor.offset();
    instructionIcount = cursor.icount();
    instructionCount = cursor.count();
  }

  /** Whether a place is at the event under the cursor, or among its instructions. */
  private boolean passes(LogPosition place) {
    return place.reachedBy(cursor)
        || (place.unit() == LogPosition.Unit.ICOUNT && place.value() < cursor.icountAfter());
  }

  private SliceCut cutHere(LogPosition place) {
    Position here = cursor.position();
    return place.reachedBy(cursor)
        ? SliceCut.before(here)
        : new SliceCut(here, place.value() - here.icount(), cursor.count());
  }

  private SlicePlan cutAt(SliceCut cut, boolean shutdownLast) throws IOException {
    SliceClosing closing = shutdownLast ? SliceClosing.END : SliceClosing.SHUTDOWN_END;
    if (cut.splits()) {
      return replay(cut, closing, Optional.empty());
    }
    do {
      EventKind kind = cursor.kind();
      if (kind == EventKind.INSTRUCTION || kind == EventKind.END) {
        return replay(cut, closing, Optional.empty());
      }
      if (insistedOn(kind)) {
        return retreat(
            cut,
            "QEMU would miss the "
                + kind.label()
                + " of event "
                + cursor.ordinal()
                + ", which what was executed before the cut asks for");
      }
    } while (cursor.next());
    return retreat(cut, AT_THE_END);
  }

  /** Whether a replaying QEMU gives up where it asks for such an event and there is none. */
  private static boolean insistedOn(EventKind kind) {
    return switch (kind) {
      case CHAR_WRITE, CHAR_READ_ALL, CHAR_READ_ALL_ERROR, RANDOM, AUDIO_OUT, AUDIO_IN -> true;
      default -> false;
    };
  }

  /** Cuts before the last instruction that was executed. */
  private SlicePlan retreat(SliceCut wanted, String reason) throws IOException {
    if (instructionEvent < 0) {
      throw new SliceImpossibleException(
          Reason.NOT_REPLAYABLE,
          "before the first instruction, at "
              + wanted.event()
              + ", QEMU cannot stop: "
              + reason
              + firstPossible());
    }
    Position event = new Position(instructionEvent, instructionOffset, instructionIcount);
    SliceCut cut =
        instructionCount > 1
            ? new SliceCut(event, instructionCount - 1, instructionCount)
            : SliceCut.before(event);
    return replay(cut, SliceClosing.SHUTDOWN_END, Optional.of(new SliceMove(wanted, reason)));
  }

  /** The first cut behind what QEMU insists on while it starts; the cursor may stand at that. */
  private String firstPossible() throws IOException {
    long first = cursor.ordinal();
    while (!cursor.ended()) {
      if (cursor.kind() == EventKind.INSTRUCTION) {
        return "; the first cut that it does replay is event:" + first;
      }
      if (insistedOn(cursor.kind())) {
        first = cursor.ordinal() + 1;
      }
      cursor.next();
    }
    return "";
  }

  private SlicePlan replay(SliceCut end, SliceClosing closing, Optional<SliceMove> moved) {
    return new SlicePlan(
        dialect,
        SlicePlan.finished(log.header(), dialect),
        SliceCut.before(LogHeader.FIRST_EVENT),
        end,
        false,
        closing,
        moved);
  }
}
