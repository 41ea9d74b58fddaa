package rrlog.core.machine.board.virt;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import rrlog.core.machine.platform.bus.Bus;
import rrlog.core.machine.platform.bus.Device;
import rrlog.core.machine.platform.device.InterruptLine;
import rrlog.core.machine.platform.disk.BadDiskException;
import rrlog.core.machine.platform.pci.PciBus;
import rrlog.core.machine.platform.virtio.BlockDevice;
import rrlog.core.machine.platform.virtio.ConsoleDevice;
import rrlog.core.machine.platform.virtio.DiskImage;
import rrlog.core.machine.platform.virtio.EmptyTransport;
import rrlog.core.machine.platform.virtio.EntropyDevice;
import rrlog.core.machine.platform.virtio.LegacyTransport;
import rrlog.core.machine.platform.virtio.MmioTransport;
import rrlog.core.machine.platform.virtio.ModernTransport;
import rrlog.core.machine.platform.virtio.NetworkDevice;
import rrlog.core.machine.platform.virtio.PciTransport;
import rrlog.core.machine.platform.virtio.VirtioDevice;
import rrlog.core.qemu.BoardProfile;
import rrlog.core.qemu.Trait;
import rrlog.core.replay.CharDevices;
import rrlog.core.replay.IcountClock;
import rrlog.core.replay.RandomSource;
import rrlog.core.replay.Replay;
import rrlog.core.state.StateVisitor;
import rrlog.core.state.Stateful;

/** The board's virtio devices: on its eight transports, and on PCI. */
final class VirtioSlots implements Stateful, Closeable {
  private final Bus bus;
  private final BoardProfile board;
  private final PciBus pci;
  private final Replay replay;
  private final IcountClock clock;
  private final RandomSource random;
  private final CharDevices.Output console;
  private final MachineConfig config;
  private final NavigableMap<Integer, MmioTransport> plugged = new TreeMap<>();
  private final List<DiskImage> images = new ArrayList<>();
  private final NavigableMap<Integer, NetworkDevice> filters = new TreeMap<>();

  /** Devices to start from, by their bootindex. */
  private final NavigableMap<Integer, String> bootOrder = new TreeMap<>();

  VirtioSlots(
      Bus bus,
      PciBus pci,
      Replay replay,
      IcountClock clock,
      RandomSource random,
      CharDevices.Output console,
      MachineConfig config) {
    this.bus = bus;
    this.pci = pci;
    this.replay = replay;
    this.clock = clock;
    this.random = random;
    this.console = console;
    this.config = config;
    this.board = config.behaviour().board();
  }

  /** Plugs the devices in; the first without a slot of its own gets the last transport. */
  void map(IntFunction<InterruptLine> lines) throws MachineException {
    Device[] slots = new Device[BoardProfile.VIRTIO_SLOTS];
    for (MachineConfig.Placed placed : config.devices()) {
      switch (placed.place()) {
        case MachineConfig.Place.Mmio(Optional<Integer> wanted) -> {
          int slot = wanted.orElseGet(() -> lastFree(slots));
          if (slot < 0 || slots[slot] != null) {
            throw new MachineException("-device: no virtio-mmio transport is free");
          }
          MmioTransport transport = transport(create(placed.device()), lines.apply(slot));
          plugged.put(slot, transport);
          slots[slot] = transport;
          boots(
              placed,
              "/virtio-mmio@%016x/%s".formatted(board.virtio(slot).base(), leaf(placed.device())));
        }
        case MachineConfig.Place.Pci place -> {
          int slot = plug(placed.device(), place);
          boolean net = placed.device() instanceof MachineConfig.VirtioDevice.Net;
          // QEMU knows no address of the host bridge.
          boots(
              placed,
              "/pci@ffffffffffffffff/%s@%x/%s"
                  .formatted(net ? "ethernet" : "scsi", slot, leaf(placed.device())));
        }
      }
    }
    for (int slot = 0; slot < slots.length; slot++) {
      Device device = slots[slot];
      bus.map(
          board.virtio(slot).base(),
          device == null ? new EmptyTransport(config.modernVirtio()) : device);
    }
    registerFilters();
  }

  private static String leaf(MachineConfig.VirtioDevice device) {
    return device instanceof MachineConfig.VirtioDevice.Net ? "ethernet-phy@0" : "disk@0,0";
  }

  private void boots(MachineConfig.Placed placed, String path) throws MachineException {
    if (placed.bootIndex().isPresent()
        && bootOrder.putIfAbsent(placed.bootIndex().getAsInt(), path) != null) {
      throw new MachineException(
          "-device: bootindex=" + placed.bootIndex().getAsInt() + " is there twice");
    }
  }

  /** Devices to start from, in their order, as Open Firmware calls them. */
  Collection<String> bootOrder() {
    return bootOrder.values();
  }

  /** The slot. */
  private int plug(MachineConfig.VirtioDevice device, MachineConfig.Place.Pci place)
      throws MachineException {
    Optional<Integer> slot = pci.free(place.slot());
    if (slot.isEmpty()) {
      throw new MachineException("-device: no such slot of the PCI bus is free");
    }
    Optional<Device> rom =
        device instanceof MachineConfig.VirtioDevice.Net && place.rom()
            ? Optional.of(new BootRom(replay))
            : Optional.empty();
    int queueSize =
        config.behaviour().has(Trait.PCI_QUEUE_SIZE_1024) ? PciTransport.LARGEST_QUEUE : 0;
    pci.plug(
        slot.get(),
        new PciTransport(
            bus,
            create(device),
            new PciTransport.Settings(
                place.interfaces(),
                rom,
                place.messages(),
                queueSize,
                config.behaviour().has(Trait.PCI_RESET_CLEARS_FEATURES))));
    return slot.get();
  }

  /** Filters are numbered in the order of their objects, not of the cards behind them. */
  private void registerFilters() {
    if (filters.isEmpty()) {
      return;
    }
    for (int number = 0; number <= filters.lastKey(); number++) {
      NetworkDevice card = filters.get(number);
      replay.net().register(card == null ? (flags, frame) -> {} : card::packet);
    }
  }

  private MmioTransport transport(VirtioDevice device, InterruptLine line) {
    MmioTransport.Settings settings =
        new MmioTransport.Settings(
            config.behaviour().has(Trait.QUEUE_SIZE_REAL),
            config.behaviour().has(Trait.QUEUE_NOTIFY_16_BITS));
    return config.modernVirtio()
        ? new ModernTransport(device, line, settings)
        : new LegacyTransport(device, line, settings);
  }

  private static int lastFree(Device[] slots) {
    int slot = slots.length - 1;
    while (slot >= 0 && slots[slot] != null) {
      slot--;
    }
    return slot;
  }

  private VirtioDevice create(MachineConfig.VirtioDevice device) throws MachineException {
    return switch (device) {
      case MachineConfig.VirtioDevice.Rng rng ->
          new EntropyDevice(
              bus,
              replay,
              clock,
              random,
              config.limits().transfer(),
              rng.settings(),
              config.behaviour().has(Trait.ENTROPY_CAPPED));
      case MachineConfig.VirtioDevice.Block block ->
          new BlockDevice(bus, replay, open(block), block.settings());
      case MachineConfig.VirtioDevice.Net net -> network(net);
      case MachineConfig.VirtioDevice.Serial serial -> serial(serial);
    };
  }

  private DiskImage open(MachineConfig.VirtioDevice.Block block) throws MachineException {
    try {
      DiskImage disk = DiskImage.open(block.image(), block.format(), config.limits().diskWrites());
      images.add(disk);
      return disk;
    } catch (BadDiskException e) {
      throw new MachineException("-drive " + e.getMessage(), e);
    } catch (IOException e) {
      throw new MachineException(
          "-drive " + block.image() + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private NetworkDevice network(MachineConfig.VirtioDevice.Net net) {
    byte[] mac = new byte[net.mac().size()];
    for (int i = 0; i < mac.length; i++) {
      mac[i] = net.mac().get(i);
    }
    NetworkDevice card =
        new NetworkDevice(bus, replay, clock, mac, transmission(net), net.txTimer());
    for (int filter : net.filters()) {
      filters.put(filter, card);
    }
    return card;
  }

  private NetworkDevice.Transmission transmission(MachineConfig.VirtioDevice.Net net) {
    if (net.timer()) {
      return NetworkDevice.Transmission.TIMER;
    }
    return config.behaviour().has(Trait.NET_TRANSMIT_RECORDED)
        ? NetworkDevice.Transmission.BOTTOM_HALF
        : NetworkDevice.Transmission.UNRECORDED;
  }

  private ConsoleDevice serial(MachineConfig.VirtioDevice.Serial serial) {
    List<Consumer<byte[]>> outputs = new ArrayList<>();
    for (MachineConfig.Console port : serial.consoles()) {
      outputs.add(
          port.recorded()
              ? bytes -> replay.chars().write(console, bytes)
              : bytes -> console.write(bytes, 0, bytes.length));
    }
    ConsoleDevice device = new ConsoleDevice(bus, outputs, config.limits().transfer());
    for (int port = 0; port < serial.consoles().size(); port++) {
      int number = port;
      if (serial.consoles().get(port).recorded()) {
        replay.chars().register(data -> device.receive(number, data));
      }
    }
    return device;
  }

  void reset() {
    plugged.values().forEach(MmioTransport::reset);
  }

  @Override
  public void visitState(StateVisitor visitor) {
    plugged.forEach((slot, transport) -> visitor.part("slot-" + slot, transport));
  }

  @Override
  public void close() throws IOException {
    for (DiskImage image : images) {
      image.close();
    }
  }
}
