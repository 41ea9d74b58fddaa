package rrlog.core.run.qemu;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import rrlog.core.analysis.doctor.QemuMessage;

/**
 * How a QEMU re-executed a log.
 *
 * @param ended what ended it
 * @param icount instructions that it had executed, as far as it told: before an error, some more
 *     may have been
 * @param counted whether it tells its count; QEMU before 5.2 does not, and then {@code icount} is 0
 * @param version what it calls itself, {@code 7.2.22}; empty where it never answered
 * @param shutdown the reason that it gave for switching off, in its own word
 * @param status its exit status, 128 and more for a signal; empty where it was ended from outside
 * @param said the last lines that it wrote to standard error
 */
public record QemuOutcome(
    Ended ended,
    long icount,
    boolean counted,
    Optional<String> version,
    Optional<String> shutdown,
    Optional<Integer> status,
    List<String> said) {

  /** Copies the list. */
  public QemuOutcome {
    said = List.copyOf(said);
  }

  /** The line that tells most: the last one that is known, else the last; empty for none. */
  public Optional<String> lastWord() {
    return said.reversed().stream()
        .filter(line -> QemuMessage.of(line).meaning() != QemuMessage.Meaning.UNKNOWN)
        .findFirst()
        .or(() -> said.isEmpty() ? Optional.empty() : Optional.of(said.getLast()));
  }

  /** What ended a re-execution by QEMU. */
  public enum Ended {
    /** It came to the log's end, or switched off as the log says. */
    SHUTDOWN,
    /** The asked-for place was reached. */
    UNTIL,
    /** It gave up with an error, which is in what it said. */
    ERROR,
    /** It crashed, or was killed by somebody else. */
    CRASH,
    /** It still ran, and executed nothing any more. */
    STANDSTILL,
    /** Somebody asked for the end. */
    INTERRUPTED,
    /** It ended before it began to replay: its options are wrong, or it cannot read the log. */
    REFUSED;

    /** The name in JSON: {@code shutdown}, {@code standstill}, ... */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
