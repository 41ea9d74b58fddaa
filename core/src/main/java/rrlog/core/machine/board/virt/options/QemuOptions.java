package rrlog.core.machine.board.virt.options;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import rrlog.core.machine.board.virt.MachineConfig;
import rrlog.core.qemu.Release;
import rrlog.core.replay.IcountSettings;

/** Reads the command line of {@code qemu-system-riscv64}. */
public final class QemuOptions {
  /** Options with a value that change nothing for the guest. */
  private static final Set<String> IGNORED_WITH_VALUE =
      Set.of(
          "display",
          "vga",
          "qmp",
          "qmp-pretty",
          "mon",
          "name",
          "D",
          "d",
          "dfilter",
          "trace",
          "pidfile",
          "gdb",
          "k",
          "msg",
          "sandbox",
          "runas",
          "overcommit",
          "parallel",
          "debugcon",
          "seed",
          "action",
          "plugin",
          "fsdev",
          "chroot",
          "readconfig",
          "writeconfig",
          "run-with",
          "L",
          "uuid");

  private static final Set<String> IGNORED_ALONE =
      Set.of(
          "S",
          "s",
          "no-reboot",
          "no-shutdown",
          "daemonize",
          "no-user-config",
          "only-migratable",
          "enable-sync-profile",
          "no-fd-bootchk",
          "no-hpet",
          "no-acpi");

  private final Path directory;
  private final MachineConfig.Builder config = MachineConfig.builder();
  private final DeviceOptions devices;
  private final List<String> serials = new ArrayList<>();
  private boolean nographic;
  private boolean monitorGiven;
  private boolean machineNamed;
  private boolean icountGiven;
  private boolean defaults = true;
  private boolean kernelGiven;
  private boolean initrdGiven;
  private boolean appendGiven;

  private QemuOptions(Path directory) {
    this.directory = directory;
    this.devices = new DeviceOptions(directory);
  }

  /**
   * Reads a command line.
   *
   * @param arguments with or without the program's name in front
   * @param directory where relative file names start
   * @param release the release whose behaviour is wanted
   * @throws BadOptionException where an option is wrong, or cannot be ignored and is not understood
   */
  public static MachineConfig parse(List<String> arguments, Path directory, Release release)
      throws BadOptionException {
    QemuOptions options = new QemuOptions(directory);
    options.config.release(release);
    options.read(arguments);
    return options.finish();
  }

  private void read(List<String> arguments) throws BadOptionException {
    int at = 0;
    if (!arguments.isEmpty() && !arguments.getFirst().startsWith("-")) {
      String first = arguments.getFirst();
      String program = first.substring(first.lastIndexOf('/') + 1);
      if (!program.startsWith("qemu-system-riscv64")) {
        throw new BadOptionException(
            first + ": expected qemu-system-riscv64 or one of its options");
      }
      at = 1;
    }
    while (at < arguments.size()) {
      String option = arguments.get(at++);
      if (!option.startsWith("-") || option.equals("-")) {
        throw new BadOptionException(option + ": disk images without an option are not supported");
      }
      String name = option.startsWith("--") ? option.substring(2) : option.substring(1);
      if (IGNORED_ALONE.contains(name)) {
        continue;
      }
      if (name.equals("nographic")) {
        nographic = true;
        continue;
      }
      if (name.equals("nodefaults")) {
        defaults = false;
        continue;
      }
      if (at == arguments.size()) {
        throw new BadOptionException(
            known(name)
                ? option + " needs a value"
                : option + ": not supported by rrlog's machine");
      }
      String value = arguments.get(at++);
      if (!IGNORED_WITH_VALUE.contains(name)) {
        option(name, option, value);
      }
    }
  }

  private static boolean known(String name) {
    return IGNORED_WITH_VALUE.contains(name)
        || Set.of(
                "M", "machine", "accel", "cpu", "m", "smp", "bios", "kernel", "initrd", "append",
                "dtb", "icount", "drive", "device", "netdev", "object", "chardev", "serial", "rtc",
                "monitor", "net", "nic", "global")
            .contains(name);
  }

  private void option(String name, String option, String value) throws BadOptionException {
    switch (name) {
      case "M", "machine" -> machine(new KeyValues(option, value, "type"));
      case "accel" -> {
        KeyValues accel = new KeyValues(option, value, "accel");
        if (!accel.require("accel").equals("tcg")) {
          throw accel.bad("accel");
        }
      }
      case "cpu" -> cpu(new KeyValues(option, value, "model"));
      case "m" -> {
        KeyValues memory = new KeyValues(option, value, "size");
        memory.only(Set.of("size", "slots", "maxmem"));
        long bytes = Sizes.parse(option, memory.require("size"), 1L << 20);
        if (bytes <= 0 || bytes % 4096 != 0) {
          throw memory.bad("size");
        }
        config.ramSize(bytes);
      }
      case "smp" -> smp(new KeyValues(option, value, "cpus"));
      case "bios" ->
          config.bios(
              switch (value) {
                case "none" -> new MachineConfig.Bios.None();
                case "default" -> new MachineConfig.Bios.Default();
                default -> new MachineConfig.Bios.Image(file(option, value));
              });
      case "kernel" -> kernel(file(option, value));
      case "initrd" -> initrd(file(option, value));
      case "append" -> append(value);
      case "dtb" -> config.dtb(file(option, value));
      case "icount" -> icount(new KeyValues(option, value, "shift"));
      case "rtc" -> rtc(new KeyValues(option, value, "base"));
      case "serial" -> serials.add(value);
      case "monitor" -> monitorGiven = true;
      case "net", "nic" -> {
        if (!value.equals("none")) {
          throw new BadOptionException(option + " " + value + ": use -netdev and -device");
        }
      }
      case "global" -> global(option, value);
      case "drive" -> devices.drive(new KeyValues(option, value, "file"));
      case "device" -> devices.device(new KeyValues(option, value, "driver"));
      case "netdev" -> devices.netdev(new KeyValues(option, value, "type"));
      case "object" -> devices.object(new KeyValues(option, value, "qom-type"));
      case "chardev" -> devices.chardev(new KeyValues(option, value, "backend"));
      default -> throw new BadOptionException(option + ": not supported by rrlog's machine");
    }
  }

  /** The one default of a device's that can be changed: which interface virtio-mmio has. */
  private void global(String option, String value) throws BadOptionException {
    switch (value) {
      case "virtio-mmio.force-legacy=false",
          "virtio-mmio.force-legacy=off",
          "driver=virtio-mmio,property=force-legacy,value=false",
          "driver=virtio-mmio,property=force-legacy,value=off" ->
          config.modernVirtio(true);
      case "virtio-mmio.force-legacy=true",
          "virtio-mmio.force-legacy=on",
          "driver=virtio-mmio,property=force-legacy,value=true",
          "driver=virtio-mmio,property=force-legacy,value=on" ->
          config.modernVirtio(false);
      default ->
          throw new BadOptionException(option + " " + value + ": not supported by rrlog's machine");
    }
  }

  private void machine(KeyValues machine) throws BadOptionException {
    machine.only(
        Set.of(
            "type",
            "accel",
            "aclint",
            "aia",
            "graphics",
            "usb",
            "dump-guest-core",
            "mem-merge",
            "kernel",
            "initrd",
            "append",
            "dtb",
            "suppress-vmdesc"));
    if (machine.get("type").isPresent()) {
      if (!machine.require("type").equals("virt")) {
        throw machine.bad("type");
      }
      machineNamed = true;
    }
    if (!machine.get("accel").orElse("tcg").equals("tcg")) {
      throw machine.bad("accel");
    }
    if (machine.flag("aclint", false)) {
      throw machine.bad("aclint");
    }
    if (!machine.get("aia").orElse("none").equals("none")) {
      throw machine.bad("aia");
    }
    if (machine.get("kernel").isPresent()) {
      kernel(file(machine.option() + " kernel", machine.require("kernel")));
    }
    if (machine.get("initrd").isPresent()) {
      initrd(file(machine.option() + " initrd", machine.require("initrd")));
    }
    if (machine.get("append").isPresent()) {
      append(machine.require("append"));
    }
    if (machine.get("dtb").isPresent()) {
      config.dtb(file(machine.option() + " dtb", machine.require("dtb")));
    }
  }

  private Path file(String option, String name) throws BadOptionException {
    try {
      return directory.resolve(name);
    } catch (InvalidPathException notAName) {
      throw new BadOptionException(option + " " + name + ": not a file name");
    }
  }

  private void kernel(Path file) {
    config.kernel(file);
    kernelGiven = true;
  }

  private void initrd(Path file) {
    config.initrd(file);
    initrdGiven = true;
  }

  private void append(String commandLine) {
    config.append(commandLine);
    appendGiven = true;
  }

  private static void cpu(KeyValues cpu) throws BadOptionException {
    cpu.only(Set.of("model"));
    if (!cpu.require("model").equals("rv64")) {
      throw cpu.bad("model");
    }
  }

  private static void smp(KeyValues smp) throws BadOptionException {
    smp.only(Set.of("cpus", "sockets", "dies", "clusters", "cores", "threads", "maxcpus"));
    for (String count :
        List.of("cpus", "sockets", "dies", "clusters", "cores", "threads", "maxcpus")) {
      if (smp.number(count, 1) != 1) {
        throw new BadOptionException(
            smp.option() + ": record/replay works with one CPU only (" + count + ")");
      }
    }
  }

  private static void rtc(KeyValues rtc) throws BadOptionException {
    rtc.only(Set.of("base", "clock", "driftfix"));
    if (!rtc.get("base").orElse("utc").equals("utc")) {
      throw rtc.bad("base");
    }
    if (!rtc.get("clock").orElse("host").equals("host")) {
      throw rtc.bad("clock");
    }
  }

  private void icount(KeyValues icount) throws BadOptionException {
    icount.only(Set.of("shift", "align", "sleep", "rr", "rrfile", "rrsnapshot"));
    // A snapshot made at the start of a recording leaves nothing in the log.
    if (icount.flag("align", false)) {
      throw icount.bad("align");
    }
    boolean sleep = icount.flag("sleep", true);
    if (icount.require("shift").equals("auto")) {
      if (!sleep) {
        throw new BadOptionException(
            icount.option() + ": shift=auto and sleep=off are incompatible");
      }
      config.icount(IcountSettings.automatic());
    } else {
      long shift = icount.number("shift", 0);
      if (shift < 0 || shift > IcountSettings.MAX_SHIFT) {
        throw icount.bad("shift");
      }
      config.icount(IcountSettings.fixed((int) shift, sleep));
    }
    icountGiven = true;
  }

  private MachineConfig finish() throws BadOptionException {
    if (!machineNamed) {
      throw new BadOptionException("-machine virt is missing: no other machine can be emulated");
    }
    if (!icountGiven) {
      throw new BadOptionException(
          "-icount shift=N|auto[,sleep=on|off] is missing: how the log was recorded");
    }
    if (initrdGiven && !kernelGiven) {
      throw new BadOptionException("-initrd only allowed with -kernel option");
    }
    if (appendGiven && !kernelGiven) {
      throw new BadOptionException("-append only allowed with -kernel option");
    }
    List<String> connected = serials.stream().filter(serial -> !serial.equals("none")).toList();
    config.serial(!connected.isEmpty() || serials.isEmpty() && defaults);
    config.muxed(
        serials.isEmpty()
            ? nographic && !monitorGiven && defaults
            : devices.muxed(serials.getFirst()));
    devices.addTo(config, connected);
    return config.build();
  }

  static Optional<Integer> slot(KeyValues device) throws BadOptionException {
    Optional<String> bus = device.get("bus");
    if (bus.isEmpty()) {
      return Optional.empty();
    }
    String prefix = "virtio-mmio-bus.";
    if (bus.get().startsWith(prefix) && bus.get().length() == prefix.length() + 1) {
      int slot = bus.get().charAt(prefix.length()) - '0';
      if (slot >= 0 && slot < 8) {
        return Optional.of(slot);
      }
    }
    throw device.bad("bus");
  }
}
