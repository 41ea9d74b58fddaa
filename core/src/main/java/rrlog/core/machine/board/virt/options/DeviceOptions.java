package rrlog.core.machine.board.virt.options;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import rrlog.core.machine.board.virt.MachineConfig;
import rrlog.core.machine.platform.disk.DiskFormat;

/** The options that describe devices and what is behind them; put together when all are read. */
final class DeviceOptions {
  private static final List<Byte> DEFAULT_MAC =
      List.of((byte) 0x52, (byte) 0x54, (byte) 0x00, (byte) 0x12, (byte) 0x34);

  /** Backends by id. */
  private record Drive(
      Optional<Path> file, Optional<DiskFormat> format, Optional<String> image, boolean readOnly) {}

  private final Set<String> muxes = new HashSet<>();
  private int captures;
  private final Path directory;
  private final Map<String, Drive> drives = new LinkedHashMap<>();
  private final Map<Integer, MachineConfig.Flash> flash = new TreeMap<>();
  private final Set<String> netdevs = new HashSet<>();
  private final Set<String> entropy = new HashSet<>();
  private final Set<String> chardevs = new HashSet<>();
  private final List<String> filteredNetdevs = new ArrayList<>();
  private final List<KeyValues> devices = new ArrayList<>();

  DeviceOptions(Path directory) {
    this.directory = directory;
  }

  void drive(KeyValues drive) throws BadOptionException {
    drive.only(
        Set.of(
            "file",
            "if",
            "id",
            "format",
            "snapshot",
            "readonly",
            "read-only",
            "driver",
            "image",
            "cache",
            "aio",
            "media",
            "index",
            "unit",
            "werror",
            "rerror",
            "discard",
            "detect-zeroes"));
    if (drive.get("if").orElse("").equals("pflash")) {
      flash(drive);
      return;
    }
    if (!drive.get("if").orElse("").equals("none")) {
      throw new BadOptionException(
          drive.option()
              + ": only if=pflash, and if=none with a -device virtio-blk-device can be emulated");
    }
    boolean readOnly = drive.flag("readonly", false) || drive.flag("read-only", false);
    if (drive.get("driver").equals(Optional.of("blkreplay"))) {
      drives.put(
          drive.require("id"),
          new Drive(
              Optional.empty(), Optional.empty(), Optional.of(drive.require("image")), readOnly));
      return;
    }
    drives.put(
        drive.require("id"),
        new Drive(Optional.of(file(drive)), format(drive), Optional.empty(), readOnly));
  }

  /** The format of an image, where it is stated. */
  private static Optional<DiskFormat> format(KeyValues drive) throws BadOptionException {
    Optional<String> stated = drive.get("driver").or(() -> drive.get("format"));
    Optional<DiskFormat> format = stated.flatMap(DiskFormat::named);
    if (stated.isPresent() && format.filter(DiskFormat::readable).isEmpty()) {
      throw new BadOptionException(
          drive.option() + ": format " + stated.get() + ": only raw and qcow2 can be read");
    }
    return format;
  }

  private Path file(KeyValues drive) throws BadOptionException {
    try {
      return directory.resolve(drive.require("file"));
    } catch (InvalidPathException notAName) {
      throw drive.bad("file");
    }
  }

  /** Content of a flash bank; without a number, of the first that has none. */
  private void flash(KeyValues drive) throws BadOptionException {
    int bank = 0;
    while (flash.containsKey(bank)) {
      bank++;
    }
    String stated = drive.get("unit").or(() -> drive.get("index")).orElse(String.valueOf(bank));
    if (!stated.equals("0") && !stated.equals("1")) {
      throw new BadOptionException(drive.option() + ": the board has flash units 0 and 1");
    }
    boolean readOnly = drive.flag("readonly", false) || drive.flag("read-only", false);
    MachineConfig.Flash content =
        new MachineConfig.Flash(file(drive), format(drive), readOnly);
    if (flash.putIfAbsent(Integer.valueOf(stated), content) != null) {
      throw new BadOptionException(drive.option() + ": flash unit " + stated + " is there twice");
    }
  }

  void netdev(KeyValues netdev) throws BadOptionException {
    netdevs.add(netdev.require("id"));
  }

  void chardev(KeyValues chardev) throws BadOptionException {
    chardevs.add(chardev.require("id"));
    if (chardev.flag("mux", false)) {
      muxes.add("chardev:" + chardev.require("id"));
    }
  }

  void object(KeyValues object) throws BadOptionException {
    switch (object.require("qom-type")) {
      case "rng-builtin" -> {
        object.only(Set.of("qom-type", "id"));
        entropy.add(object.require("id"));
      }
      case "filter-replay" -> {
        object.only(Set.of("qom-type", "id", "netdev", "queue", "status"));
        filteredNetdevs.add(object.require("netdev"));
      }
      case "filter-dump" -> captures++;
      case "memory-backend-ram" -> {}
      default -> throw object.bad("qom-type");
    }
  }

  void device(KeyValues device) throws BadOptionException {
    switch (device.require("driver")) {
      case "virtio-rng-device" -> device.only(Set.of("driver", "id", "bus", "rng"));
      case "virtio-blk-device" -> device.only(Set.of("driver", "id", "bus", "drive", "bootindex"));
      case "virtio-net-device" ->
          device.only(
              Set.of("driver", "id", "bus", "netdev", "tx", "x-txtimer", "mac", "bootindex"));
      case "virtio-serial-device" -> device.only(Set.of("driver", "id", "bus"));
      case "virtconsole" -> device.only(Set.of("driver", "id", "bus", "chardev", "name", "nr"));
      default -> throw device.bad("driver");
    }
    devices.add(device);
  }

  /** Whether a {@code -serial} option's character device is shared with the monitor. */
  boolean muxed(String serial) {
    return serial.startsWith("mon:") || serial.contains("mux=on") || muxes.contains(serial);
  }

  /**
   * Adds the devices to a machine.
   *
   * @param serials the {@code -serial} options that connect something
   */
  void addTo(MachineConfig.Builder config, List<String> serials) throws BadOptionException {
    flash.forEach(config::flash);
    config.captures(captures);
    int card = 0;
    for (int i = 0; i < devices.size(); i++) {
      KeyValues device = devices.get(i);
      Optional<MachineConfig.VirtioDevice> built =
          switch (device.require("driver")) {
            case "virtio-rng-device" -> Optional.of(rng(device));
            case "virtio-blk-device" -> Optional.of(block(device));
            case "virtio-net-device" -> Optional.of(net(device, card++));
            case "virtio-serial-device" -> Optional.of(serial(i, serials));
            default -> Optional.empty();
          };
      if (built.isPresent()) {
        Optional<Integer> slot = QemuOptions.slot(device);
        if (slot.isPresent()) {
          config.device(built.get(), slot.get());
        } else {
          config.device(built.get());
        }
      }
    }
  }

  private MachineConfig.VirtioDevice rng(KeyValues device) throws BadOptionException {
    Optional<String> rng = device.get("rng");
    if (rng.isPresent() && !entropy.contains(rng.get())) {
      throw device.bad("rng");
    }
    return new MachineConfig.VirtioDevice.Rng();
  }

  private MachineConfig.VirtioDevice block(KeyValues device) throws BadOptionException {
    Drive drive = drives.get(device.require("drive"));
    if (drive == null) {
      throw device.bad("drive");
    }
    boolean recorded = drive.image().isPresent();
    Drive image = recorded ? drives.get(drive.image().get()) : drive;
    if (image == null || image.file().isEmpty()) {
      throw new BadOptionException(
          "-drive: image=" + drive.image().orElse("") + " names no -drive with a file");
    }
    return new MachineConfig.VirtioDevice.Block(
        image.file().get(), image.format(), drive.readOnly() || image.readOnly(), recorded);
  }

  private MachineConfig.VirtioDevice net(KeyValues device, int card) throws BadOptionException {
    String netdev = device.require("netdev");
    if (!netdevs.contains(netdev)) {
      throw device.bad("netdev");
    }
    List<Integer> filters = new ArrayList<>();
    for (int filter = 0; filter < filteredNetdevs.size(); filter++) {
      if (filteredNetdevs.get(filter).equals(netdev)) {
        filters.add(filter);
      }
    }
    // In nanoseconds although virtio calls it a timer of 150 000: TX_TIMER_INTERVAL.
    long txTimer = device.number("x-txtimer", 150_000);
    return new MachineConfig.VirtioDevice.Net(
        mac(device, card), device.get("tx").orElse("bh").equals("timer"), txTimer, filters);
  }

  private static List<Byte> mac(KeyValues device, int card) throws BadOptionException {
    List<Byte> mac = new ArrayList<>();
    Optional<String> given = device.get("mac");
    if (given.isEmpty()) {
      mac.addAll(DEFAULT_MAC);
      mac.add((byte) (0x56 + card));
      return mac;
    }
    try {
      for (String part : given.get().split("[:-]", -1)) {
        int value = Integer.parseInt(part, 16);
        if (value < 0 || value > 255) {
          throw device.bad("mac");
        }
        mac.add((byte) value);
      }
    } catch (NumberFormatException e) {
      throw device.bad("mac");
    }
    if (mac.size() != 6) {
      throw device.bad("mac");
    }
    return mac;
  }

  /** A bus takes the consoles that follow it, up to the next bus. */
  private MachineConfig.VirtioDevice serial(int at, List<String> serials)
      throws BadOptionException {
    List<MachineConfig.Console> consoles = new ArrayList<>();
    for (int i = at + 1; i < devices.size(); i++) {
      KeyValues device = devices.get(i);
      String driver = device.require("driver");
      if (driver.equals("virtio-serial-device")) {
        break;
      }
      if (driver.equals("virtconsole")) {
        Optional<String> chardev = device.get("chardev");
        if (chardev.isPresent() && !chardevs.contains(chardev.get())) {
          throw device.bad("chardev");
        }
        consoles.add(
            new MachineConfig.Console(
                chardev.isPresent() && serials.contains("chardev:" + chardev.get())));
      }
    }
    return new MachineConfig.VirtioDevice.Serial(consoles);
  }
}
