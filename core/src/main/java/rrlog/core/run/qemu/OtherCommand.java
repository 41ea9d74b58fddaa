package rrlog.core.run.qemu;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import rrlog.core.analysis.doctor.Diagnosis;
import rrlog.core.analysis.doctor.QemuCommand;

/**
 * A command line that differs in one option from the one with which a QEMU left a log.
 *
 * @param code of the cause that it is
 * @param words what is different
 * @param command what is tried
 */
record OtherCommand(String code, String words, ReplayCommand command) {
  private static final String ICOUNT = "other-icount";
  private static final String MEMORY = "other-memory";
  private static final String DEVICES = "other-devices";

  /** What people take, most of all first. */
  private static final List<String> SHIFTS =
      List.of("3", "0", "7", "5", "10", "1", "2", "4", "6", "8", "9");

  /** So many shifts are tried before anything else. */
  private static final int LIKELY = 3;

  /** What people take, the default of most machines first, MiB. */
  private static final List<Long> SIZES = List.of(128L, 256L, 512L, 1024L, 2048L, 64L, 4096L);

  private static final long DEFAULT_SIZE = 128;

  /** What a machine may be without. */
  private static final Set<String> OPTIONAL =
      Set.of("device", "cpu", "append", "initrd", "vga", "usb", "usbdevice", "rtc", "bios", "boot");

  /** The cause that is known where QEMU gets farther with it. */
  Diagnosis diagnosis() {
    return new Diagnosis(
        Diagnosis.Severity.ERROR,
        code,
        Optional.empty(),
        words + " QEMU gets past this place",
        "replay " + words);
  }

  /**
   * Those that are worth a try, the likeliest first.
   *
   * @param anyShift whether the shift may be another
   */
  static List<OtherCommand> of(ReplayCommand command, boolean anyShift) {
    QemuCommand options = QemuCommand.of(command.options());
    List<OtherCommand> shifts = anyShift ? shifts(command, options) : List.of();
    List<OtherCommand> sizes = sizes(command, options);
    int likely = Math.min(LIKELY, shifts.size());
    List<OtherCommand> others = new ArrayList<>(shifts.subList(0, likely));
    others.add(sleep(command, options));
    others.addAll(sizes.subList(0, 2));
    others.addAll(devices(command, options));
    others.addAll(shifts.subList(likely, shifts.size()));
    others.addAll(sizes.subList(2, sizes.size()));
    return others;
  }

  private static String icount(QemuCommand options) {
    return options.last("icount").map(QemuCommand.Setting::value).orElse("");
  }

  private static List<OtherCommand> shifts(ReplayCommand command, QemuCommand options) {
    Optional<String> shift = options.last("icount").flatMap(setting -> setting.get("shift"));
    if (shift.isEmpty() || shift.get().equals("auto")) {
      return List.of();
    }
    return SHIFTS.stream()
        .filter(other -> !other.equals(shift.get()))
        .map(
            other -> {
              String value = icount(options).replace("shift=" + shift.get(), "shift=" + other);
              return new OtherCommand(ICOUNT, "with shift=" + other, command.with(value));
            })
        .toList();
  }

  private static OtherCommand sleep(ReplayCommand command, QemuCommand options) {
    boolean off = options.last("icount").filter(one -> one.has("sleep", "off")).isPresent();
    String changed =
        off
            ? icount(options).replace("sleep=off", "sleep=on")
            : icount(options).replace(",sleep=on", "") + ",sleep=off";
    return new OtherCommand(
        ICOUNT, off ? "with sleep=on" : "with sleep=off", command.with(changed));
  }

  private static List<OtherCommand> sizes(ReplayCommand command, QemuCommand options) {
    long size = options.last("m").flatMap(OtherCommand::mebibytes).orElse(DEFAULT_SIZE);
    return SIZES.stream()
        .filter(other -> other != size)
        .map(other -> new OtherCommand(MEMORY, "with -m " + other, and(command, "-m", "" + other)))
        .toList();
  }

  private static Optional<Long> mebibytes(QemuCommand.Setting memory) {
    String size = memory.get("size").orElseGet(memory::first);
    String digits = size.replaceAll("[^0-9]", "");
    if (digits.isEmpty() || digits.length() > 9) {
      return Optional.empty();
    }
    boolean gibibytes = size.endsWith("G") || size.endsWith("g");
    return Optional.of(Long.parseLong(digits) * (gibibytes ? 1024 : 1));
  }

  private static List<OtherCommand> devices(ReplayCommand command, QemuCommand options) {
    List<OtherCommand> others = new ArrayList<>();
    boolean none = options.named("net", "nic").stream().anyMatch(one -> one.first().equals("none"));
    if (none) {
      String words = "with the machine's own network card (without -net none)";
      others.add(new OtherCommand(DEVICES, words, without(command, "net none", "nic none")));
    } else if (options.named("net", "nic", "netdev").isEmpty()) {
      others.add(new OtherCommand(DEVICES, "with -net none", and(command, "-net", "none")));
    }
    others.add(
        options.has("nodefaults")
            ? new OtherCommand(
                DEVICES,
                "with the machine's own devices (without -nodefaults)",
                without(command, "nodefaults"))
            : new OtherCommand(DEVICES, "with -nodefaults", and(command, "-nodefaults")));
    for (QemuCommand.Setting option : options.options()) {
      if (OPTIONAL.contains(option.name())) {
        others.add(
            new OtherCommand(
                option.name().equals("append") || option.name().equals("initrd")
                    ? "other-guest"
                    : DEVICES,
                "without " + option,
                without(command, (option.name() + " " + option.value()).strip())));
      }
    }
    others.add(
        new OtherCommand(
            DEVICES, "with -device virtio-rng-pci", and(command, "-device", "virtio-rng-pci")));
    return others;
  }

  /** The last one counts. */
  private static ReplayCommand and(ReplayCommand command, String... more) {
    return command.with(Stream.concat(command.options().stream(), Stream.of(more)).toList());
  }

  /** The same without options that are written so, with one dash or two. */
  private static ReplayCommand without(ReplayCommand command, String... options) {
    List<String> left = new ArrayList<>(command.options());
    for (String option : options) {
      for (String dash : List.of("-", "--")) {
        List<String> words = List.of((dash + option).split(" ", 2));
        int at = Collections.indexOfSubList(left, words);
        if (at >= 0) {
          left.subList(at, at + words.size()).clear();
        }
      }
    }
    return command.with(left);
  }
}
