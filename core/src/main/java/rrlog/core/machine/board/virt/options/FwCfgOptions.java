package rrlog.core.machine.board.virt.options;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import rrlog.core.machine.board.virt.FwCfgSettings;
import rrlog.core.machine.platform.image.HostFile;
import rrlog.core.qemu.Behaviour;
import rrlog.core.qemu.Trait;

/** Options whose only effect is what a firmware finds in fw_cfg. */
final class FwCfgOptions {
  private static final int LONGEST_NAME = 55;
  private static final int LARGEST_FILE = 1 << 20;
  private static final int LONGEST_TIMEOUT = 0xffff;
  private static final Pattern UUID_DIGITS =
      Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

  private final Path directory;
  private final boolean hasAcpi;
  private boolean graphics = true;
  private List<Byte> uuid = List.of();
  private boolean bootMenu;
  private int rebootTimeout = -1;
  private boolean acpi = true;
  private final SortedMap<String, List<Byte>> files = new TreeMap<>();

  FwCfgOptions(Path directory, Behaviour behaviour) {
    this.directory = directory;
    this.hasAcpi = behaviour.has(Trait.FW_CFG_ACPI);
  }

  FwCfgSettings settings() {
    return new FwCfgSettings(graphics, uuid, bootMenu, rebootTimeout, acpi, files);
  }

  /** {@code -nographic}, or {@code -machine graphics=off}. */
  void noGraphics() {
    graphics = false;
  }

  void graphics(KeyValues machine) throws BadOptionException {
    graphics = machine.flag("graphics", graphics);
  }

  void uuid(String option, String text) throws BadOptionException {
    if (!UUID_DIGITS.matcher(text).matches()) {
      throw new BadOptionException(option + " " + text + ": not a UUID");
    }
    UUID parsed = UUID.fromString(text);
    List<Byte> bytes = new ArrayList<>();
    for (long half :
        new long[] {parsed.getMostSignificantBits(), parsed.getLeastSignificantBits()}) {
      for (int shift = 56; shift >= 0; shift -= 8) {
        bytes.add((byte) (half >>> shift));
      }
    }
    uuid = bytes;
  }

  /** The order is for a firmware that this board does not have; the rest is told by fw_cfg. */
  void boot(KeyValues boot) throws BadOptionException {
    boot.only(Set.of("order", "once", "menu", "reboot-timeout", "strict"));
    bootMenu = boot.flag("menu", bootMenu);
    boot.flag("strict", false);
    long timeout = boot.number("reboot-timeout", rebootTimeout);
    if (timeout < -1 || timeout > LONGEST_TIMEOUT) {
      throw boot.bad("reboot-timeout");
    }
    rebootTimeout = (int) timeout;
  }

  /** ACPI tables, which releases without them do not know as a property either. */
  void acpi(KeyValues machine) throws BadOptionException {
    if (machine.get("acpi").isEmpty()) {
      return;
    }
    if (!hasAcpi) {
      throw machine.bad("acpi");
    }
    acpi = machine.require("acpi").equals("auto") || machine.flag("acpi", true);
  }

  /** A file of the user's. */
  void file(KeyValues file) throws BadOptionException {
    file.only(Set.of("name", "string", "file"));
    String name = file.require("name");
    // The device is there too late for them where there are no ACPI tables yet.
    if (!hasAcpi) {
      throw new BadOptionException(file.option() + ": this release has no fw_cfg device for it");
    }
    if (name.length() > LONGEST_NAME || !name.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw file.bad("name");
    }
    if (file.get("string").isPresent() == file.get("file").isPresent()) {
      throw new BadOptionException(file.option() + ": either string= or file= is needed");
    }
    byte[] content =
        file.get("string").isPresent() ? file.require("string").getBytes(UTF_8) : read(file);
    List<Byte> bytes = new ArrayList<>();
    for (byte each : content) {
      bytes.add(each);
    }
    if (files.putIfAbsent(name, bytes) != null) {
      throw new BadOptionException(file.option() + ": name=" + name + " is there twice");
    }
  }

  private byte[] read(KeyValues file) throws BadOptionException {
    String name = file.require("file");
    try (InputStream in = Files.newInputStream(HostFile.named(directory, name))) {
      byte[] bytes = in.readNBytes(LARGEST_FILE + 1);
      if (bytes.length > LARGEST_FILE) {
        throw new BadOptionException(file.option() + ": " + name + ": larger than 1 MiB");
      }
      return bytes;
    } catch (InvalidPathException notAName) {
      throw file.bad("file");
    } catch (IOException unreadable) {
      throw new BadOptionException(
          file.option() + ": " + name + ": cannot be read: " + unreadable.getMessage());
    }
  }
}
