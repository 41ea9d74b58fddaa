package rrlog.core.analysis.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import rrlog.core.analysis.Problem;
import rrlog.core.analysis.Summary;
import rrlog.core.analysis.doctor.QemuCommand.Setting;
import rrlog.core.event.EventKind;

/** What is wrong with a log, alone and together with the command line that is to replay it. */
public final class LogCheck {
  /** Problems of a log that a repaired copy does not have. */
  private static final Set<String> REPAIRABLE =
      Set.of("header-unwritten", "end-missing", "event-truncated", "data-after-end");

  private static final String REPAIR = "rrlog repair -o GOOD LOG keeps all that can be replayed";

  private LogCheck() {}

  /**
   * The diagnoses, the worst first.
   *
   * @param problems what the validator says
   * @param summary what is in the log
   * @param virtualRtFirst whether the running time was read before the first checkpoint
   * @param command how it is replayed, where that is known
   */
  public static List<Diagnosis> of(
      List<Problem> problems,
      Summary summary,
      boolean virtualRtFirst,
      Optional<QemuCommand> command) {
    List<Diagnosis> found = new ArrayList<>();
    for (Problem problem : problems) {
      found.add(diagnosis(problem));
    }
    if (command.isPresent()) {
      icount(command.get(), virtualRtFirst, summary, found);
      disks(command.get(), summary, found);
      networks(command.get(), summary, found);
      characters(command.get(), summary, found);
      found.addAll(CommandCheck.of(command.get()));
    }
    return CommandCheck.sorted(found);
  }

  private static Diagnosis diagnosis(Problem problem) {
    String remedy =
        REPAIRABLE.contains(problem.code())
            ? REPAIR
            : problem.code().equals("snapshot-loaded")
                ? "record without loadvm, or begin with -loadvm and rrsnapshot="
                : problem.severity() == Problem.Severity.ERROR
                    ? "record again; rrlog slice --to keeps what is before it"
                    : "";
    Diagnosis.Severity severity =
        problem.severity() == Problem.Severity.ERROR
            ? Diagnosis.Severity.ERROR
            : Diagnosis.Severity.WARNING;
    return new Diagnosis(
        severity, problem.code(), Optional.of(problem.position()), problem.message(), remedy);
  }

  /** Only shift=auto reads the running time before the machine is there. */
  private static void icount(
      QemuCommand command, boolean virtualRtFirst, Summary summary, List<Diagnosis> found) {
    Optional<String> shift = command.last("icount").flatMap(icount -> icount.get("shift"));
    if (shift.isEmpty() || summary.events() == 0) {
      return;
    }
    if (shift.get().equals("auto") != virtualRtFirst) {
      found.add(
          Diagnosis.error(
              "other-icount",
              virtualRtFirst
                  ? "the log was recorded with shift=auto, and the command line says shift="
                      + shift.get()
                  : "the log was recorded with a fixed shift, and the command line says shift=auto",
              "replay with the -icount of the recording"));
    }
  }

  private static long count(Summary summary, EventKind kind) {
    return summary.kinds().getOrDefault(kind, 0L);
  }

  private static void disks(QemuCommand command, Summary summary, List<Diagnosis> found) {
    boolean replayed =
        command.named("drive", "blockdev").stream()
            .anyMatch(d -> d.has("driver", "blkreplay") || d.first().equals("blkreplay"));
    if (!replayed && count(summary, EventKind.ASYNC_BLOCK) > 0) {
      found.add(
          Diagnosis.error(
              "disk-missing",
              "the log has "
                  + count(summary, EventKind.ASYNC_BLOCK)
                  + " finished disk requests, and no drive is behind blkreplay",
              "replay with the drives of the recording"));
    }
  }

  private static void networks(QemuCommand command, Summary summary, List<Diagnosis> found) {
    List<Setting> filters =
        command.named("object").stream()
            .filter(object -> object.first().equals("filter-replay"))
            .toList();
    if (!summary.netDevices().isEmpty() && summary.netDevices().last() >= filters.size()) {
      found.add(
          Diagnosis.error(
              "network-missing",
              "the log has packets of filter-replay number "
                  + summary.netDevices().last()
                  + ", and the command line has "
                  + filters.size()
                  + " of them",
              "replay with the network of the recording"));
    }
  }

  private static void characters(QemuCommand command, Summary summary, List<Diagnosis> found) {
    boolean byDefault = !command.has("nodefaults") && !command.has("serial");
    boolean any =
        byDefault
            || command.has("nographic")
            || command.named("serial", "parallel", "monitor", "chardev", "debugcon").stream()
                .anyMatch(option -> !option.value().equals("none"));
    long moved = count(summary, EventKind.CHAR_WRITE) + count(summary, EventKind.ASYNC_CHAR_READ);
    if (!any && moved > 0) {
      found.add(
          Diagnosis.error(
              "serial-missing",
              "the log has "
                  + moved
                  + " writes and reads of a character device, and the command"
                  + " line has no such device",
              "replay with the -serial and -chardev of the recording"));
    }
  }
}
