package rrlog.core.run.qemu;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import rrlog.core.log.EventCursor;

/** One re-execution of a log by a stock QEMU. */
public final class QemuReplay {
  /** How often QEMU is asked where it is, milliseconds. */
  private static final long PERIOD = 200;

  /** How long an answer may take before QEMU counts as busy, milliseconds. */
  private static final long ANSWER = 1000;

  /** How long it may take to begin, milliseconds. */
  private static final long START = 10_000;

  private static final int SIGNAL = 128;
  private static final int NEXT_INSTRUCTIONS = 8;

  private final ReplayCommand command;
  private final Path log;
  private final OutputStream console;
  private OptionalLong until = OptionalLong.empty();
  private volatile boolean stopRequested;

  private Optional<String> version = Optional.empty();
  private Optional<String> shutdown = Optional.empty();
  private long icount;

  /**
   * A replay that has not begun.
   *
   * @param log a file in QEMU's own format
   * @param console gets QEMU's standard output
   * @throws IllegalArgumentException where the command has no {@code -icount}
   */
  public QemuReplay(ReplayCommand command, Path log, OutputStream console) {
    if (!command.hasIcount()) {
      throw new IllegalArgumentException("-icount is missing");
    }
    this.command = command;
    this.log = log;
    this.console = console;
  }

  /** Stops it at an instruction count that lies before the log's end. */
  public QemuReplay until(long count) {
    until = OptionalLong.of(count);
    return this;
  }

  /** Makes {@link #run} end soon; may be called from any thread. */
  public void stop() {
    stopRequested = true;
  }

  /**
   * Runs it to its end, or until it stands still. QEMU has ended when this returns or throws.
   *
   * @param ahead the same log from its start
   * @throws IOException where QEMU cannot be started, the log not be read, or the console not be
   *     written
   */
  public QemuOutcome run(EventCursor ahead) throws IOException {
    Path folder = QemuProcess.folder();
    Path socket = folder.resolve("qmp");
    List<String> words = command.words(log, socket);
    try (QemuProcess qemu = QemuProcess.start(words, command.folder(), folder, console)) {
      return watched(qemu, socket, new LogAhead(ahead));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }

  private QemuOutcome watched(QemuProcess qemu, Path socket, LogAhead ahead)
      throws IOException, InterruptedException {
    Optional<Qmp> connected = connected(qemu, socket);
    if (connected.isEmpty()) {
      return gone(qemu, QemuOutcome.Ended.REFUSED);
    }
    try (Qmp qmp = connected.get()) {
      qmp.execute("qmp_capabilities", "{}", ANSWER);
      version = qmp.execute("query-version", "{}", ANSWER).flatMap(QemuReplay::version);
      if (until.isPresent()) {
        breakAt(qmp, until.getAsLong());
      }
      if (qmp.execute("cont", "{}", START).isEmpty() && qemu.ended(START).isPresent()) {
        return gone(qemu, QemuOutcome.Ended.REFUSED);
      }
      Standstill standstill = new Standstill(qemu.sample(0));
      while (true) {
        Optional<Integer> ended = qemu.ended(PERIOD);
        if (ended.isPresent()) {
          qmp.finish();
          note(qmp);
          return gone(qemu, QemuOutcome.Ended.ERROR);
        }
        Optional<Object> place = qmp.execute("query-replay", "{}", ANSWER);
        place.ifPresent(this::reached);
        if (until.isPresent() && icount >= until.getAsLong() && stopped(qmp)) {
          return there(qemu, qmp, QemuOutcome.Ended.UNTIL);
        }
        if (stopRequested) {
          return there(qemu, qmp, QemuOutcome.Ended.INTERRUPTED);
        }
        if (standstill.seen(qemu.sample(icount), ahead.from(icount))) {
          return there(qemu, qmp, QemuOutcome.Ended.STANDSTILL);
        }
      }
    }
  }

  /** Waits for the socket; nothing where QEMU ends before it is there. */
  private Optional<Qmp> connected(QemuProcess qemu, Path socket)
      throws IOException, InterruptedException {
    while (!stopRequested) {
      if (Files.exists(socket)) {
        try {
          return Optional.of(Qmp.connect(socket));
        } catch (IOException notYet) {
          // It is made before anybody listens.
        }
      }
      if (qemu.ended(20).isPresent()) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static void breakAt(Qmp qmp, long count) throws IOException {
    if (qmp.execute("replay-break", "{\"icount\":" + count + "}", START).isEmpty()) {
      throw new IOException("this QEMU cannot stop at an instruction (no replay-break)");
    }
  }

  private void note(Qmp qmp) {
    for (Map<String, Object> event : qmp.events("SHUTDOWN")) {
      if (event.get("data") instanceof Map<?, ?> data && data.get("reason") != null) {
        shutdown = Optional.of(String.valueOf(data.get("reason")));
      }
    }
  }

  private void reached(Object place) {
    if (place instanceof Map<?, ?> map && map.get("icount") instanceof Long count) {
      icount = Math.max(icount, count);
    }
  }

  private static boolean stopped(Qmp qmp) {
    return qmp.execute("query-status", "{}", ANSWER)
        .map(status -> status instanceof Map<?, ?> map && Boolean.FALSE.equals(map.get("running")))
        .orElse(false);
  }

  private static Optional<String> version(Object answer) {
    return answer instanceof Map<?, ?> map && map.get("qemu") instanceof Map<?, ?> qemu
        ? Optional.of(qemu.get("major") + "." + qemu.get("minor") + "." + qemu.get("micro"))
        : Optional.empty();
  }

  /**
   * The outcome of a QEMU that has ended, or ends now.
   *
   * @param failed what it is where its exit status says that it failed
   */
  private QemuOutcome gone(QemuProcess qemu, QemuOutcome.Ended failed)
      throws IOException, InterruptedException {
    Optional<Integer> status = qemu.ended(TimeUnit.SECONDS.toMillis(1));
    qemu.settle();
    QemuOutcome.Ended ended =
        stopRequested
            ? QemuOutcome.Ended.INTERRUPTED
            : status
                .map(
                    code ->
                        code > SIGNAL
                            ? QemuOutcome.Ended.CRASH
                            : code == 0 || shutdown.isPresent()
                                ? QemuOutcome.Ended.SHUTDOWN
                                : failed)
                .orElse(QemuOutcome.Ended.CRASH);
    return outcome(ended, status, qemu, "", "");
  }

  /** The outcome of a QEMU that is still there, to be ended. */
  private QemuOutcome there(QemuProcess qemu, Qmp qmp, QemuOutcome.Ended ended) {
    String registers = lines(qmp.monitor("info registers", ANSWER));
    String code = lines(qmp.monitor("x/" + NEXT_INSTRUCTIONS + "i $pc", ANSWER));
    qmp.execute("quit", "{}", ANSWER);
    return outcome(ended, Optional.empty(), qemu, registers, code);
  }

  /** What a monitor printed, with the ends of lines that files have. */
  private static String lines(String printed) {
    return printed.isBlank() ? "" : printed.replace("\r", "").strip() + "\n";
  }

  private QemuOutcome outcome(
      QemuOutcome.Ended ended,
      Optional<Integer> status,
      QemuProcess qemu,
      String registers,
      String code) {
    return new QemuOutcome(ended, icount, version, shutdown, status, qemu.said(), registers, code);
  }
}
