package rrlog.core.machine.board.virt.options;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import rrlog.core.machine.board.virt.MachineConfig;
import rrlog.core.machine.platform.virtio.BlockDevice;
import rrlog.core.machine.platform.virtio.EntropyDevice;
import rrlog.core.machine.platform.virtio.PciTransport;

/** The options that describe devices and what is behind them; put together when all are read. */
final class DeviceOptions {
  /** The most that QEMU's property takes, milliseconds. */
  private static final long MAX_PERIOD = 0xffff_ffffL;

  /** Queues that QEMU gives a virtio device at most. */
  private static final int MAX_QUEUES = 1024;

  private static final List<Byte> DEFAULT_MAC =
      List.of((byte) 0x52, (byte) 0x54, (byte) 0x00, (byte) 0x12, (byte) 0x34);

  private static final int FIRST_ADDRESS = 0x56;

  private final Set<String> muxes = new HashSet<>();
  private int captures;
  private boolean netGiven;

  /** Last bytes of QEMU's own addresses that network cards have. */
  private final BitSet addresses = new BitSet();

  private PciTransport.Interfaces pciInterfaces = PciTransport.Interfaces.TRANSITIONAL;
  private final Path directory;
  private final DiskOptions disks;
  private final Map<String, OptionalLong> memory = new HashMap<>();
  private final Set<String> netdevs = new HashSet<>();

  /** Sources of entropy, and whether what they give is in the log. */
  private final Map<String, Boolean> entropy = new HashMap<>();

  private final Set<String> chardevs = new HashSet<>();
  private final List<String> filteredNetdevs = new ArrayList<>();
  private final List<MachineConfig.Load> loads = new ArrayList<>();
  private final List<KeyValues> devices = new ArrayList<>();

  DeviceOptions(Path directory, DiskOptions disks) {
    this.directory = directory;
    this.disks = disks;
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
        entropy.put(object.require("id"), true);
      }
      case "filter-replay" -> {
        object.only(Set.of("qom-type", "id", "netdev", "queue", "status"));
        filteredNetdevs.add(object.require("netdev"));
      }
      case "filter-dump" -> captures++;
      case "rng-random", "rng-egd" -> entropy.put(object.require("id"), false);
      case "memory-backend-ram", "memory-backend-memfd" ->
          memory.put(
              object.require("id"),
              OptionalLong.of(Sizes.parse(object.option(), object.require("size"), 1)));
      // What a file holds would be in the RAM from the start.
      case "memory-backend-file" -> memory.put(object.require("id"), OptionalLong.empty());
      // Nothing of the guest's goes through them.
      case "secret",
          "secret_keyring",
          "iothread",
          "throttle-group",
          "authz-simple",
          "authz-list",
          "authz-list-file",
          "authz-pam",
          "tls-creds-anon",
          "tls-creds-psk",
          "tls-creds-x509" -> {}
      default -> throw object.bad("qom-type");
    }
  }

  /** The size of an {@code -object memory-backend-...}, bytes. */
  long memorySize(KeyValues machine) throws BadOptionException {
    OptionalLong size =
        memory.getOrDefault(machine.require("memory-backend"), OptionalLong.empty());
    if (size.isEmpty()) {
      throw machine.bad("memory-backend");
    }
    return size.getAsLong();
  }

  void device(KeyValues device) throws BadOptionException {
    String name = device.require("driver");
    Optional<VirtioDriver> virtio = VirtioDriver.named(name);
    if (virtio.isPresent()) {
      virtio.get().only(device, properties(virtio.get().kind()));
    } else if (name.equals("loader")) {
      loads.add(LoaderOptions.parse(device, directory));
      return;
    } else if (name.equals("virtconsole")) {
      device.only(Set.of("driver", "id", "bus", "chardev", "name", "nr"));
    } else {
      throw device.bad("driver");
    }
    devices.add(device);
  }

  private static Set<String> properties(String kind) {
    return switch (kind) {
      case "rng" -> Set.of("rng", "max-bytes", "period");
      case "blk" ->
          Set.of(
              "drive",
              "bootindex",
              "serial",
              "num-queues",
              "config-wce",
              "write-cache",
              "scsi",
              "share-rw");
      case "net" -> Set.of("netdev", "tx", "x-txtimer", "mac", "bootindex");
      default -> Set.of();
    };
  }

  /** Which interfaces virtio devices on PCI have where nothing is said: {@code -global}. */
  void pciInterfaces(PciTransport.Interfaces usual) {
    pciInterfaces = usual;
  }

  /** Whether a {@code -serial} option's character device is shared with the monitor. */
  boolean muxed(String serial) {
    return serial.startsWith("mon:") || serial.contains("mux=on") || muxes.contains(serial);
  }

  /**
   * Adds the devices to a machine.
   *
   * @param serials the {@code -serial} options that connect something
   * @param defaults whether the board has what it has where nothing is said
   */
  void addTo(MachineConfig.Builder config, List<String> serials, boolean defaults)
      throws BadOptionException {
    loads.forEach(config::load);
    disks.addTo(config);
    config.captures(captures);
    // The card that stands for no -net at all takes the first address, though nothing shows it.
    if (defaults && !netGiven) {
      freeAddress();
    }
    for (int i = 0; i < devices.size(); i++) {
      KeyValues device = devices.get(i);
      Optional<VirtioDriver> virtio = VirtioDriver.named(device.require("driver"));
      if (virtio.isPresent()) {
        MachineConfig.VirtioDevice built =
            switch (virtio.get().kind()) {
              case "rng" -> rng(device);
              case "blk" -> block(device);
              case "net" -> net(device);
              default -> serial(i, serials);
            };
        config.device(
            new MachineConfig.Placed(
                built, virtio.get().place(device, pciInterfaces), bootIndex(device)));
      }
    }
    // Those that drives bring along come last, wherever they stand.
    for (DiskOptions.Disk disk : disks.onPci()) {
      config.device(
          new MachineConfig.VirtioDevice.Block(
              disk.file(),
              disk.format(),
              new BlockDevice.Settings(
                  disk.readOnly(), disk.recorded(), "", 1, disk.writeCache(), true)),
          new MachineConfig.Place.Pci(Optional.empty(), pciInterfaces, true, OptionalInt.empty()));
    }
  }

  private static OptionalInt bootIndex(KeyValues device) throws BadOptionException {
    if (device.get("bootindex").isEmpty()) {
      return OptionalInt.empty();
    }
    long index = device.number("bootindex", 0);
    if (index < 0 || index > Integer.MAX_VALUE) {
      throw device.bad("bootindex");
    }
    return OptionalInt.of((int) index);
  }

  private MachineConfig.VirtioDevice rng(KeyValues device) throws BadOptionException {
    EntropyDevice.Settings usual = EntropyDevice.Settings.DEFAULT;
    boolean recorded = usual.recorded();
    if (device.get("rng").isPresent()) {
      Boolean source = entropy.get(device.require("rng"));
      if (source == null) {
        throw device.bad("rng");
      }
      recorded = source;
    }
    long maxBytes = device.number("max-bytes", usual.maxBytes());
    if (maxBytes < 0) {
      throw device.bad("max-bytes");
    }
    long period = device.number("period", usual.period());
    if (period <= 0 || period > MAX_PERIOD) {
      throw device.bad("period");
    }
    return new MachineConfig.VirtioDevice.Rng(
        new EntropyDevice.Settings(maxBytes, period, recorded));
  }

  private MachineConfig.VirtioDevice block(KeyValues device) throws BadOptionException {
    DiskOptions.Disk disk = disks.disk(device);
    long queues = device.number("num-queues", 1);
    if (queues < 1 || queues > MAX_QUEUES) {
      throw device.bad("num-queues");
    }
    // Commands of the host's SCSI disks; the board's images are none.
    if (device.flag("scsi", false)) {
      throw device.bad("scsi");
    }
    device.flag("share-rw", false);
    boolean writeCache =
        device.get("write-cache").equals(Optional.of("auto"))
            ? disk.writeCache()
            : device.flag("write-cache", disk.writeCache());
    return new MachineConfig.VirtioDevice.Block(
        disk.file(),
        disk.format(),
        new BlockDevice.Settings(
            disk.readOnly(),
            disk.recorded(),
            device.get("serial").orElse(""),
            (int) queues,
            writeCache,
            device.flag("config-wce", true)));
  }

  /** An option that describes the network, and so leaves the board without one of its own. */
  void netGiven() {
    netGiven = true;
  }

  /** {@code -nic} and {@code -net}: the board makes no card of them, but some take an address. */
  void nic(KeyValues nic) throws BadOptionException {
    netGiven = true;
    String type = nic.require("type");
    boolean card = nic.option().endsWith("nic") ? !type.equals("none") : type.equals("nic");
    if (!card) {
      return;
    }
    String key = nic.get("mac").isPresent() ? "mac" : "macaddr";
    if (nic.get(key).isPresent()) {
      mac(nic, key);
    } else {
      freeAddress();
    }
  }

  /** The last byte of the address of a card without one of its own. */
  private byte freeAddress() {
    int last = addresses.nextClearBit(FIRST_ADDRESS);
    addresses.set(last);
    return (byte) last;
  }

  private MachineConfig.VirtioDevice net(KeyValues device) throws BadOptionException {
    List<Integer> filters = new ArrayList<>();
    if (device.get("netdev").isPresent()) {
      String netdev = device.require("netdev");
      if (!netdevs.contains(netdev)) {
        throw device.bad("netdev");
      }
      for (int filter = 0; filter < filteredNetdevs.size(); filter++) {
        if (filteredNetdevs.get(filter).equals(netdev)) {
          filters.add(filter);
        }
      }
    }
    // In nanoseconds although virtio calls it a timer of 150 000: TX_TIMER_INTERVAL.
    long txTimer = device.number("x-txtimer", 150_000);
    return new MachineConfig.VirtioDevice.Net(
        mac(device), device.get("tx").orElse("bh").equals("timer"), txTimer, filters);
  }

  private List<Byte> mac(KeyValues device) throws BadOptionException {
    List<Byte> mac = new ArrayList<>();
    if (device.get("mac").isPresent()) {
      return mac(device, "mac");
    }
    mac.addAll(DEFAULT_MAC);
    mac.add(freeAddress());
    return mac;
  }

  /** A stated address; one of QEMU's own is not given to another card. */
  private List<Byte> mac(KeyValues card, String key) throws BadOptionException {
    List<Byte> mac = new ArrayList<>();
    try {
      for (String part : card.require(key).split("[:-]", -1)) {
        int value = Integer.parseInt(part, 16);
        if (value < 0 || value > 255) {
          throw card.bad(key);
        }
        mac.add((byte) value);
      }
    } catch (NumberFormatException e) {
      throw card.bad(key);
    }
    if (mac.size() != 6) {
      throw card.bad(key);
    }
    if (mac.subList(0, 5).equals(DEFAULT_MAC)) {
      addresses.set(mac.getLast() & 0xff);
    }
    return mac;
  }

  /**
   * Whether what semihosting writes to a character device is in the log: one of a serial port.
   *
   * @throws BadOptionException where there is none of that name
   */
  boolean recorded(KeyValues option, String chardev, List<String> serials)
      throws BadOptionException {
    if (!chardevs.contains(chardev)) {
      throw option.bad("chardev");
    }
    return serials.contains("chardev:" + chardev);
  }

  /** A bus takes the consoles that follow it, up to the next bus. */
  private MachineConfig.VirtioDevice serial(int at, List<String> serials)
      throws BadOptionException {
    List<MachineConfig.Console> consoles = new ArrayList<>();
    for (int i = at + 1; i < devices.size(); i++) {
      KeyValues device = devices.get(i);
      String driver = device.require("driver");
      if (VirtioDriver.named(driver).filter(each -> each.kind().equals("serial")).isPresent()) {
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
