package rrlog.cli.options;

import static rrlog.cli.options.Declared.option;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import rrlog.core.analysis.EventFilter;
import rrlog.core.analysis.LogPosition;
import rrlog.core.log.EventCursor;

/** Which events a verb is about: the same ranges and filters on every verb that has them. */
public final class RangeOptions {
  private Optional<LogPosition> from = Optional.empty();

  private Optional<LogPosition> to = Optional.empty();

  private List<String> kinds = List.of();

  private List<String> notKinds = List.of();

  private long limit = Long.MAX_VALUE;

  /** Declares the two that say where a part of a log begins and ends. */
  public static void declareEnds(
      Declared options, Consumer<LogPosition> from, Consumer<LogPosition> to) {
    options.position(
        option(
            "--from", "POS", "First event: event:N, icount:N, offset:N (0x.. too); N is event:N."),
        from);
    options.position(option("--to", "POS", "Stop before this event."), to);
  }

  /** Declares the options. */
  public void declare(Declared options) {
    declareEnds(options, value -> from = Optional.of(value), value -> to = Optional.of(value));
    options.words(
        option(
                "--kind",
                "K",
                "Only these: kinds (clock), names (clock/host), async, patterns (checkpoint/*).")
            .splitRegex(","),
        values -> kinds = values);
    options.words(
        option("--not-kind", "K", "All but these.").splitRegex(","), values -> notKinds = values);
    options.one(option("--limit", "N", "At most N events."), long.class, value -> limit = value);
  }

  public Optional<LogPosition> from() {
    return from;
  }

  /** What is done with an event; the cursor stands at it. */
  @FunctionalInterface
  public interface Action {
    void at(EventCursor event) throws IOException;
  }

  /** The selection that the options make, from the first event on. */
  public Selection selection() {
    if (limit < 0) {
      throw new UsageException("--limit is negative");
    }
    return new Selection(EventNames.filter(kinds), EventNames.filter(notKinds));
  }

  /** A selection while it is gone through; goes on where it was, with another cursor too. */
  public final class Selection {
    private final EventFilter only;
    private final EventFilter but;
    private final LogPosition start = from.orElse(LogPosition.START);
    private long left = limit;
    private boolean started;
    private boolean inside;

    Selection(EventFilter only, EventFilter but) {
      this.only = only;
      this.but = but;
    }

    /** Why there was nothing to select from, where there was nothing. */
    public Optional<String> nothing(EventCursor log) {
      if (inside || left == 0) {
        return Optional.empty();
      }
      return Optional.of(
          started || log.ordinal() <= 0
              ? "no event is in the range"
              : "the range begins behind the end, which is at " + log.position());
    }

    /** Does something with each event of the range that passes the filters. */
    public void forEach(EventCursor log, Action action) throws IOException {
      while (left > 0 && log.next()) {
        started = started || start.reachedBy(log);
        if (!started) {
          continue;
        }
        if (to.isPresent() && to.get().reachedBy(log)) {
          return;
        }
        inside = true;
        if ((only.isEmpty() || only.matches(log)) && !but.matches(log)) {
          action.at(log);
          left--;
        }
      }
    }
  }
}
