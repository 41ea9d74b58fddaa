package rrlog.core.machine.board.virt.options;

import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import rrlog.core.machine.board.virt.MachineConfig.Place;
import rrlog.core.machine.platform.pci.PciBus;
import rrlog.core.machine.platform.virtio.PciTransport.Interfaces;

/**
 * What a driver's name says: {@code virtio-blk-device} sits at a transport in memory, {@code
 * virtio-blk-pci}, {@code -pci-transitional}, {@code -pci-non-transitional} and {@code virtio-blk}
 * on PCI.
 *
 * @param kind {@code blk}, {@code net}, {@code rng} or {@code serial}
 * @param pci whether it sits on PCI
 * @param stated which interfaces its name says it has
 */
record VirtioDriver(String kind, boolean pci, Optional<Interfaces> stated) {
  /** Of MSI-X. */
  private static final int MAX_VECTORS = 2048;

  private static final Set<String> KINDS = Set.of("blk", "net", "rng", "serial");
  private static final Set<String> ON_PCI =
      Set.of(
          "addr",
          "disable-legacy",
          "disable-modern",
          "romfile",
          "rombar",
          "vectors",
          "multifunction");

  /** The driver of a name, if it is one of these. */
  static Optional<VirtioDriver> named(String name) {
    if (!name.startsWith("virtio-")) {
      return Optional.empty();
    }
    String rest = name.substring("virtio-".length());
    int dash = rest.indexOf('-');
    String kind = dash < 0 ? rest : rest.substring(0, dash);
    if (!KINDS.contains(kind)) {
      return Optional.empty();
    }
    return switch (dash < 0 ? "-pci" : rest.substring(dash)) {
      case "-device" -> Optional.of(new VirtioDriver(kind, false, Optional.empty()));
      case "-pci" -> Optional.of(new VirtioDriver(kind, true, Optional.empty()));
      case "-pci-transitional" ->
          Optional.of(new VirtioDriver(kind, true, Optional.of(Interfaces.TRANSITIONAL)));
      case "-pci-non-transitional" ->
          Optional.of(new VirtioDriver(kind, true, Optional.of(Interfaces.MODERN)));
      default -> Optional.empty();
    };
  }

  /** Refuses properties that are neither the device's nor its transport's. */
  void only(KeyValues device, Set<String> own) throws BadOptionException {
    Set<String> understood = new HashSet<>(own);
    understood.add("driver");
    understood.add("id");
    understood.add("bus");
    if (pci) {
      understood.addAll(ON_PCI);
    }
    device.only(understood);
  }

  /**
   * Where the device sits.
   *
   * @param usual which interfaces it has where nothing is said
   */
  Place place(KeyValues device, Interfaces usual) throws BadOptionException {
    if (!pci) {
      return new Place.Mmio(QemuOptions.slot(device));
    }
    String bus = device.get("bus").orElse("pcie.0");
    if (!bus.equals("pcie.0") && !bus.equals("pcie")) {
      throw device.bad("bus");
    }
    // A slot with several functions says so in all of them.
    if (device.flag("multifunction", false)) {
      throw device.bad("multifunction");
    }
    return new Place.Pci(slot(device), interfaces(device, usual), rom(device), vectors(device));
  }

  private static OptionalInt vectors(KeyValues device) throws BadOptionException {
    if (device.get("vectors").isEmpty()) {
      return OptionalInt.empty();
    }
    long vectors = device.number("vectors", 0);
    if (vectors < 0 || vectors > MAX_VECTORS) {
      throw device.bad("vectors");
    }
    return OptionalInt.of((int) vectors);
  }

  private Interfaces interfaces(KeyValues device, Interfaces usual) throws BadOptionException {
    if (stated.isPresent()) {
      return stated.get();
    }
    String legacy = device.get("disable-legacy").orElse("auto");
    boolean noLegacy =
        legacy.equals("auto") ? usual == Interfaces.MODERN : device.flag("disable-legacy", false);
    boolean noModern = device.flag("disable-modern", usual == Interfaces.LEGACY);
    if (noLegacy && noModern) {
      throw device.bad("disable-modern");
    }
    return noLegacy ? Interfaces.MODERN : noModern ? Interfaces.LEGACY : Interfaces.TRANSITIONAL;
  }

  /** A slot, hexadecimal, perhaps with function 0 behind a dot. */
  private static Optional<Integer> slot(KeyValues device) throws BadOptionException {
    Optional<String> address = device.get("addr");
    if (address.isEmpty()) {
      return Optional.empty();
    }
    String digits = address.get();
    if (digits.endsWith(".0")) {
      digits = digits.substring(0, digits.length() - 2);
    }
    if (digits.startsWith("0x")) {
      digits = digits.substring(2);
    }
    try {
      int slot = Integer.parseUnsignedInt(digits, 16);
      if (slot > 0 && slot < PciBus.SLOTS) {
        return Optional.of(slot);
      }
    } catch (NumberFormatException notANumber) {
      // Said below.
    }
    throw device.bad("addr");
  }

  /** Whether there is an expansion ROM; another one than QEMU's is not read. */
  private boolean rom(KeyValues device) throws BadOptionException {
    Optional<String> file = device.get("romfile");
    if (file.isPresent() && !file.get().isEmpty()) {
      throw device.bad("romfile");
    }
    long bar = device.number("rombar", 1);
    if (bar != 0 && bar != 1) {
      throw device.bad("rombar");
    }
    if (file.isEmpty() && bar == 0 && kind.equals("net")) {
      // QEMU then puts the card's ROM into fw_cfg.
      throw device.bad("rombar");
    }
    return file.isEmpty() && bar == 1;
  }
}
