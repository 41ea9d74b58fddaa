package rrlog.core.run.qemu;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import rrlog.core.analysis.doctor.Diagnosis;
import rrlog.core.analysis.doctor.QemuMessage;
import rrlog.core.run.Logs;

/** Re-executions of a log by a stock QEMU: one that is watched, and others that look closer. */
public final class QemuReplay {
  private final Subject subject;
  private final List<MemoryHash> memory = new ArrayList<>();
  private OptionalLong until = OptionalLong.empty();
  private LongConsumer progress = count -> {};
  private volatile boolean stopRequested;
  private Optional<MachineView> machine = Optional.empty();

  /**
   * A replay that has not begun.
   *
   * @param folder for its socket and for parts of the log
   * @param file the log in QEMU's own format
   * @param log opens the same
   * @throws IllegalArgumentException where the command has no {@code -icount}
   */
  public QemuReplay(ReplayCommand command, KeptFolder folder, Path file, Logs log) {
    if (!command.hasIcount()) {
      throw new IllegalArgumentException("-icount is missing");
    }
    this.subject = new Subject(command, folder, file, log);
  }

  /** Stops it at an instruction count that lies before the log's end. */
  public QemuReplay until(long count) {
    until = OptionalLong.of(count);
    return this;
  }

  /** Asks for a hash of physical memory where {@link #run} stops. */
  public QemuReplay hash(long start, long length) {
    memory.add(new MemoryHash(start, length, ""));
    return this;
  }

  /** Has somebody told the instruction count now and then. */
  public QemuReplay progress(LongConsumer told) {
    progress = told;
    return this;
  }

  /** Makes {@link #run} and {@link #place} end soon; may be called from any thread. */
  public void stop() {
    stopRequested = true;
  }

  /** Whether {@link #stop} was called. */
  public boolean stopped() {
    return stopRequested;
  }

  /**
   * Runs it to its end, or until it stands still. QEMU has ended when this returns or throws.
   *
   * @param console gets QEMU's standard output
   * @throws IOException where QEMU cannot be started, the log not be read, or the console not be
   *     written
   */
  public QemuOutcome run(OutputStream console) throws IOException {
    try (Logs.Opened ahead = subject.log().open();
        QemuRun qemu = start(ahead, console)) {
      QemuOutcome outcome = qemu.to(until, progress);
      machine =
          switch (outcome.ended()) {
            case UNTIL, STANDSTILL, INTERRUPTED -> {
              memory.replaceAll(piece -> hashed(piece, qemu));
              yield Optional.of(qemu.view());
            }
            case SHUTDOWN, ERROR, CRASH, REFUSED -> Optional.empty();
          };
      return outcome;
    }
  }

  private QemuRun start(Logs.Opened ahead, OutputStream console) throws IOException {
    return subject.start(ahead, console, () -> stopRequested);
  }

  private MemoryHash hashed(MemoryHash piece, QemuRun qemu) {
    Path saved = subject.folder().path().resolve("memory");
    if (!qemu.saveMemory(piece.start(), piece.length(), saved)) {
      return piece;
    }
    try (InputStream in = Files.newInputStream(saved)) {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      byte[] some = new byte[1 << 16];
      for (int got = in.read(some); got >= 0; got = in.read(some)) {
        sha.update(some, 0, got);
      }
      Files.delete(saved);
      return new MemoryHash(piece.start(), piece.length(), HexFormat.of().formatHex(sha.digest()));
    } catch (IOException gone) {
      return piece;
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(missing);
    }
  }

  /** The hashes that were asked for; without one where QEMU did not stop, or did not answer. */
  public List<MemoryHash> memory() {
    return List.copyOf(memory);
  }

  /** The machine where the last run stopped, or is known to have failed. */
  public Optional<MachineView> machine() {
    return machine;
  }

  /**
   * Where it left the log, as far as the run itself tells.
   *
   * @param outcome of {@link #run}
   */
  public static FailurePlace told(QemuOutcome outcome) {
    QemuMessage message = QemuMessage.of(String.join("\n", outcome.said()));
    return message.event().isPresent()
        ? new FailurePlace(message.icount().orElse(outcome.icount()), true, message.event())
        : new FailurePlace(
            outcome.icount(),
            outcome.ended() == QemuOutcome.Ended.STANDSTILL && outcome.counted(),
            OptionalLong.empty());
  }

  /**
   * Where it left the log, found out by running it again, as far as that goes: to the instruction
   * and to the event.
   *
   * @param outcome of {@link #run}
   * @throws IOException where QEMU cannot be started or the log not be read
   */
  public FailurePlace place(QemuOutcome outcome) throws IOException {
    Narrowing narrowing = new Narrowing(subject, () -> stopRequested);
    FailurePlace place = narrowing.of(outcome, told(outcome));
    machine = machine.or(narrowing::machine);
    return place;
  }

  /**
   * What on the command line or in the log is not as it was when recording, as far as trying others
   * tells.
   *
   * @param place where it left the log
   * @param event ordinal of the log's event there
   * @param length instructions that the log has
   * @throws IOException where QEMU cannot be started or the log not be read
   */
  public Optional<Diagnosis> tried(FailurePlace place, long event, long length) throws IOException {
    return new Trials(subject, place.icount(), length, () -> stopRequested).run(event);
  }

  /** Opens the machine at a place, for who compares two. */
  QemuRun start(Logs.Opened ahead) throws IOException {
    return start(ahead, OutputStream.nullOutputStream());
  }

  /** Opens the log from its start. */
  Logs.Opened open() throws IOException {
    return subject.log().open();
  }
}
