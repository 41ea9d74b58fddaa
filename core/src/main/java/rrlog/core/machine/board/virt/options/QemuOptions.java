package rrlog.core.machine.board.virt.options;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import rrlog.core.machine.board.virt.MachineConfig;
import rrlog.core.machine.platform.image.HostFile;
import rrlog.core.machine.platform.virtio.PciTransport;
import rrlog.core.qemu.Behaviour;
import rrlog.core.qemu.Release;
import rrlog.core.replay.IcountSettings;

/**
 * Reads the command line of {@code qemu-system-riscv64}.
 *
 * <p>More than 400 lines in one file: the options are one list, each with the few lines that read
 * it.
 */
public final class QemuOptions {
  private static final String DEFAULT_FIRMWARE = "opensbi-riscv64-generic-fw_dynamic.bin";

  /** What QEMU rounds the size of the RAM up to, bytes. */
  private static final long RAM_UNIT = 8192;

  /** Options that a file of {@code -readconfig} may hold. */
  private static final Set<String> SECTIONS =
      Set.of(
          "machine",
          "m",
          "smp",
          "accel",
          "icount",
          "rtc",
          "boot",
          "global",
          "drive",
          "device",
          "netdev",
          "object",
          "chardev",
          "fw_cfg",
          "semihosting-config");

  private final Path directory;
  private final Release release;
  private final MachineConfig.Builder config = MachineConfig.builder();
  private final DiskOptions disks;
  private final DeviceOptions devices;
  private final List<KeyValues> machines = new ArrayList<>();
  private final List<Path> firmwareFolders = new ArrayList<>();
  private Optional<String> bios = Optional.empty();
  private OptionalLong ramSize = OptionalLong.empty();
  private final List<String> serials = new ArrayList<>();
  private boolean nographic;
  private final FwCfgOptions fwCfg;
  private boolean monitorGiven;
  private boolean machineNamed;
  private boolean icountGiven;
  private boolean defaults = true;
  private final SemihostingOptions semihosting = new SemihostingOptions();
  private Optional<String> kernelName = Optional.empty();
  private Optional<String> appended = Optional.empty();
  private boolean initrdGiven;

  private QemuOptions(Path directory, Release release) {
    this.directory = directory;
    this.release = release;
    this.disks = new DiskOptions(directory, release);
    this.devices = new DeviceOptions(directory, disks);
    this.fwCfg = new FwCfgOptions(directory, Behaviour.of(release));
    config.release(release);
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
    QemuOptions options = new QemuOptions(directory, release);
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
        disks.image("image", option);
        continue;
      }
      String name = option.startsWith("--") ? option.substring(2) : option.substring(1);
      if (TracelessOptions.ALONE.contains(name)) {
        continue;
      }
      if (name.equals("nographic")) {
        nographic = true;
        fwCfg.noGraphics();
        continue;
      }
      if (name.equals("semihosting")) {
        semihosting.switchOn();
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
      if (!TracelessOptions.WITH_VALUE.contains(name)) {
        option(name, option, value);
      }
    }
  }

  private static boolean known(String name) {
    return TracelessOptions.WITH_VALUE.contains(name)
        || Set.of(
                "M",
                "machine",
                "accel",
                "cpu",
                "m",
                "smp",
                "bios",
                "kernel",
                "initrd",
                "append",
                "dtb",
                "icount",
                "drive",
                "device",
                "netdev",
                "object",
                "chardev",
                "serial",
                "rtc",
                "monitor",
                "net",
                "nic",
                "global",
                "blockdev",
                "pflash",
                "hda",
                "hdb",
                "hdc",
                "hdd",
                "cdrom",
                "L",
                "boot",
                "uuid",
                "fw_cfg",
                "semihosting-config",
                "readconfig")
            .contains(name);
  }

  private void option(String name, String option, String value) throws BadOptionException {
    switch (name) {
      case "M", "machine" -> machine(new KeyValues(option, value, "type"));
      case "accel" -> {
        KeyValues accel = new KeyValues(option, value, "accel");
        // How QEMU translates; the instructions it runs are the same.
        accel.only(Set.of("accel", "thread", "tb-size", "split-wx", "one-insn-per-tb"));
        if (!accel.require("accel").equals("tcg")) {
          throw accel.bad("accel");
        }
      }
      case "cpu" -> config.cpu(CpuProperties.parse(new KeyValues(option, value, "model"), release));
      case "m" -> {
        KeyValues memory = new KeyValues(option, value, "size");
        memory.only(Set.of("size", "slots", "maxmem"));
        long bytes = Sizes.parse(option, memory.require("size"), 1L << 20);
        if (bytes <= 0 || bytes > Long.MAX_VALUE - RAM_UNIT) {
          throw memory.bad("size");
        }
        ramSize = OptionalLong.of((bytes + RAM_UNIT - 1) & -RAM_UNIT);
      }
      case "smp" -> smp(new KeyValues(option, value, "cpus"));
      case "bios" -> bios = Optional.of(value);
      case "L" -> firmwareFolders.add(file(option, value));
      case "kernel" -> kernel(option, value);
      case "initrd" -> initrd(file(option, value));
      case "append" -> append(value);
      case "dtb" -> config.dtb(file(option, value));
      case "icount" -> icount(new KeyValues(option, value, "shift"));
      case "rtc" -> config.rtc(RtcOptions.parse(new KeyValues(option, value, "base")));
      case "serial" -> serials.add(value);
      case "monitor" -> monitorGiven = true;
      case "net", "nic" -> devices.nic(new KeyValues(option, value, "type"));
      case "boot" -> fwCfg.boot(new KeyValues(option, value, "order"));
      case "uuid" -> fwCfg.uuid(option, value);
      case "fw_cfg" -> fwCfg.file(new KeyValues(option, value, "name"));
      case "semihosting-config" -> semihosting.configure(new KeyValues(option, value, "enable"));
      case "readconfig" -> {
        for (ConfigFile.Section section : ConfigFile.read(option, directory, value)) {
          section(section);
        }
      }
      case "global" -> global(option, value);
      case "drive" -> disks.drive(new KeyValues(option, value, "file"));
      case "pflash" ->
          disks.drive(new KeyValues(option, value.replace(",", ",,") + ",if=pflash", "file"));
      case "hda", "hdb", "hdc", "hdd", "cdrom" -> disks.image("-" + name, value);
      case "blockdev" -> disks.blockdev(new KeyValues(option, value, "driver"));
      case "device" -> devices.device(new KeyValues(option, value, "driver"));
      case "netdev" -> {
        devices.netGiven();
        devices.netdev(new KeyValues(option, value, "type"));
      }
      case "object" -> devices.object(new KeyValues(option, value, "qom-type"));
      case "chardev" -> devices.chardev(new KeyValues(option, value, "backend"));
      default -> throw new BadOptionException(option + ": not supported by rrlog's machine");
    }
  }

  private void section(ConfigFile.Section section) throws BadOptionException {
    if (TracelessOptions.WITH_VALUE.contains(section.option())) {
      return;
    }
    if (!SECTIONS.contains(section.option())) {
      throw new BadOptionException(section.where() + ": not supported by rrlog's machine");
    }
    if (section.option().equals("netdev")) {
      // Unlike the option, it leaves the board's own network as it is.
      devices.netdev(new KeyValues(section.where(), section.value(), "type"));
    } else {
      option(section.option(), section.where(), section.value());
    }
  }

  /** Defaults of devices that can be changed: which interfaces virtio has. */
  private void global(String option, String value) throws BadOptionException {
    KeyValues global = new KeyValues(option, value, "name");
    String name = value;
    boolean on = true;
    if (global.get("driver").isPresent()) {
      global.only(Set.of("driver", "property", "value"));
      name = global.require("driver") + "." + global.require("property");
      on = global.flag("value", false);
    } else if (global.keys().size() == 1) {
      name = global.keys().iterator().next();
      on = global.flag(name, false);
    }
    switch (name) {
      case "virtio-mmio.force-legacy" -> config.modernVirtio(!on);
      case "virtio-pci.disable-legacy" ->
          devices.pciInterfaces(
              on ? PciTransport.Interfaces.MODERN : PciTransport.Interfaces.TRANSITIONAL);
      case "virtio-pci.disable-modern" ->
          devices.pciInterfaces(
              on ? PciTransport.Interfaces.LEGACY : PciTransport.Interfaces.TRANSITIONAL);
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
            "acpi",
            "aia",
            "graphics",
            "usb",
            "dump-guest-core",
            "mem-merge",
            "kernel",
            "initrd",
            "append",
            "dtb",
            "suppress-vmdesc",
            "firmware",
            "memory-backend",
            "pflash0",
            "pflash1"));
    machines.add(machine);
    if (machine.get("type").isPresent()) {
      if (!machine.require("type").equals("virt")) {
        throw machine.bad("type");
      }
      machineNamed = true;
    }
    if (!machine.get("accel").orElse("tcg").equals("tcg")) {
      throw machine.bad("accel");
    }
    if (machine.get("aclint").isPresent()) {
      config.aclint(machine.flag("aclint", false));
    }
    if (!machine.get("aia").orElse("none").equals("none")) {
      throw machine.bad("aia");
    }
    fwCfg.acpi(machine);
    fwCfg.graphics(machine);
    bios = machine.get("firmware").or(() -> bios);
    if (machine.get("kernel").isPresent()) {
      kernel(machine.option() + " kernel", machine.require("kernel"));
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
      return HostFile.named(directory, name);
    } catch (InvalidPathException notAName) {
      throw new BadOptionException(option + " " + name + ": not a file name");
    }
  }

  private void kernel(String option, String name) throws BadOptionException {
    config.kernel(file(option, name));
    kernelName = Optional.of(name);
  }

  private void initrd(Path file) {
    config.initrd(file);
    initrdGiven = true;
  }

  private void append(String commandLine) {
    config.append(commandLine);
    appended = Optional.of(commandLine);
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
    if (initrdGiven && kernelName.isEmpty()) {
      throw new BadOptionException("-initrd only allowed with -kernel option");
    }
    if (appended.isPresent() && kernelName.isEmpty()) {
      throw new BadOptionException("-append only allowed with -kernel option");
    }
    config.bios(firmware());
    config.fwCfg(fwCfg.settings());
    for (KeyValues machine : machines) {
      backends(machine);
    }
    ramSize.ifPresent(config::ramSize);
    List<String> connected = serials.stream().filter(serial -> !serial.equals("none")).toList();
    config.serial(!connected.isEmpty() || serials.isEmpty() && defaults);
    config.muxed(
        serials.isEmpty()
            ? nographic && !monitorGiven && defaults
            : devices.muxed(serials.getFirst()));
    devices.addTo(config, connected, defaults);
    semihosting.settings(kernelName, appended, devices, connected).ifPresent(config::semihosting);
    return config.build();
  }

  /** What a machine is said to be made of, when all of it is described. */
  private void backends(KeyValues machine) throws BadOptionException {
    if (machine.get("memory-backend").isPresent()) {
      long size = devices.memorySize(machine);
      if (size <= 0 || size % 4096 != 0 || ramSize.isPresent() && ramSize.getAsLong() != size) {
        throw machine.bad("memory-backend");
      }
      ramSize = OptionalLong.of(size);
    }
    disks.flash(machine, "pflash0", 0);
    disks.flash(machine, "pflash1", 1);
  }

  /** Firmware by its name, which QEMU looks for in the folders of -L, too. */
  private MachineConfig.Bios firmware() throws BadOptionException {
    String name = bios.orElse("default");
    return switch (name) {
      case "none" -> new MachineConfig.Bios.None();
      case "default" ->
          inFirmwareFolder(DEFAULT_FIRMWARE)
              .<MachineConfig.Bios>map(MachineConfig.Bios.Image::new)
              .orElse(new MachineConfig.Bios.Default());
      default -> {
        Path file = file("-bios", name);
        yield new MachineConfig.Bios.Image(
            Files.exists(file) ? file : inFirmwareFolder(name).orElse(file));
      }
    };
  }

  private Optional<Path> inFirmwareFolder(String name) {
    return firmwareFolders.stream()
        .map(folder -> HostFile.named(folder, name))
        .filter(Files::exists)
        .findFirst();
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
