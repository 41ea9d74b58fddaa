package rrlog.core.run;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import rrlog.core.event.Event;
import rrlog.core.log.Dialect;
import rrlog.core.log.Dialects;
import rrlog.core.log.InexpressibleEventException;
import rrlog.core.log.LogHeader;
import rrlog.core.log.LogWriter;
import rrlog.core.machine.board.virt.MachineConfig;
import rrlog.core.machine.board.virt.MachineException;
import rrlog.core.machine.board.virt.MachineState;
import rrlog.core.machine.board.virt.VirtMachine;
import rrlog.core.machine.platform.LimitExceededException;
import rrlog.core.replay.DivergenceException;
import rrlog.core.replay.HostTime;
import rrlog.core.replay.InputSource;
import rrlog.core.replay.RandomSource;
import rrlog.core.replay.RecordResult;
import rrlog.core.replay.Recorder;
import rrlog.core.replay.Replay;
import rrlog.core.replay.ReplayLock;

/** The reference machine runs on its own and is recorded. Confined to one thread but for stop. */
public final class RecordingSession implements Closeable {
  private static final int SERIAL = 0;

  private final LogWriter log;
  private final VirtMachine machine;
  private final Recorder recorder;
  private Optional<LimitExceededException> exceeded = Optional.empty();
  private Optional<String> notThere = Optional.empty();

  private RecordingSession(LogWriter log, VirtMachine machine, Recorder recorder) {
    this.log = log;
    this.machine = machine;
    this.recorder = recorder;
  }

  /** The layout that the release of a machine writes. */
  public static Dialect dialect(MachineConfig config) {
    return Dialects.named("qemu-" + config.release().series())
        .orElseThrow(() -> new IllegalStateException("a known release has a dialect"));
  }

  /**
   * Builds the machine; nothing runs yet.
   *
   * @param file where the log goes; it stays the caller's to close
   * @param time the host's clocks
   * @param random the host's entropy
   * @param console where the serial port's output goes
   * @throws CannotReExecuteException where there is no such machine
   * @throws IOException where the log cannot be written
   */
  public static RecordingSession of(
      MachineConfig config,
      OutputStream file,
      HostTime time,
      RandomSource random,
      OutputStream console)
      throws CannotReExecuteException, IOException {
    Dialect dialect = dialect(config);
    LogWriter log = new LogWriter(file, dialect);
    log.header(LogHeader.finished(dialect));
    try {
      VirtMachine machine =
          new VirtMachine(
              config,
              counter ->
                  Replay.recording(
                      counter, event -> write(log, event), ReplayLock.heldByThisThread()),
              new VirtMachine.Host(time, random, console));
      return new RecordingSession(log, machine, new Recorder(machine, time));
    } catch (MachineException impossible) {
      throw new CannotReExecuteException(
          new Obstacle.NoMachine(String.valueOf(impossible.getMessage())));
    }
  }

  private static void write(LogWriter log, Event event) throws IOException {
    try {
      log.event(event);
    } catch (InexpressibleEventException never) {
      throw new IllegalStateException("the machine records what its release records", never);
    }
  }

  /**
   * Connects the serial port with what is typed.
   *
   * @throws IllegalArgumentException with sleep=off, with which nothing typed reaches the guest
   */
  public void input(InputSource source) {
    recorder.input(SERIAL, machine.uart()::room, source);
  }

  /** Ends the recording soon; may be called from another thread. */
  public void stop() {
    recorder.stop();
  }

  /**
   * Records until the guest powers off, or wants more than it may have, and finishes the log.
   *
   * @param limit at most so many instructions
   * @throws IOException where the log or the console cannot be written
   */
  public RecordResult record(long limit) throws IOException {
    try {
      RecordResult result = recorded(limit);
      log.flush();
      return result;
    } catch (UncheckedIOException failure) {
      throw failure.getCause();
    }
  }

  private RecordResult recorded(long limit) {
    try {
      return recorder.record(limit);
    } catch (LimitExceededException reached) {
      exceeded = Optional.of(reached);
      return recorder.cutShort(RecordResult.Ended.BEYOND_LIMIT);
    } catch (DivergenceException elsewhere) {
      notThere = Optional.of(elsewhere.divergence().description());
      return recorder.cutShort(RecordResult.Ended.NOT_THERE);
    }
  }

  /**
   * What the guest asked for that ended the recording with {@link RecordResult.Ended#NOT_THERE}.
   */
  public Optional<String> notThere() {
    return notThere;
  }

  /** The limit that ended the recording with {@link RecordResult.Ended#BEYOND_LIMIT}. */
  public Optional<LimitExceededException> exceeded() {
    return exceeded;
  }

  /** Closes the disk images; where the log goes stays open. */
  @Override
  public void close() throws IOException {
    machine.close();
  }

  /** Bytes of log written so far. */
  public long written() {
    return log.written();
  }

  /**
   * What the guest gave the board's test finisher when it switched the machine off: 0 to 65535, 0
   * where it did not say. QEMU exits with the low byte of it.
   */
  public int guestStatus() {
    return machine.exitCode();
  }

  /** What the machine is now; hashing its memory takes time. */
  public MachineState state() {
    return machine.state();
  }
}
