package rrlog.core.machine.board.virt;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The firmware that a machine starts.
 *
 * @param file where it was found
 * @param installed whether no file was named, so that it is the one of this host's QEMU
 * @param openSbi the version, where it is an OpenSBI that tells
 * @param start address of its first byte
 * @param end address behind its last byte
 */
public record FirmwareFile(
    Path file, boolean installed, Optional<String> openSbi, long start, long end) {
  /** Whether an address is in it. */
  public boolean holds(long address) {
    return address >= start && address < end;
  }

  /** Name and version. */
  @Override
  public String toString() {
    return file + openSbi.map(version -> " (OpenSBI " + version + ")").orElse("");
  }
}
