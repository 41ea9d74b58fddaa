package rrlog.core.run.qemu;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import rrlog.core.analysis.doctor.QemuMessage;
import rrlog.core.event.EventKind;
import rrlog.core.event.Position;
import rrlog.core.log.EventCursor;
import rrlog.core.run.Logs;

/**
 * Finds the instruction and the event at which a QEMU leaves a log, by running it again. A replay
 * fails each time in the same way: so it is stopped ever closer to where it fails, and then it
 * replays logs that end ever closer to the event that it needs.
 */
final class Narrowing {
  /** In one run, of which each costs some milliseconds. */
  private static final int STOPS = 48;

  /** What a user waits for, at most. */
  private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(90);

  /** In which one moves that is not stuck; it has stood still before, nanoseconds. */
  private static final long MOVES_NS = TimeUnit.SECONDS.toNanos(2);

  private final Subject subject;
  private final BooleanSupplier stop;
  private final long deadline = System.nanoTime() + PATIENCE_NS;
  private Optional<MachineView> machine = Optional.empty();

  Narrowing(Subject subject, BooleanSupplier stop) {
    this.subject = subject;
    this.stop = stop;
  }

  /** The machine right before it failed, where it was stopped there. */
  Optional<MachineView> machine() {
    return machine;
  }

  /**
   * The place of a failure.
   *
   * @param told what is known without running it again
   */
  FailurePlace of(QemuOutcome outcome, FailurePlace told) throws IOException {
    return switch (outcome.ended()) {
      case SHUTDOWN, UNTIL, INTERRUPTED, REFUSED -> told;
      case STANDSTILL -> outcome.counted() ? event(told, outcome) : anyEvent(told, outcome);
      case ERROR, CRASH -> {
        if (told.exact()) {
          look(told.icount());
          if (machine.isEmpty()) {
            // The instruction that failed was counted.
            look(told.icount() - 1);
          }
          yield told;
        }
        if (!outcome.counted()) {
          yield anyEvent(told, outcome);
        }
        FailurePlace place = instruction(outcome, told);
        yield place.exact() ? event(place, outcome) : place;
      }
    };
  }

  private boolean goesOn() {
    return System.nanoTime() - deadline < 0 && !stop.getAsBoolean();
  }

  private void look(long icount) throws IOException {
    if (icount <= 0) {
      return;
    }
    try (Logs.Opened ahead = subject.log().open();
        QemuRun qemu = start(subject, ahead)) {
      if (reached(qemu, icount).ended() == QemuOutcome.Ended.UNTIL) {
        machine = Optional.of(qemu.view());
      }
    }
  }

  private QemuRun start(Subject replayed, Logs.Opened ahead) throws IOException {
    return replayed.start(ahead, OutputStream.nullOutputStream(), () -> !goesOn());
  }

  private static QemuOutcome reached(QemuRun qemu, long icount) throws IOException {
    return qemu.to(OptionalLong.of(icount), count -> {});
  }

  /** The last instruction at which it can be stopped. */
  private FailurePlace instruction(QemuOutcome outcome, FailurePlace told) throws IOException {
    long low = told.icount();
    long high = length() + 1;
    for (boolean first = true; low + 1 < high; first = false) {
      try (Logs.Opened ahead = subject.log().open();
          QemuRun qemu = start(subject, ahead)) {
        for (long at : first ? doubling(low, high) : Subject.stops(low, high, STOPS)) {
          QemuOutcome.Ended ended = reached(qemu, at).ended();
          if (ended == outcome.ended()) {
            high = at;
            break;
          } else if (ended != QemuOutcome.Ended.UNTIL) {
            // Where QEMU does not bear being stopped, or the time is over.
            return told;
          }
          low = at;
          machine = high - low <= STOPS ? Optional.of(qemu.view()) : Optional.empty();
        }
      }
    }
    if (machine.isEmpty() || machine.get().icount() != low) {
      look(low);
    }
    return new FailurePlace(low, true, OptionalLong.empty());
  }

  private long length() throws IOException {
    try (Logs.Opened again = subject.log().open()) {
      EventCursor cursor = again.reader().cursor();
      long last = 0;
      while (cursor.next()) {
        last = cursor.icountAfter();
      }
      return last;
    }
  }

  /** Most failures are close behind the last place that was told. */
  private static List<Long> doubling(long low, long high) {
    List<Long> stops = new ArrayList<>();
    for (long step = 1; low + step < high; step *= 2) {
      stops.add(low + step);
    }
    return stops;
  }

  /** Which of the events at its instruction count it was at. */
  private FailurePlace event(FailurePlace place, QemuOutcome outcome) throws IOException {
    // An instruction that fails is not counted, and what it comes to may lie behind it.
    boolean executing = outcome.ended() != QemuOutcome.Ended.STANDSTILL;
    List<Position> due = due(place.icount(), executing ? 1 : 0);
    int needed = 0;
    int notNeeded = due.size();
    while (needed + 1 < notNeeded) {
      int cut = (needed + notNeeded) >>> 1;
      Optional<Boolean> asked = asksFor(due.get(cut).offset(), outcome);
      if (asked.isEmpty()) {
        return place;
      }
      if (asked.get()) {
        needed = cut;
      } else {
        notNeeded = cut;
      }
    }
    return due.isEmpty()
        ? place
        : new FailurePlace(place.icount(), true, OptionalLong.of(due.get(needed).event()));
  }

  /** Which event of the whole log it was at, where it tells no count. */
  private FailurePlace anyEvent(FailurePlace told, QemuOutcome outcome) throws IOException {
    Position needed = position(0);
    for (long notNeeded = events(); needed.event() + 1 < notNeeded; ) {
      Position cut = position((needed.event() + notNeeded) >>> 1);
      Optional<Boolean> asked = goesOn() ? asksFor(cut.offset(), outcome) : Optional.empty();
      if (asked.isEmpty()) {
        return told;
      }
      if (asked.get()) {
        needed = cut;
      } else {
        notNeeded = cut.event();
      }
    }
    return new FailurePlace(needed.icount(), true, OptionalLong.of(needed.event()));
  }

  private Position position(long event) throws IOException {
    try (Logs.Opened again = subject.log().open()) {
      EventCursor cursor = again.reader().cursor();
      while (cursor.next() && cursor.ordinal() < event) {
        // Further.
      }
      return cursor.position();
    }
  }

  private long events() throws IOException {
    return position(Long.MAX_VALUE).event() + 1;
  }

  /** The events at an instruction count and so many behind, or the one that it lies in. */
  private List<Position> due(long icount, int more) throws IOException {
    List<Position> due = new ArrayList<>();
    try (Logs.Opened again = subject.log().open()) {
      EventCursor cursor = again.reader().cursor();
      while (cursor.next() && cursor.icount() <= icount + more) {
        boolean within = cursor.kind() == EventKind.INSTRUCTION && cursor.icountAfter() > icount;
        if (cursor.icount() >= icount || within) {
          due.add(cursor.position());
        }
      }
    }
    return due;
  }

  /**
   * Whether it reads on where the log is cut; nothing where it does neither that nor what it did
   * with the whole log.
   */
  private Optional<Boolean> asksFor(long offset, QemuOutcome whole) throws IOException {
    Path part = subject.folder().path().resolve("part");
    try (InputStream from = Files.newInputStream(subject.file());
        OutputStream to = Files.newOutputStream(part)) {
      Subject.copy(from, to, offset);
    }
    try (Logs.Opened ahead = subject.log().open();
        QemuRun qemu = start(subject.with(part), ahead)) {
      QemuOutcome outcome = qemu.patient(MOVES_NS).to(OptionalLong.empty(), count -> {});
      String said = String.join("\n", outcome.said());
      if (QemuMessage.of(said).meaning() == QemuMessage.Meaning.READ) {
        return Optional.of(true);
      }
      return outcome.ended() == whole.ended() ? Optional.of(false) : Optional.empty();
    }
  }
}
