package rrlog.core.analysis.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import rrlog.core.analysis.doctor.Diagnosis.Severity;
import rrlog.core.event.EventKind;
import rrlog.core.event.Position;

/**
 * Why a QEMU left a log: what it did and what the log has there, together with what is known of the
 * log and the command line.
 */
public final class FailureCause {
  /** What a QEMU did that did not replay a log to its end. */
  public enum Failure {
    /** It still ran and executed nothing any more. */
    STANDSTILL,
    /** It ended by itself, with a message or a signal. */
    END,
    /** It did not begin. */
    REFUSAL
  }

  /**
   * What a log holds where it was left.
   *
   * @param position of that event
   * @param kind empty for the log's end
   * @param name in full, {@code checkpoint/clock-virtual}
   */
  public record Due(Position position, Optional<EventKind> kind, String name) {}

  /** At the end of the log nothing is left to come to. */
  private static final Set<String> AT_THE_END =
      Set.of("shutdown-missing", "end-missing", "event-truncated", "header-unwritten");

  /** Notes about what does no harm to most guests. */
  private static final Set<String> MAY_HANG = Set.of("sleep-off", "network-by-default");

  private static final String FROM_RECORDING =
      "look for what differs from the recording: image, kernel, -append, -m, devices, -icount, the"
          + " QEMU release";

  private static final Diagnosis REFUSED =
      Diagnosis.error(
          "qemu-refused",
          "QEMU is not there, or did not accept its options before it looked at the log: what it"
              + " said tells which",
          "mend the command line; --chdir tells where relative names start");

  private FailureCause() {}

  /**
   * The likely causes, the likeliest first; there is at least one.
   *
   * @param said the last lines that it wrote to standard error
   * @param due empty where it did not begin
   * @param known from {@link LogCheck}
   */
  public static List<Diagnosis> of(
      Failure failure, List<String> said, Optional<Due> due, List<Diagnosis> known) {
    List<Diagnosis> causes = new ArrayList<>();
    List<Diagnosis> bad = known.stream().filter(d -> d.severity() != Severity.NOTE).toList();
    due.ifPresent(there -> bad.stream().filter(d -> isAbout(d, there)).forEach(causes::add));
    QemuMessage message = QemuMessage.of(String.join("\n", said));
    if (failure != Failure.STANDSTILL && message.meaning() != QemuMessage.Meaning.UNKNOWN) {
      causes.add(message.diagnosis(due.map(Due::position)));
    }
    bad.stream().filter(d -> !causes.contains(d) && aboutAll(d)).forEach(causes::add);
    if (failure == Failure.STANDSTILL) {
      due.ifPresent(there -> causes.add(waiting(there).at(there.position())));
    }
    if (causes.isEmpty() && failure == Failure.REFUSAL) {
      causes.add(REFUSED);
    }
    if (causes.isEmpty()) {
      causes.add(message.diagnosis(due.map(Due::position)));
    }
    known.stream().filter(d -> MAY_HANG.contains(d.code())).forEach(causes::add);
    return List.copyOf(causes);
  }

  /** Whether what QEMU said leaves nothing to look for. */
  public static boolean isExplained(List<String> said) {
    return switch (QemuMessage.of(String.join("\n", said)).meaning()) {
      case VERSION, NO_EVENT, CHAR_DEVICE, SNAPSHOT, OPTIONS, OPEN, READ, BLOCKED -> true;
      case CHAR_WRITE, RANDOM, CHAR_READ, AUDIO, WAITING, ASSERTION, UNKNOWN -> false;
    };
  }

  /**
   * What is left where nothing else explains why a QEMU left a log, and other options and other
   * events were tried in vain.
   *
   * @param files that the guest comes from, as the command line names them
   * @param younger those of them that were written after the log
   */
  public static Diagnosis otherGuest(List<String> files, List<String> younger) {
    String suspects =
        !younger.isEmpty()
            ? String.join(", ", younger) + ": written after the log"
            : files.isEmpty()
                ? "firmware, kernel, -append, disk image"
                : String.join(", ", files) + ", -append, firmware";
    return Diagnosis.warning(
        "other-guest",
        "what the guest executes or reads is likely not what was recorded ("
            + suspects
            + "): of the other settings of -icount, -m and devices and the events more or less in"
            + " the log that were tried, none helps",
        "replay with the files of the recording, as they were then");
  }

  /** Whether a diagnosis is of the place, or of what is due there. */
  private static boolean isAbout(Diagnosis known, Due due) {
    if (known.position().isPresent()) {
      long event = known.position().get().event();
      return event == due.position().event()
          || due.kind().isEmpty() && AT_THE_END.contains(known.code());
    }
    return due.kind()
        .map(
            kind ->
                switch (kind) {
                  case ASYNC_BLOCK -> known.code().startsWith("disk-");
                  case ASYNC_NET -> known.code().startsWith("network-");
                  case ASYNC_CHAR_READ, CHAR_WRITE, CHAR_READ_ALL, CHAR_READ_ALL_ERROR ->
                      known.code().equals("muxed-serial");
                  case RANDOM -> known.code().equals("host-random");
                  case INSTRUCTION,
                      INTERRUPT,
                      EXCEPTION,
                      ASYNC_BH,
                      ASYNC_BH_ONESHOT,
                      ASYNC_INPUT,
                      ASYNC_INPUT_SYNC,
                      SHUTDOWN,
                      AUDIO_OUT,
                      AUDIO_IN,
                      CLOCK,
                      CHECKPOINT,
                      END ->
                      false;
                })
        .orElse(false);
  }

  /** Whether a diagnosis may show anywhere: those with a place of their own show there. */
  private static boolean aboutAll(Diagnosis known) {
    return known.position().isEmpty();
  }

  /** What a machine that stands still waits for. */
  private static Diagnosis waiting(Due due) {
    if (due.kind().isEmpty()) {
      return Diagnosis.error(
          "waits-at-end",
          "the log is used up, and nothing in it ended the machine",
          "nothing is lost: end QEMU there; rrlog repair adds what is missing");
    }
    return switch (due.kind().get()) {
      case INSTRUCTION ->
          Diagnosis.error(
              "waits-for-guest",
              "in the log the guest goes on here, and in this machine it is idle: what woke it is"
                  + " not in the log (an event is missing before), or does not come from this"
                  + " machine",
              FROM_RECORDING);
      case ASYNC_BLOCK ->
          Diagnosis.error(
              "waits-for-disk",
              "the log has a finished disk request here, and this machine made none with its"
                  + " number",
              "replay with the drives of the recording, as they were then, behind blkreplay in the"
                  + " same order");
      case ASYNC_NET ->
          Diagnosis.error(
              "waits-for-network",
              "the log has a packet here, for a network that this machine does not have",
              "replay with the networks of the recording, each behind filter-replay");
      case ASYNC_CHAR_READ ->
          Diagnosis.error(
              "waits-for-input",
              "the log has input for a character device here that this machine does not have",
              "replay with the character devices of the recording, in the same order");
      case ASYNC_INPUT, ASYNC_INPUT_SYNC ->
          Diagnosis.error(
              "waits-for-keyboard",
              "the log has a key or a movement of the mouse here, and this machine does not come to"
                  + " take it",
              FROM_RECORDING);
      case ASYNC_BH, ASYNC_BH_ONESHOT ->
          Diagnosis.error(
              "waits-for-device",
              "in the log a device's deferred work is done here, and no device of this machine has"
                  + " any with its number",
              "replay with the devices of the recording; another release of QEMU numbers them"
                  + " differently");
      case CHECKPOINT, CLOCK ->
          Diagnosis.error(
              "waits-for-time",
              "the log has "
                  + due.name()
                  + " here, and this machine does not come to it: its timers expire at other"
                  + " moments (another -icount), or an event before it is missing or too much",
              "replay with the -icount of the recording, and what else sets timers: -rtc, devices");
      case INTERRUPT, EXCEPTION ->
          Diagnosis.error(
              "waits-for-interrupt",
              "in the log the guest is interrupted here, and in this machine nothing interrupts it",
              FROM_RECORDING);
      case SHUTDOWN, END ->
          Diagnosis.error(
              "waits-for-end",
              "the recording was ended here from outside, and QEMU does not come to it: the replay"
                  + " of an idle machine stays in front of it in some releases",
              "nothing is lost: end QEMU there");
      case CHAR_WRITE, CHAR_READ_ALL, CHAR_READ_ALL_ERROR, AUDIO_OUT, AUDIO_IN, RANDOM ->
          Diagnosis.error(
              "waits-for-device",
              "in the log a device does something here ("
                  + due.name()
                  + "), and this machine does nothing any more",
              FROM_RECORDING);
    };
  }
}
