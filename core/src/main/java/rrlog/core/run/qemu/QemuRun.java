package rrlog.core.run.qemu;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import rrlog.core.analysis.doctor.QemuMessage;
import rrlog.core.log.EventCursor;

/** A QEMU that re-executes a log, piece by piece: it can be stopped on the way and asked. */
final class QemuRun implements Closeable {
  /** How often QEMU is asked where it is, milliseconds. */
  private static final long PERIOD = 200;

  /** The same where it is to stop soon. */
  private static final long SHORT_PERIOD = 5;

  /** How long an answer may take before QEMU counts as busy, milliseconds. */
  private static final long ANSWER = 1000;

  /** How long it may take to begin, milliseconds. */
  private static final long START = 10_000;

  /** So many answers a QEMU that is busy may owe: on a loaded machine it gets no time for them. */
  private static final int SILENCE = 30;

  /** More instructions than any log has, so that computing alone is no sign. */
  private static final long UNKNOWN = Long.MAX_VALUE / 1000;

  /** How long writing memory to a file may take, milliseconds. */
  private static final long SAVING = 60_000;

  /** Several may run at once in the same folder. */
  private static final AtomicInteger SOCKETS = new AtomicInteger();

  private static final int SIGNAL = 128;
  private static final int NEXT_INSTRUCTIONS = 8;

  /** Of RISC-V the monitor's expressions know no $pc. */
  private static final Pattern RISCV_PC = Pattern.compile("(?m)^ pc +([0-9a-f]{8,16})$");

  private final QemuProcess process;
  private final BooleanSupplier stopRequested;
  private final LogAhead ahead;
  private final Optional<Qmp> connection;

  private Optional<String> version = Optional.empty();
  private Optional<String> shutdown = Optional.empty();
  private long patience = Standstill.PATIENCE_NS;
  private boolean tellsCount;
  private boolean running;
  private long icount;

  private QemuRun(QemuProcess process, Path socket, EventCursor ahead, BooleanSupplier stop)
      throws InterruptedException {
    this.process = process;
    this.ahead = new LogAhead(ahead);
    this.stopRequested = stop;
    this.connection = connected(socket);
    connection.ifPresent(
        qmp -> {
          qmp.execute("qmp_capabilities", Map.of(), ANSWER);
          version = qmp.execute("query-version", Map.of(), ANSWER).flatMap(QemuRun::version);
          tellsCount = qmp.execute("query-replay", Map.of(), START).isPresent();
        });
  }

  /**
   * Starts QEMU, which then waits at the first instruction.
   *
   * @param folder where its socket is
   * @param log a file in QEMU's own format
   * @param ahead the same log from its start
   * @param console gets QEMU's standard output
   * @param stop makes it end soon
   * @throws IOException where it cannot be started; that there is no such program, it says itself
   */
  static QemuRun start(
      ReplayCommand command,
      KeptFolder folder,
      Path log,
      EventCursor ahead,
      OutputStream console,
      BooleanSupplier stop)
      throws IOException {
    Path socket = folder.path().resolve("qmp" + SOCKETS.incrementAndGet());
    QemuProcess process = QemuProcess.start(command.words(log, socket), command.folder(), console);
    try {
      return new QemuRun(process, socket, ahead, stop);
    } catch (InterruptedException interrupted) {
      process.close();
      throw stopped(interrupted);
    }
  }

  private static IOException stopped(InterruptedException interrupted) {
    Thread.currentThread().interrupt();
    return new IOException("interrupted", interrupted);
  }

  /** Waits for the socket; nothing where QEMU ends before it is there. */
  private Optional<Qmp> connected(Path socket) throws InterruptedException {
    while (!stopRequested.getAsBoolean()) {
      if (Files.exists(socket)) {
        try {
          return Optional.of(Qmp.connect(socket));
        } catch (IOException notYet) {
          // It is made before anybody listens.
        }
      }
      if (process.ended(20).isPresent()) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /**
   * Sets how long it may stand still before it is taken for one that does not go on.
   *
   * @param moves nanoseconds in which it could have run
   */
  QemuRun patient(long moves) {
    patience = moves;
    return this;
  }

  /** Whether it can be stopped at an instruction. */
  boolean stopsAnywhere() {
    return tellsCount;
  }

  /**
   * Goes on to an instruction count, or to its end.
   *
   * @param until more than it has executed; empty for the end
   * @param progress is told the count now and then
   * @return {@code UNTIL} where it has stopped there: it can be asked, and go on
   * @throws IOException where the log cannot be read, the console not be written, or this QEMU not
   *     stop
   */
  QemuOutcome to(OptionalLong until, LongConsumer progress) throws IOException {
    try {
      return connection.isPresent()
          ? watched(connection.get(), until, progress)
          : gone(QemuOutcome.Ended.REFUSED);
    } catch (InterruptedException interrupted) {
      throw stopped(interrupted);
    }
  }

  private QemuOutcome watched(Qmp qmp, OptionalLong until, LongConsumer progress)
      throws IOException, InterruptedException {
    if (until.isPresent()) {
      breakAt(qmp, until.getAsLong());
    }
    boolean goesOn = qmp.execute("cont", Map.of(), START).isPresent();
    if (!goesOn && process.ended(running ? PERIOD : START).isPresent()) {
      qmp.finish();
      note(qmp);
      boolean began = running || leftTheLog();
      return gone(began ? QemuOutcome.Ended.ERROR : QemuOutcome.Ended.REFUSED);
    }
    running = true;
    int silent = 0;
    Standstill standstill = new Standstill(process.sample(icount), patience);
    long period = SHORT_PERIOD;
    while (true) {
      Optional<Integer> ended = process.ended(period);
      period = Math.min(PERIOD, 2 * period);
      if (ended.isPresent()) {
        qmp.finish();
        note(qmp);
        return gone(QemuOutcome.Ended.ERROR);
      }
      Optional<Object> place = qmp.execute("query-replay", Map.of(), ANSWER);
      place.ifPresent(this::reached);
      silent = place.isPresent() ? 0 : silent + 1;
      progress.accept(icount);
      if (until.isPresent() && icount >= until.getAsLong() && paused(qmp)) {
        return outcome(QemuOutcome.Ended.UNTIL, Optional.empty());
      }
      if (stopRequested.getAsBoolean()) {
        return outcome(QemuOutcome.Ended.INTERRUPTED, Optional.empty());
      }
      if (silent > 0 && silent < SILENCE && tellsCount) {
        // Its count is not known; the time that it was kept waiting still adds up.
        process.sample(icount);
      } else if (standstill.seen(process.sample(icount), toNextEvent())) {
        return outcome(QemuOutcome.Ended.STANDSTILL, Optional.empty());
      }
    }
  }

  /** As far as is known: one that does not tell its count may be anywhere. */
  private long toNextEvent() throws IOException {
    return tellsCount ? ahead.from(icount) : UNKNOWN;
  }

  private static void breakAt(Qmp qmp, long count) throws IOException {
    if (qmp.execute("replay-break", Map.of("icount", count), START).isEmpty()) {
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

  private static boolean paused(Qmp qmp) {
    return qmp.execute("query-status", Map.of(), ANSWER)
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
  private QemuOutcome gone(QemuOutcome.Ended failed) throws IOException, InterruptedException {
    Optional<Integer> status = process.ended(TimeUnit.SECONDS.toMillis(1));
    process.settle();
    if (stopRequested.getAsBoolean() || process.wasToldToEnd()) {
      return outcome(QemuOutcome.Ended.INTERRUPTED, status);
    }
    if (status.isEmpty() || status.get() > SIGNAL && !gaveUp()) {
      return outcome(QemuOutcome.Ended.CRASH, status);
    }
    boolean well = status.get() == 0 || shutdown.isPresent();
    return outcome(well ? QemuOutcome.Ended.SHUTDOWN : failed, status);
  }

  /** Whether it said what only a replay says that has begun: it may end before it answers. */
  private boolean leftTheLog() {
    return switch (QemuMessage.of(String.join("\n", process.said())).meaning()) {
      case CHAR_WRITE, RANDOM, CHAR_READ, AUDIO, NO_EVENT, CHAR_DEVICE, WAITING, READ, ASSERTION ->
          true;
      case VERSION, SNAPSHOT, OPTIONS, OPEN, BLOCKED, UNKNOWN -> false;
    };
  }

  /** From 9.0 on it says why and aborts, where it said so and exited before. */
  private boolean gaveUp() {
    return switch (QemuMessage.of(String.join("\n", process.said())).meaning()) {
      case UNKNOWN, ASSERTION -> false;
      case CHAR_WRITE,
          RANDOM,
          CHAR_READ,
          AUDIO,
          VERSION,
          NO_EVENT,
          CHAR_DEVICE,
          SNAPSHOT,
          OPTIONS,
          OPEN,
          WAITING,
          READ,
          BLOCKED ->
          true;
    };
  }

  private QemuOutcome outcome(QemuOutcome.Ended ended, Optional<Integer> status) {
    return new QemuOutcome(ended, icount, tellsCount, version, shutdown, status, process.said());
  }

  /** What the monitor shows of the machine, where it has stopped or stands still. */
  MachineView view() {
    String registers = asked("info registers");
    Matcher pc = RISCV_PC.matcher(registers);
    String from = pc.find() ? "0x" + pc.group(1) : "$pc";
    return new MachineView(icount, registers, asked("x/" + NEXT_INSTRUCTIONS + "i " + from));
  }

  /** What the monitor prints, with the ends of lines that files have; empty without an answer. */
  private String asked(String question) {
    String printed = connection.map(qmp -> qmp.monitor(question, ANSWER)).orElse("");
    return printed.isBlank() ? "" : printed.replace("\r", "").strip() + "\n";
  }

  /**
   * Has QEMU write a piece of physical memory to a file.
   *
   * @return whether it did
   */
  boolean saveMemory(long start, long length, Path file) {
    Map<String, Object> arguments =
        Map.of("val", start, "size", length, "filename", file.toString());
    return connection.isPresent()
        && connection.get().execute("pmemsave", arguments, SAVING).isPresent();
  }

  /** Ends it. */
  @Override
  public void close() throws IOException {
    if (connection.isPresent()) {
      try (Qmp qmp = connection.get()) {
        if (process.isAlive()) {
          qmp.execute("quit", Map.of(), ANSWER);
        }
      }
    }
    process.close();
  }
}
