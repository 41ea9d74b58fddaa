package rrlog.core.analysis.doctor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import rrlog.core.analysis.doctor.QemuCommand.Setting;

/**
 * What on a command line of QEMU keeps a recording from being replayed ({@code docs/recording.md}
 * has the reasons).
 */
public final class CommandCheck {
  private static final Set<String> DISKS = Set.of("hda", "hdb", "hdc", "hdd", "cdrom", "fda", "sd");

  /** Devices that reach into the host where no log looks. */
  private static final Set<String> HOST_DEVICES =
      Set.of("vfio-pci", "usb-host", "usb-redir", "virtio-9p-pci", "virtio-9p-device");

  private final QemuCommand command;
  private final List<Diagnosis> found = new ArrayList<>();

  private CommandCheck(QemuCommand command) {
    this.command = command;
  }

  /** What is wrong with it, the worst first. */
  public static List<Diagnosis> of(QemuCommand command) {
    CommandCheck check = new CommandCheck(command);
    check.icount();
    check.processors();
    check.disks();
    check.networks();
    check.ownNetwork();
    check.serial();
    check.host();
    check.sources();
    return sorted(check.found);
  }

  static List<Diagnosis> sorted(List<Diagnosis> found) {
    return found.stream().sorted(Comparator.comparing(Diagnosis::severity)).toList();
  }

  private void icount() {
    Optional<Setting> icount = command.last("icount");
    if (icount.isEmpty()) {
      found.add(
          Diagnosis.error(
              "no-icount",
              "there is no -icount: nothing is recorded, and nothing can be replayed",
              "add -icount shift=auto,rr=record,rrfile=FILE"));
    } else if (icount.get().get("rr").isEmpty()) {
      found.add(
          Diagnosis.note(
              "no-rr",
              "-icount says neither rr=record nor rr=replay",
              "add rr=record,rrfile=FILE to record"));
    }
  }

  private void processors() {
    boolean kvm =
        command.has("enable-kvm")
            || command.named("accel").stream().anyMatch(o -> !o.first().equals("tcg"))
            || command.named("M", "machine").stream()
                .flatMap(o -> o.get("accel").stream())
                .anyMatch(accel -> !accel.equals("tcg"));
    if (kvm) {
      found.add(
          Diagnosis.error(
              "accelerator",
              "only TCG counts instructions: KVM and other accelerators cannot record",
              "take -accel tcg"));
    }
    command
        .last("smp")
        .filter(smp -> !one(smp))
        .ifPresent(
            smp ->
                found.add(
                    Diagnosis.error(
                        "several-cpus",
                        smp + ": QEMU records and replays one CPU",
                        "leave -smp away")));
  }

  private static boolean one(Setting smp) {
    Optional<String> stated =
        smp.get("cpus").or(() -> Optional.of(smp.first()).filter(first -> !first.isEmpty()));
    return stated.isPresent()
        ? stated.get().equals("1")
        : Stream.of("sockets", "dies", "clusters", "cores", "threads")
            .flatMap(key -> smp.get(key).stream())
            .allMatch("1"::equals);
  }

  private void disks() {
    Set<String> behind = replayed().collect(Collectors.toSet());
    List<Setting> drives = command.named("drive", "blockdev");
    for (Setting drive : drives) {
      boolean wrapper = drive.has("driver", "blkreplay") || drive.first().equals("blkreplay");
      String name = drive.get("id").or(() -> drive.get("node-name")).orElse("");
      if (isFolder(drive)) {
        found.add(
            Diagnosis.error(
                "fat-drive",
                drive + ": a folder as a FAT disk changes with the folder",
                "make an image of it"));
      }
      if (!wrapper && !behind.contains(name) && !drive.has("if", "pflash") && reached(drive)) {
        found.add(notReplayed(drive));
      } else if (behind.contains(name) && written(drive)) {
        found.add(
            Diagnosis.note(
                "disk-changes",
                drive + ": what the guest writes stays in the image, and replay begins with it",
                "add snapshot=on to the drive, or keep a copy of the image for replay"));
      }
    }
    command.options().stream()
        .filter(option -> DISKS.contains(option.name()))
        .forEach(option -> found.add(notReplayed(option)));
  }

  private static boolean isFolder(Setting drive) {
    return drive.get("file").or(() -> drive.get("filename")).orElse("").startsWith("fat:")
        || drive.has("driver", "vvfat")
        || drive.has("format", "vvfat")
        || drive.has("file.driver", "vvfat");
  }

  private static Diagnosis notReplayed(Setting drive) {
    return Diagnosis.error(
        "disk-without-blkreplay",
        drive + ": when its requests end is not in the log",
        "put it behind -drive driver=blkreplay,if=none,image=ID,id=ID-rr and give the device"
            + " drive=ID-rr");
  }

  private Stream<String> replayed() {
    return command.named("drive", "blockdev").stream()
        .filter(d -> d.has("driver", "blkreplay") || d.first().equals("blkreplay"))
        .flatMap(d -> d.get("image").stream());
  }

  /** Whether a device of the machine uses it: any but one that waits for a device and has none. */
  private boolean reached(Setting drive) {
    String name = drive.get("id").or(() -> drive.get("node-name")).orElse("");
    boolean waits = drive.name().equals("blockdev") || drive.has("if", "none");
    return !waits || command.named("device").stream().anyMatch(d -> d.has("drive", name));
  }

  private boolean written(Setting drive) {
    return !command.has("snapshot")
        && !drive.has("snapshot", "on")
        && !drive.has("readonly", "on")
        && !drive.has("read-only", "on")
        && !drive.has("media", "cdrom");
  }

  private void networks() {
    Set<String> filtered =
        command.named("object").stream()
            .filter(object -> object.first().equals("filter-replay"))
            .flatMap(object -> object.get("netdev").stream())
            .collect(Collectors.toSet());
    for (Setting net : command.named("netdev")) {
      if (!filtered.contains(net.get("id").orElse(""))) {
        found.add(
            Diagnosis.error(
                "network-without-filter",
                net + ": the packets that come in are not in the log",
                "add -object filter-replay,id=rr0,netdev=" + net.get("id").orElse("ID")));
      }
    }
    command.named("nic", "net").stream()
        .filter(net -> !Set.of("none", "nic").contains(net.first()))
        .forEach(
            net ->
                found.add(
                    Diagnosis.error(
                        "network-without-filter",
                        net + ": the packets that come in are not in the log",
                        "take -netdev ...,id=n0 -object filter-replay,id=rr0,netdev=n0 and a"
                            + " -device with netdev=n0")));
    boolean cards =
        command.named("device").stream()
            .anyMatch(d -> d.first().startsWith("virtio-net") && !d.has("tx", "timer"));
    if (cards) {
      found.add(
          Diagnosis.warning(
              "virtio-net-tx",
              "virtio-net sends in a bottom half, which QEMU before 9.1 does not record: its replay"
                  + " hangs when the guest sends",
              "add tx=timer to the device"));
    }
  }

  /** The card that a PC has where nothing is said about networks. */
  private void ownNetwork() {
    boolean said = command.has("nodefaults") || !command.named("net", "nic", "netdev").isEmpty();
    boolean pc =
        command.named("M", "machine").stream()
            .map(option -> option.get("type").orElseGet(option::first))
            .allMatch(name -> name.startsWith("pc") || name.startsWith("q35"));
    if (!said && pc) {
      found.add(
          Diagnosis.note(
              "network-by-default",
              "a PC has a network card with a network behind it by default: what comes in once the"
                  + " guest sends is not in the log",
              "add -nic none, or a network behind filter-replay"));
    }
  }

  private void serial() {
    boolean muxed =
        command.has("nographic") && !command.has("serial") && !command.has("monitor")
            || command.named("serial", "monitor", "parallel").stream()
                .anyMatch(option -> option.value().startsWith("mon:"))
            || command.named("chardev").stream().anyMatch(option -> option.has("mux", "on"));
    if (muxed) {
      found.add(
          Diagnosis.warning(
              "muxed-serial",
              "the serial port is shared with the monitor, and what is typed there is not recorded"
                  + " before QEMU 9.1",
              "take -serial stdio -monitor none -display none"));
    }
  }

  private void host() {
    command.named("device").stream()
        .filter(d -> HOST_DEVICES.contains(d.first()) || d.first().startsWith("vhost-"))
        .forEach(
            d ->
                found.add(
                    Diagnosis.error(
                        "host-device",
                        d + ": what the host does there is not in the log",
                        "leave it away")));
    command.named("virtfs", "fsdev").stream()
        .forEach(
            option ->
                found.add(
                    Diagnosis.error(
                        "host-folder",
                        option + ": a folder of the host is not in the log",
                        "put the files into an image behind blkreplay, or an initrd")));
    command.named("object").stream()
        .filter(object -> Set.of("rng-random", "rng-egd").contains(object.first()))
        .forEach(
            object ->
                found.add(
                    Diagnosis.error(
                        "host-random",
                        object + ": its random bytes are not in the log",
                        "take -object rng-builtin")));
  }

  private void sources() {
    command
        .last("rtc")
        .filter(rtc -> rtc.has("base", "localtime"))
        .ifPresent(
            rtc ->
                found.add(
                    Diagnosis.warning(
                        "rtc-localtime",
                        rtc + ": the guest's clock follows the host's time zone, also in replay",
                        "take -rtc base=utc, or a date")));
    if (command.last("rtc").flatMap(rtc -> rtc.get("base")).isEmpty()) {
      found.add(
          Diagnosis.note(
              "rtc-now",
              "the guest's clock starts with the host's: two recordings differ",
              "-rtc base=2020-01-01,clock=vm makes it the same each time"));
    }
    if (!command.has("seed")) {
      found.add(
          Diagnosis.note(
              "no-seed",
              "random numbers are the host's: two recordings differ",
              "-seed N makes them the same each time"));
    }
    Optional<Setting> icount = command.last("icount");
    if (icount.filter(i -> i.has("sleep", "off")).isPresent()) {
      found.add(
          Diagnosis.note(
              "sleep-off",
              "with sleep=off QEMU from 7.1 on records nothing that comes from outside while the"
                  + " guest is idle: a guest that waits for input or a disk stands still",
              "take sleep=on, the default, where it has either"));
    }
  }
}
