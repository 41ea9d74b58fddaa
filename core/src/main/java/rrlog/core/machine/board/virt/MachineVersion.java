package rrlog.core.machine.board.virt;

import java.util.Optional;

/** QEMU releases that differ in what the guest sees or in which order a log begins. */
public enum MachineVersion {
  /** As tagged: the PLIC forgets an input that drops; the clock chip is set at each reset. */
  QEMU_7_2_0(0x070200, true, true),
  /** The last stable release of 7.2, Debian's. */
  QEMU_7_2_22(0x070216, false, false);

  private final long id;
  private final boolean plicForgets;
  private final boolean clockSetAtReset;

  MachineVersion(long id, boolean plicForgets, boolean clockSetAtReset) {
    this.id = id;
    this.plicForgets = plicForgets;
    this.clockSetAtReset = clockSetAtReset;
  }

  /** What marchid and mimpid show. */
  public long id() {
    return id;
  }

  boolean plicForgets() {
    return plicForgets;
  }

  boolean clockSetAtReset() {
    return clockSetAtReset;
  }

  /** The release that a user names: {@code 7.2} is the last of its series. */
  public static Optional<MachineVersion> named(String release) {
    return switch (release) {
      case "7.2.0" -> Optional.of(QEMU_7_2_0);
      case "7.2", "7.2.22" -> Optional.of(QEMU_7_2_22);
      default -> Optional.empty();
    };
  }
}
