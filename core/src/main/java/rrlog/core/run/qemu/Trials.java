package rrlog.core.run.qemu;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import rrlog.core.analysis.doctor.Diagnosis;
import rrlog.core.analysis.doctor.QemuCommand;
import rrlog.core.event.EventKind;
import rrlog.core.log.EventCursor;
import rrlog.core.run.Logs;

/**
 * Finds out what on a command line is not as it was when recording, by trying: a QEMU that gets far
 * behind the place where another left the log is the one that recorded it.
 */
final class Trials {
  /** What people take, most of all first. */
  private static final List<String> SHIFTS =
      List.of("3", "0", "7", "5", "10", "1", "2", "4", "6", "8", "9");

  /** So many shifts are tried before anything else. */
  private static final int LIKELY = 3;

  private static final List<String> MEMORY = List.of("128", "256", "512", "1G", "2G", "64", "4G");

  /** An option and the word behind it. */
  private static final Pattern NETWORK = Pattern.compile("--?(net|nic) none");

  private static final Pattern NO_DEFAULTS = Pattern.compile("--?nodefaults .*");

  /** A guest that took so many interrupts as recorded has the shift of the recording. */
  private static final int BELIEVED = 8;

  /** How far behind the place one must get, instructions. */
  private static final long BEYOND = 1_000_000;

  private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);

  private final Subject subject;
  private final ReplayCommand command;
  private final BooleanSupplier stop;
  private final long deadline = System.nanoTime() + PATIENCE_NS;

  Trials(Subject subject, BooleanSupplier stop) {
    this.subject = subject;
    this.command = subject.command();
    this.stop = stop;
  }

  /** A command line that differs in one option. */
  private record Other(String code, String words, ReplayCommand command) {}

  /**
   * The cause, where a command line is found that gets farther.
   *
   * @param icount where this one left the log
   * @param length instructions that the log has
   */
  Optional<Diagnosis> run(long icount, long length) throws IOException {
    for (Other other : others(interrupts(icount) < BELIEVED)) {
      if (System.nanoTime() - deadline > 0 || stop.getAsBoolean()) {
        return Optional.empty();
      }
      if (getsFarther(other.command(), icount, length)) {
        return Optional.of(
            new Diagnosis(
                Diagnosis.Severity.ERROR,
                other.code(),
                Optional.empty(),
                "with " + other.words() + " QEMU gets past this place",
                "replay with " + other.words()));
      }
    }
    return Optional.empty();
  }

  private long interrupts(long icount) throws IOException {
    long taken = 0;
    try (Logs.Opened opened = subject.log().open()) {
      EventCursor cursor = opened.reader().cursor();
      while (taken < BELIEVED && cursor.next() && cursor.icount() < icount) {
        taken += cursor.kind() == EventKind.INTERRUPT ? 1 : 0;
      }
    }
    return taken;
  }

  private List<Other> others(boolean anyShift) {
    QemuCommand options = QemuCommand.of(command.options());
    List<Other> others = new ArrayList<>();
    String icount = options.last("icount").map(QemuCommand.Setting::value).orElse("");
    Optional<String> shift = options.last("icount").flatMap(setting -> setting.get("shift"));
    boolean fixed = shift.filter(word -> !word.equals("auto")).isPresent();
    List<Other> shifts = new ArrayList<>();
    for (String other : fixed && anyShift ? SHIFTS : List.<String>of()) {
      if (!other.equals(shift.orElse(""))) {
        String value = icount.replace("shift=" + shift.orElse(""), "shift=" + other);
        shifts.add(new Other("other-icount", "shift=" + other, command.with(value)));
      }
    }
    List<String> plain = command.options();
    String size = options.last("m").map(QemuCommand.Setting::value).orElse("128");
    List<Other> sizes = new ArrayList<>();
    for (String other : MEMORY) {
      if (!size.equals(other) && !size.equals(other + "M")) {
        sizes.add(new Other("other-memory", "-m " + other, and(plain, "-m", other)));
      }
    }
    int first = Math.min(LIKELY, shifts.size());
    others.addAll(shifts.subList(0, first));
    others.add(sleep(options, icount));
    others.addAll(sizes.subList(0, 1));
    others.addAll(devices(options, plain));
    others.addAll(shifts.subList(first, shifts.size()));
    others.addAll(sizes.subList(1, sizes.size()));
    return others;
  }

  private Other sleep(QemuCommand options, String icount) {
    boolean off = options.last("icount").filter(one -> one.has("sleep", "off")).isPresent();
    String changed =
        off
            ? icount.replace("sleep=off", "sleep=on")
            : icount.replace(",sleep=on", "") + ",sleep=off";
    return new Other("other-icount", off ? "sleep=on" : "sleep=off", command.with(changed));
  }

  private List<Other> devices(QemuCommand options, List<String> plain) {
    List<Other> others = new ArrayList<>();
    boolean none = options.named("net", "nic").stream().anyMatch(one -> one.first().equals("none"));
    if (none) {
      others.add(
          new Other("other-devices", "the machine's own network card", without(NETWORK, plain)));
    } else if (options.named("net", "nic", "netdev").isEmpty()) {
      others.add(new Other("other-devices", "-net none", and(plain, "-net", "none")));
    }
    others.add(
        options.has("nodefaults")
            ? new Other("other-devices", "the machine's own devices", without(NO_DEFAULTS, plain))
            : new Other("other-devices", "-nodefaults", and(plain, "-nodefaults")));
    return others;
  }

  /** The last one counts. */
  private ReplayCommand and(List<String> options, String... more) {
    return new ReplayCommand(
        command.program(),
        Stream.concat(options.stream(), Stream.of(more)).toList(),
        command.folder());
  }

  private ReplayCommand without(Pattern option, List<String> options) {
    List<String> left = new ArrayList<>();
    for (int i = 0; i < options.size(); i++) {
      String next = i + 1 < options.size() ? options.get(i + 1) : "";
      if (option.matcher(options.get(i) + " " + next).matches()) {
        i += option == NETWORK ? 1 : 0;
      } else {
        left.add(options.get(i));
      }
    }
    return new ReplayCommand(command.program(), left, command.folder());
  }

  private boolean getsFarther(ReplayCommand other, long icount, long length) throws IOException {
    long beyond = icount + BEYOND;
    try (Logs.Opened ahead = subject.log().open();
        QemuRun qemu =
            subject
                .with(other)
                .start(
                    ahead,
                    OutputStream.nullOutputStream(),
                    () -> stop.getAsBoolean() || System.nanoTime() - deadline > 0)) {
      OptionalLong goal = beyond < length ? OptionalLong.of(beyond) : OptionalLong.empty();
      QemuOutcome outcome = qemu.hasty().to(goal, count -> {});
      return switch (outcome.ended()) {
        case UNTIL, SHUTDOWN -> true;
        case ERROR, CRASH, STANDSTILL -> outcome.icount() >= beyond;
        case INTERRUPTED, REFUSED -> false;
      };
    }
  }
}
