package rrlog.core.analysis;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import rrlog.core.log.EventCursor;

/**
 * A place in a log as a user names it: the N-th event, the first event at or after N executed guest
 * instructions, or the first event that starts at or after byte N.
 *
 * @param unit what is counted
 * @param value how many, not negative
 */
public record LogPosition(Unit unit, long value) {
  // QEMU's own messages say "insn total N/left": what is left is taken and ignored.
  private static final Pattern SYNTAX =
      Pattern.compile("(?:(event|icount|offset):)?(0[xX][0-9a-fA-F]{1,16}|\\d{1,19})(?:/\\d+)?");

  /** What a position counts. */
  public enum Unit {
    /** Events, from 0. */
    EVENT,
    /** Executed guest instructions. */
    ICOUNT,
    /** Bytes of the log, the header included. */
    OFFSET
  }

  /** The start of every log. */
  public static final LogPosition START = new LogPosition(Unit.EVENT, 0);

  /**
   * Reads {@code event:N}, {@code icount:N}, {@code offset:N} or a bare {@code N}, which counts
   * events; N is decimal or hexadecimal with {@code 0x}.
   *
   * @return empty where the text is none of these
   */
  public static Optional<LogPosition> parse(String text) {
    Matcher matcher = SYNTAX.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String unit = matcher.group(1);
    try {
      return Optional.of(
          new LogPosition(
              unit == null ? Unit.EVENT : Unit.valueOf(unit.toUpperCase(Locale.ROOT)),
              Long.decode(stripZeros(matcher.group(2)))));
    } catch (NumberFormatException tooLarge) {
      return Optional.empty();
    }
  }

  /** Without leading zeros, which {@link Long#decode} would take for octal. */
  private static String stripZeros(String number) {
    return number.startsWith("0x") || number.startsWith("0X")
        ? number
        : number.replaceFirst("^0+(?=\\d)", "");
  }

  /** Whether the event under a cursor is at or after this place. */
  public boolean reachedBy(EventCursor event) {
    return switch (unit) {
      case EVENT -> event.ordinal() >= value;
      case ICOUNT -> event.icount() >= value;
      case OFFSET -> event.offset() >= value;
    };
  }

  @Override
  public String toString() {
    return switch (unit) {
      case EVENT -> "event:" + value;
      case ICOUNT -> "icount:" + value;
      case OFFSET -> "offset:0x" + Long.toHexString(value);
    };
  }
}
