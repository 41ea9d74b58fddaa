package rrlog.core.machine.board.virt;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import rrlog.core.machine.platform.device.FwCfg;
import rrlog.core.qemu.Behaviour;
import rrlog.core.qemu.BoardProfile.Area;
import rrlog.core.qemu.Trait;

/**
 * What the board's fw_cfg holds, compared with 7.2.22, 10.0.13 and 11.1.3. Of ACPI's tables the
 * names and lengths are known, and not the content.
 */
final class FwCfgItems {
  private static final int SIGNATURE = 0;
  private static final int INTERFACES = 1;
  private static final int UUID = 2;
  private static final int NO_GRAPHICS = 4;
  private static final int CPUS = 5;
  private static final int BOOT_MENU = 14;

  private static final int RSDP = 36;
  private static final int TABLES = 128 << 10;
  private static final int COMMAND = 128;

  /** Commands that place and check DSDT, FADT, MADT, RHCT and XSDT. */
  private static final int COMMANDS = 14;

  /** As many with MCFG and SPCR, too. */
  private static final int MORE_COMMANDS = 18;

  private final FwCfgSettings settings;
  private final SortedMap<String, FwCfg.File> files = new TreeMap<>();

  private FwCfgItems(MachineConfig config, Iterable<String> bootOrder) {
    this.settings = config.fwCfg();
    file("bios-geometry", new byte[0]);
    // The last of the lines ends with a zero.
    String order = String.join("\n", bootOrder);
    file("bootorder", (order.isEmpty() ? "" : order + "\0").getBytes(US_ASCII));
    file("etc/boot-fail-wait", number(Integer.BYTES, settings.rebootTimeout()));
    Behaviour behaviour = config.behaviour();
    boolean smbios = behaviour.has(Trait.FW_CFG_SMBIOS);
    if (behaviour.has(Trait.FW_CFG_ACPI) && settings.acpi()) {
      unknown("etc/acpi/rsdp", RSDP);
      unknown("etc/acpi/tables", TABLES);
      unknown("etc/table-loader", COMMAND * (smbios ? MORE_COMMANDS : COMMANDS));
    }
    if (smbios) {
      byte[] tables =
          SmbiosTables.tables(
              behaviour.board().base(Area.RAM), config.ramSize(), bytes(settings.uuid()));
      file("etc/smbios/smbios-tables", tables);
      file("etc/smbios/smbios-anchor", SmbiosTables.anchor(tables.length));
    }
    settings.files().forEach((name, content) -> file(name, bytes(content)));
  }

  /**
   * All items.
   *
   * @param bootOrder devices to start from, as Open Firmware calls them
   */
  static FwCfg.Items of(MachineConfig config, Iterable<String> bootOrder) {
    FwCfgItems items = new FwCfgItems(config, bootOrder);
    return new FwCfg.Items(items.numbered(), List.copyOf(items.files.values()));
  }

  private Map<Integer, byte[]> numbered() {
    Map<Integer, byte[]> items = new HashMap<>();
    items.put(SIGNATURE, "QEMU".getBytes(US_ASCII));
    items.put(INTERFACES, number(Integer.BYTES, 3)); // traditional and DMA
    items.put(UUID, bytes(settings.uuid()));
    items.put(NO_GRAPHICS, number(Short.BYTES, settings.graphics() ? 0 : 1));
    items.put(CPUS, number(Short.BYTES, 1));
    items.put(BOOT_MENU, number(Short.BYTES, settings.bootMenu() ? 1 : 0));
    return items;
  }

  private void file(String name, byte[] content) {
    files.put(name, new FwCfg.File(name, content.length, Optional.of(content)));
  }

  private void unknown(String name, int length) {
    files.put(name, new FwCfg.File(name, length, Optional.empty()));
  }

  private static byte[] number(int length, int value) {
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    byte[] number = new byte[length];
    bytes.putInt(value).get(0, number);
    return number;
  }

  private static byte[] bytes(List<Byte> content) {
    byte[] bytes = new byte[content.size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = content.get(i);
    }
    return bytes;
  }
}
