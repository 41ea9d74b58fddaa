package rrlog.core.run.qemu;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import rrlog.core.analysis.doctor.Diagnosis;
import rrlog.core.event.EventKind;
import rrlog.core.log.EventCursor;
import rrlog.core.run.Logs;

/**
 * Finds out what is not as it was when recording, on a command line or in a log, by trying: where a
 * QEMU gets far behind the place where another left the log, it is what that one differs in.
 */
final class Trials {
  /** A guest that took so many interrupts as recorded has the shift of the recording. */
  private static final int BELIEVED = 8;

  /** How far behind the place one must get, where the log is as long, instructions. */
  private static final long BEYOND = 20_000_000;

  private static final int AT_ONCE = 4;

  /** So many edits are tried before the others of their sort. */
  private static final int LIKELY = 8;

  private static final int MOST = 40;

  /** Of a longer log no copies are made, bytes. */
  private static final long LONGEST = 256L << 20;

  private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(90);

  /** In which one moves that is not stuck, nanoseconds. */
  private static final long MOVES_NS = TimeUnit.SECONDS.toNanos(1);

  private final Subject subject;
  private final BooleanSupplier stop;
  private final long icount;
  private final long length;
  private long farthest;
  private long farthestInput;
  private Optional<LogEdit> input = Optional.empty();
  private final long deadline = System.nanoTime() + PATIENCE_NS;

  /**
   * Trials that have not begun.
   *
   * @param icount where QEMU left the log
   * @param length instructions that the log has
   */
  Trials(Subject subject, long icount, long length, BooleanSupplier stop) {
    this.subject = subject;
    this.icount = icount;
    this.length = length;
    this.stop = stop;
  }

  /**
   * The cause, where a command line or a log is found with which QEMU gets farther.
   *
   * @param event ordinal of the event at which it left the log
   */
  Optional<Diagnosis> run(long event) throws IOException {
    boolean editable = Files.size(subject.file()) <= LONGEST;
    OtherLogs logs = OtherLogs.around(subject.log(), event);
    List<LogEdit> edits = editable ? logs.likely(icount) : List.of();
    long beyond = Math.max(icount + BEYOND, logs.believedAt());
    Optional<Diagnosis> found = commanded(beyond);
    if (found.isEmpty()) {
      found = edited(inTurn(edits), beyond);
    }
    return found.isPresent() ? found : guess();
  }

  /** The likeliest, and among them some that bring input, whose place nothing else shows. */
  private static List<LogEdit> inTurn(List<LogEdit> edits) {
    Set<LogEdit> inTurn = new LinkedHashSet<>(edits.subList(0, Math.min(LIKELY, edits.size())));
    edits.stream()
        .filter(edit -> edit.bringsInput() && edit.undone() == LogEdit.Undone.REMOVAL)
        .limit(LIKELY)
        .forEach(inTurn::add);
    inTurn.addAll(edits.subList(0, Math.min(MOST, edits.size())));
    return List.copyOf(inTurn);
  }

  private boolean goesOn() {
    return System.nanoTime() - deadline < 0 && !stop.getAsBoolean();
  }

  private Optional<Diagnosis> commanded(long beyond) throws IOException {
    List<Trial> trials = new ArrayList<>();
    for (OtherCommand other : OtherCommand.of(subject.command(), interrupts() < BELIEVED)) {
      trials.add(new Trial(other.diagnosis(), subject.with(other.command()), Optional.empty()));
    }
    return first(trials, beyond);
  }

  private Optional<Diagnosis> edited(List<LogEdit> edits, long beyond) throws IOException {
    return first(trials(edits), beyond);
  }

  private List<Trial> trials(List<LogEdit> edits) {
    List<Trial> trials = new ArrayList<>();
    for (LogEdit edit : edits) {
      Path edited = subject.folder().path().resolve("edited-" + trials.size());
      trials.add(new Trial(edit.diagnosis(), subject.with(edited), Optional.of(edit)));
    }
    return trials;
  }

  /** What the guest got from outside cannot be known; that it got something shows. */
  private Optional<Diagnosis> guess() {
    return farthestInput > Math.max(icount, farthest)
        ? input.map(edit -> edit.guess(farthestInput - icount))
        : Optional.empty();
  }

  /**
   * Something that is not as it was, if QEMU gets farther with it.
   *
   * @param edit what has to be done to the log before
   */
  private record Trial(Diagnosis diagnosis, Subject subject, Optional<LogEdit> edit) {}

  /** The first that gets farther. Most stand still, so some at once cost no more than one. */
  private Optional<Diagnosis> first(List<Trial> trials, long beyond) throws IOException {
    try (ExecutorService some = Executors.newFixedThreadPool(AT_ONCE)) {
      for (int from = 0; from < trials.size() && goesOn(); from += AT_ONCE) {
        List<Trial> batch = trials.subList(from, Math.min(from + AT_ONCE, trials.size()));
        List<Future<Long>> running =
            batch.stream().map(trial -> some.submit(() -> reached(trial, beyond))).toList();
        for (int i = 0; i < batch.size(); i++) {
          long reached = running.get(i).get();
          if (reached >= beyond) {
            return Optional.of(batch.get(i).diagnosis());
          }
          batch.get(i).edit().ifPresent(edit -> noteReached(edit, reached));
        }
      }
      return Optional.empty();
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof IOException cause ? cause : new IOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }

  private void noteReached(LogEdit edit, long reached) {
    if (!edit.bringsInput()) {
      farthest = Math.max(farthest, reached);
    } else if (edit.undone() == LogEdit.Undone.REMOVAL && reached > farthestInput) {
      farthestInput = reached;
      input = Optional.of(edit);
    }
  }

  private long interrupts() throws IOException {
    long taken = 0;
    try (Logs.Opened opened = subject.log().open()) {
      EventCursor cursor = opened.reader().cursor();
      while (taken < BELIEVED && cursor.next() && cursor.icount() < icount) {
        taken += cursor.kind() == EventKind.INTERRUPT ? 1 : 0;
      }
    }
    return taken;
  }

  /** How far one gets; the log's end is farther than anything. */
  private long reached(Trial trial, long beyond) throws IOException {
    Subject other = trial.subject();
    if (trial.edit().isPresent()) {
      trial.edit().get().write(subject.file(), other.file());
    }
    try (Logs.Opened ahead = subject.log().open();
        QemuRun qemu = other.start(ahead, OutputStream.nullOutputStream(), () -> !goesOn())) {
      OptionalLong goal =
          beyond < length && qemu.stopsAnywhere() ? OptionalLong.of(beyond) : OptionalLong.empty();
      QemuOutcome outcome = qemu.patient(MOVES_NS).to(goal, count -> {});
      return switch (outcome.ended()) {
        case UNTIL, SHUTDOWN -> Long.MAX_VALUE;
        case ERROR, CRASH, STANDSTILL -> outcome.icount();
        case INTERRUPTED, REFUSED -> 0;
      };
    } finally {
      if (trial.edit().isPresent()) {
        Files.deleteIfExists(other.file());
      }
    }
  }
}
