package rrlog.core.machine.board.virt.options;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import rrlog.core.machine.board.virt.MachineConfig;
import rrlog.core.machine.platform.disk.DiskFormat;
import rrlog.core.machine.platform.image.HostFile;
import rrlog.core.qemu.Behaviour;
import rrlog.core.qemu.Release;
import rrlog.core.qemu.Trait;

/** The options that describe what is behind disks and flash: {@code -drive}, {@code -blockdev}. */
final class DiskOptions {
  /**
   * What a disk shows.
   *
   * @param file its image
   * @param format the image's format where that is stated
   * @param recorded whether it is behind blkreplay
   * @param writeCache whether it starts with a write cache
   */
  record Disk(
      Path file,
      Optional<DiskFormat> format,
      boolean readOnly,
      boolean recorded,
      boolean writeCache) {}

  /** A drive: an image, or blkreplay in front of another drive that may be described later. */
  private sealed interface Drive {
    record Image(Disk disk) implements Drive {}

    record Replayed(String image, boolean readOnly, boolean writeCache) implements Drive {}
  }

  private static final Set<String> DRIVE =
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
          "bus",
          "werror",
          "rerror",
          "discard",
          "detect-zeroes");

  /** Properties of a node that change nothing for the guest. */
  private static final Set<String> NODE =
      Set.of(
          "driver",
          "node-name",
          "read-only",
          "auto-read-only",
          "cache.direct",
          "discard",
          "detect-zeroes",
          "force-share",
          "aio",
          "locking",
          "filename",
          "file",
          "image");

  private static final int MAX_DEPTH = 8;

  private final Path directory;
  private final boolean drivesOnPci;
  private final Map<String, Drive> drives = new LinkedHashMap<>();
  private final List<Drive> disksOnPci = new ArrayList<>();
  private final Map<Integer, MachineConfig.Flash> flash = new TreeMap<>();

  DiskOptions(Path directory, Release release) {
    this.directory = directory;
    this.drivesOnPci = Behaviour.of(release).has(Trait.DRIVES_ON_PCI);
  }

  void drive(KeyValues drive) throws BadOptionException {
    drive.only(DRIVE);
    switch (drive.get("if").orElse("default")) {
      case "pflash" -> flash(drive);
      case "none" -> unattached(drive);
      case "default" -> {
        if (drivesOnPci) {
          onPci(drive);
        } else {
          unattached(drive);
        }
      }
      case "virtio" -> onPci(drive);
      default ->
          throw new BadOptionException(
              drive.option() + ": of if=, only none, virtio and pflash can be emulated");
    }
  }

  /** An image that is named alone, {@code -hda} to {@code -hdd}, {@code -cdrom}. */
  void image(String option, String file) throws BadOptionException {
    if (drivesOnPci) {
      String comma = file.replace(",", ",,");
      onPci(
          new KeyValues(option, option.equals("-cdrom") ? comma + ",media=cdrom" : comma, "file"));
    }
  }

  /** A drive that brings a virtio disk on PCI along. */
  private void onPci(KeyValues drive) throws BadOptionException {
    if (drive.get("id").isEmpty() && drive.get("driver").equals(Optional.of("blkreplay"))) {
      disksOnPci.add(replayed(drive, readOnly(drive), writeCache(drive)));
    } else if (drive.get("id").isEmpty()) {
      disksOnPci.add(image(drive));
    } else {
      unattached(drive);
      disksOnPci.add(drives.get(drive.require("id")));
    }
  }

  /** The disks on PCI that drives brought along, in their order. */
  List<Disk> onPci() throws BadOptionException {
    List<Disk> disks = new ArrayList<>();
    for (Drive drive : disksOnPci) {
      disks.add(disk(drive));
    }
    return disks;
  }

  private static boolean readOnly(KeyValues drive) throws BadOptionException {
    return drive.flag("readonly", false)
        || drive.flag("read-only", false)
        || drive.get("media").equals(Optional.of("cdrom"));
  }

  private static boolean writeCache(KeyValues drive) throws BadOptionException {
    return switch (drive.get("cache").orElse("writeback")) {
      case "none", "writeback", "unsafe" -> true;
      case "writethrough", "directsync" -> false;
      default -> throw drive.bad("cache");
    };
  }

  private static Drive replayed(KeyValues drive, boolean readOnly, boolean writeCache)
      throws BadOptionException {
    return new Drive.Replayed(drive.require("image"), readOnly, writeCache);
  }

  private Drive image(KeyValues drive) throws BadOptionException {
    return new Drive.Image(
        new Disk(file(drive, "file"), format(drive), readOnly(drive), false, writeCache(drive)));
  }

  private void unattached(KeyValues drive) throws BadOptionException {
    Optional<String> id = drive.get("id");
    if (id.isEmpty()) {
      // Nothing can refer to it.
      return;
    }
    if (drives.containsKey(id.get())) {
      throw new BadOptionException(drive.option() + ": id=" + id.get() + " is there twice");
    }
    drives.put(
        id.get(),
        drive.get("driver").equals(Optional.of("blkreplay"))
            ? replayed(drive, readOnly(drive), writeCache(drive))
            : image(drive));
  }

  /** The format of an image, where it is stated. */
  private static Optional<DiskFormat> format(KeyValues drive) throws BadOptionException {
    Optional<String> stated = drive.get("driver").or(() -> drive.get("format"));
    return stated.isEmpty() ? Optional.empty() : Optional.of(readable(drive, stated.get()));
  }

  private static DiskFormat readable(KeyValues option, String name) throws BadOptionException {
    Optional<DiskFormat> format = DiskFormat.named(name).filter(DiskFormat::readable);
    if (format.isEmpty()) {
      throw new BadOptionException(
          option.option() + ": format " + name + ": only raw and qcow2 can be read");
    }
    return format.get();
  }

  private Path file(KeyValues option, String key) throws BadOptionException {
    try {
      String name = option.require(key);
      return HostFile.named(directory, name.startsWith("file:") ? name.substring(5) : name);
    } catch (InvalidPathException notAName) {
      throw option.bad(key);
    }
  }

  /** A node of the block layer, with those that are described inside it. */
  void blockdev(KeyValues node) throws BadOptionException {
    if (node.get("driver").orElse("").startsWith("{")) {
      throw new BadOptionException(
          node.option() + ": JSON is not read; write it as driver=...,node-name=...");
    }
    String name = node.require("node-name");
    Drive drive = node(node, 0);
    if (drives.putIfAbsent(name, drive) != null) {
      throw new BadOptionException(node.option() + ": node-name=" + name + " is there twice");
    }
  }

  private Drive node(KeyValues node, int depth) throws BadOptionException {
    node.onlyOrInside(NODE, Set.of("file", "image"));
    if (depth > MAX_DEPTH) {
      throw new BadOptionException(node.option() + ": too many nodes one in the other");
    }
    boolean readOnly = node.flag("read-only", false);
    String driver = node.require("driver");
    return switch (driver) {
      case "file" ->
          new Drive.Image(
              new Disk(file(node, "filename"), Optional.of(DiskFormat.RAW), readOnly, false, true));
      case "blkreplay" -> {
        if (node.get("image").isPresent()) {
          yield new Drive.Replayed(node.require("image"), readOnly, true);
        }
        String inner = "the image of " + node.require("node-name");
        drives.put(inner, node(node.inside("image"), depth + 1));
        yield new Drive.Replayed(inner, readOnly, true);
      }
      default -> {
        DiskFormat format = readable(node, driver);
        Drive below =
            node.get("file").isPresent()
                ? drives.get(node.require("file"))
                : node(node.inside("file"), depth + 1);
        if (!(below instanceof Drive.Image(Disk disk))) {
          throw new BadOptionException(node.option() + ": file= names no node with a file");
        }
        if (!disk.format().equals(Optional.of(DiskFormat.RAW))) {
          throw new BadOptionException(node.option() + ": a format inside a format is not read");
        }
        yield new Drive.Image(
            new Disk(disk.file(), Optional.of(format), readOnly || disk.readOnly(), false, true));
      }
    };
  }

  /** What a device finds behind its {@code drive=}. */
  Disk disk(KeyValues device) throws BadOptionException {
    Drive drive = drives.get(device.require("drive"));
    if (drive == null) {
      throw device.bad("drive");
    }
    return disk(drive);
  }

  private Disk disk(Drive drive) throws BadOptionException {
    return switch (drive) {
      case Drive.Image(Disk disk) -> disk;
      case Drive.Replayed replayed -> {
        if (!(drives.get(replayed.image()) instanceof Drive.Image(Disk disk))) {
          throw new BadOptionException(
              "-drive: image=" + replayed.image() + " names no -drive with a file");
        }
        yield new Disk(
            disk.file(),
            disk.format(),
            replayed.readOnly() || disk.readOnly(),
            true,
            replayed.writeCache());
      }
    };
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
    flash(
        drive,
        Integer.parseInt(stated),
        new MachineConfig.Flash(file(drive, "file"), format(drive), readOnly));
  }

  /** A node as the content of a flash bank: {@code -machine pflash0=NODE}. */
  void flash(KeyValues machine, String key, int bank) throws BadOptionException {
    if (machine.get(key).isEmpty()) {
      return;
    }
    if (!(drives.get(machine.require(key)) instanceof Drive.Image(Disk disk))) {
      throw new BadOptionException(
          machine.option() + ": " + key + "= names no -blockdev with a file");
    }
    flash(machine, bank, new MachineConfig.Flash(disk.file(), disk.format(), disk.readOnly()));
  }

  private void flash(KeyValues option, int bank, MachineConfig.Flash content)
      throws BadOptionException {
    if (flash.putIfAbsent(bank, content) != null) {
      throw new BadOptionException(option.option() + ": flash unit " + bank + " is there twice");
    }
  }

  void addTo(MachineConfig.Builder config) {
    flash.forEach(config::flash);
  }
}
