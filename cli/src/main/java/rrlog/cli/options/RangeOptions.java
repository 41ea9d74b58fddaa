package rrlog.cli.options;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;
import rrlog.core.analysis.EventFilter;
import rrlog.core.analysis.LogPosition;
import rrlog.core.log.EventCursor;

/** Which events a verb is about: the same ranges and filters on every verb that has them. */
public final class RangeOptions {
  @Option(
      names = "--from",
      paramLabel = "POS",
      converter = PositionConverter.class,
      description = "First event: event:N, icount:N, offset:N (0x.. too); N is event:N.")
  private Optional<LogPosition> from = Optional.empty();

  @Option(
      names = "--to",
      paramLabel = "POS",
      converter = PositionConverter.class,
      description = "Stop before this event.")
  private Optional<LogPosition> to = Optional.empty();

  @Option(
      names = "--kind",
      paramLabel = "K",
      split = ",",
      description =
          "Only these: kinds (clock), names (clock/host), async, patterns (checkpoint/*).")
  private List<String> kinds = List.of();

  @Option(names = "--not-kind", paramLabel = "K", split = ",", description = "All but these.")
  private List<String> notKinds = List.of();

  @Option(names = "--limit", paramLabel = "N", description = "At most N events.")
  private long limit = Long.MAX_VALUE;

  /** Reads a position of the command line. */
  public static final class PositionConverter implements ITypeConverter<LogPosition> {
    @Override
    public LogPosition convert(String text) {
      return LogPosition.parse(text)
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "'" + text + "' is not a position (event:N, icount:N, offset:N or N)"));
    }
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
