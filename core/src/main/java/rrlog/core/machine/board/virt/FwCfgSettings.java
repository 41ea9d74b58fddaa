package rrlog.core.machine.board.virt;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a command line puts into QEMU's firmware configuration device.
 *
 * @param graphics whether the machine is to have some: not with {@code -nographic}
 * @param uuid the machine's, 16 bytes as they are written; empty where there is none
 * @param bootMenu whether a firmware is to show a menu
 * @param rebootTimeout milliseconds after which a firmware is to start again, -1 for never
 * @param acpi whether there are ACPI tables, where the release has them
 * @param files what {@code -fw_cfg} adds, by name
 */
public record FwCfgSettings(
    boolean graphics,
    List<Byte> uuid,
    boolean bootMenu,
    int rebootTimeout,
    boolean acpi,
    SortedMap<String, List<Byte>> files) {
  /** What QEMU has where nothing is said. */
  public static final FwCfgSettings DEFAULT =
      new FwCfgSettings(true, List.of(), false, -1, true, new TreeMap<>());

  /** Copies its lists. */
  public FwCfgSettings {
    uuid = List.copyOf(uuid);
    SortedMap<String, List<Byte>> copy = new TreeMap<>();
    for (Map.Entry<String, List<Byte>> file : files.entrySet()) {
      copy.put(file.getKey(), List.copyOf(file.getValue()));
    }
    files = copy;
  }
}
