package rrlog.cli.verb;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongConsumer;
import rrlog.cli.io.ExitStatus;
import rrlog.cli.io.FileNames;
import rrlog.cli.io.Interruption;
import rrlog.cli.io.Palette;
import rrlog.cli.io.Terminal;
import rrlog.cli.render.json.Json;
import rrlog.cli.render.json.QemuReplayDocument;
import rrlog.cli.render.text.QemuReplayText;
import rrlog.core.analysis.doctor.Diagnosis;
import rrlog.core.analysis.doctor.FailureCause;
import rrlog.core.run.qemu.FailurePlace;
import rrlog.core.run.qemu.MachineView;
import rrlog.core.run.qemu.MemoryHash;
import rrlog.core.run.qemu.QemuOutcome;
import rrlog.core.run.qemu.QemuReplay;

/**
 * {@code rrlog replay --engine qemu}: how a stock QEMU re-executed a log, and where and why it left
 * it.
 *
 * @param place where it left the log; empty where it did not
 * @param due what the log holds there
 * @param causes why, the likeliest first
 * @param machine where it stopped
 */
record ReplayByQemu(
    QemuReplaying replaying,
    QemuOutcome outcome,
    Optional<FailurePlace> place,
    Optional<FailureCause.Due> due,
    List<Diagnosis> causes,
    Optional<MachineView> machine) {

  /**
   * Runs it to its end, and again where it left the log, to find out where.
   *
   * @param until instruction count to stop at
   * @param console gets QEMU's standard output
   * @param closer whether to look for the place and the cause by running it again
   * @param progress is told the instruction count now and then
   */
  static ReplayByQemu run(
      QemuReplaying replaying,
      Optional<Long> until,
      OutputStream console,
      boolean closer,
      LongConsumer progress)
      throws IOException {
    QemuReplay replay = replaying.replay().progress(progress);
    until.ifPresent(replay::until);
    try (Interruption.Told told = Interruption.tell(replay::stop)) {
      QemuOutcome outcome = replay.run(console);
      Optional<FailurePlace> place = Optional.empty();
      Optional<FailureCause.Due> due = Optional.empty();
      if (status(outcome) == ExitStatus.FINDING) {
        place = Optional.of(closer ? replay.place(outcome) : QemuReplay.told(outcome));
        due = Optional.of(replaying.due(place.get()));
      }
      List<Diagnosis> causes = new ArrayList<>(replaying.causes(outcome, due));
      if (closer && place.isPresent()) {
        replaying.tried(place.get(), due.orElseThrow()).ifPresent(causes::addFirst);
      }
      return new ReplayByQemu(replaying, outcome, place, due, causes, replay.machine());
    }
  }

  private static int status(QemuOutcome outcome) {
    return switch (outcome.ended()) {
      case SHUTDOWN, UNTIL -> ExitStatus.OK;
      case ERROR, CRASH, STANDSTILL -> ExitStatus.FINDING;
      case REFUSED, INTERRUPTED -> ExitStatus.FAILURE;
    };
  }

  /** The exit status. */
  int status() {
    return status(outcome);
  }

  /** What the monitor printed of the registers. */
  private String registers() {
    return machine.map(MachineView::registers).orElse("");
  }

  /** Registers and hashes of memory, as {@code --state} has them. */
  String state() {
    StringBuilder text = new StringBuilder(registers());
    for (MemoryHash piece : replaying.replay().memory()) {
      text.append(
          String.format(
              Locale.ROOT,
              "memory 0x%x,0x%x sha256 %s%n",
              piece.start(),
              piece.length(),
              piece.sha256().isEmpty() ? "unknown" : piece.sha256()));
    }
    return text.toString();
  }

  /** The report as JSON. */
  void print(Terminal terminal, String file) throws IOException {
    Json.print(
        terminal,
        new QemuReplayDocument(
            FileNames.text(file),
            "qemu",
            replaying.program(),
            outcome.version(),
            outcome.ended().label(),
            outcome.shutdown(),
            outcome.icount(),
            outcome.status(),
            outcome.said(),
            place.map(this::divergence),
            causes.stream().map(QemuReplayDocument.Cause::of).toList(),
            registers(),
            machine.map(MachineView::code).orElse(""),
            replaying.replay().memory()));
  }

  private QemuReplayDocument.Divergence divergence(FailurePlace where) {
    FailureCause.Due there = due.orElseThrow();
    return new QemuReplayDocument.Divergence(
        there.position().event(),
        there.position().offset(),
        where.icount(),
        where.exact(),
        there.name(),
        outcome.ended().label(),
        QemuReplayText.description(outcome));
  }

  /** The same for people. */
  String text(String file, Palette palette) throws IOException {
    QemuReplayText text = new QemuReplayText(file, outcome, palette);
    StringBuilder all = new StringBuilder(text.summary(place, due));
    all.append(text.causes(causes, due));
    if (due.isPresent()) {
      long event = due.get().position().event();
      all.append(text.section("events", replaying.eventsAround(event, palette)));
      machine.ifPresent(
          view -> {
            all.append(text.section("registers", view.registers()));
            all.append(text.section("code", view.code()));
          });
    }
    return all.toString();
  }
}
