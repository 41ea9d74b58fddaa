package rrlog.cli.options;

import java.io.IOException;
import java.util.Optional;
import java.util.Stack;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import rrlog.core.analysis.LogPosition;
import rrlog.core.log.EventCursor;

/**
 * Which executed instructions are printed: {@code FROM..TO}, half-open, either end may be missing.
 * A bare TO counts what FROM counts.
 *
 * @param from the first
 * @param to the first that is not printed any more, where there is one
 */
public record TraceRange(LogPosition from, Optional<LogPosition> to) {
  private static final Pattern SYNTAX = Pattern.compile("([a-z]+:)?(\\w*)\\.\\.([a-z]+:)?(\\w*)");

  /** Everything. */
  public static final TraceRange ALL = new TraceRange(LogPosition.START, Optional.empty());

  private static Optional<TraceRange> parse(String text) {
    Matcher range = SYNTAX.matcher(text);
    if (!range.matches()) {
      return Optional.empty();
    }
    String unit = Optional.ofNullable(range.group(1)).orElse("");
    String toUnit = Optional.ofNullable(range.group(3)).orElse(unit);
    boolean open = range.group(4).isEmpty();
    Optional<LogPosition> from =
        range.group(2).isEmpty()
            ? Optional.of(LogPosition.START)
            : LogPosition.parse(unit + range.group(2));
    Optional<LogPosition> to = LogPosition.parse(toUnit + range.group(4));
    return from.isEmpty() || to.isEmpty() && !open
        ? Optional.empty()
        : Optional.of(new TraceRange(from.get(), to));
  }

  /**
   * Instruction counts of a position: the same for one that counts instructions, else that of the
   * event; the cursor is moved.
   */
  public static long icount(LogPosition position, EventCursor log) throws IOException {
    if (position.unit() == LogPosition.Unit.ICOUNT) {
      return position.value();
    }
    while (log.next()) {
      if (position.reachedBy(log)) {
        return log.icount();
      }
    }
    return Long.MAX_VALUE;
  }

  /** Takes the word behind the option where it is a range, and leaves a file's name alone. */
  public static final class Consumer implements IParameterConsumer {
    @Override
    public void consumeParameters(Stack<String> words, ArgSpec option, CommandSpec command) {
      Optional<TraceRange> range =
          words.isEmpty() ? Optional.empty() : TraceRange.parse(words.peek());
      if (range.isPresent()) {
        words.pop();
      }
      option.setValue(range.orElse(ALL));
    }
  }
}
