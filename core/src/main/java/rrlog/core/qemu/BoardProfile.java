package rrlog.core.qemu;

import java.util.EnumMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the board {@code virt} is in a release: where it has what, how that is wired, and what its
 * device tree says otherwise than in other releases.
 *
 * <p>Facts: {@code info mtree -f} of 7.2.22, 10.0.13 and 11.1.3, equal but for names ({@code
 * samples/riscv/mtree-7.2.txt}), {@code dumpdtb} of the three; what changed when is told by {@link
 * Behaviour#history()}.
 */
public final class BoardProfile {

  /** A region of the memory map. */
  public enum Area {
    /** The reset ROM. */
    ROM,
    /** The test finisher. */
    TEST,
    /** The goldfish real-time clock. */
    RTC,
    /** Software interrupts and timer of the hart. */
    CLINT,
    /** Supervisor software interrupts, with {@code aclint=on}. */
    SUPERVISOR_SOFTWARE,
    /** The window of PCI's I/O ports. */
    PCIE_PORTS,
    /** The bus for devices that a command line adds. */
    PLATFORM_BUS,
    /** The interrupt controller. */
    PLIC,
    /** The serial port. */
    UART,
    /** The eight virtio transports together. */
    VIRTIO,
    /** The firmware configuration device. */
    FW_CFG,
    /** Both flash banks together. */
    FLASH,
    /** PCI's configuration space. */
    PCIE_CONFIG,
    /** The window of PCI's 32-bit memory. */
    PCIE_MEMORY,
    /** Where RAM begins; its length is the command line's. */
    RAM
  }

  /**
   * Bytes in physical memory.
   *
   * @param base address of the first
   * @param length number of bytes; 0 where the command line says it
   */
  public record Range(long base, long length) {
    private Range part(int number, int of) {
      return new Range(base + length / of * number, length / of);
    }
  }

  /** Virtio transports. */
  public static final int VIRTIO_SLOTS = 8;

  /** Banks of flash. */
  public static final int FLASH_BANKS = 2;

  /** Inputs of the PLIC, source 0 included. */
  public static final int INTERRUPT_SOURCES = 96;

  /** Wires from PCI to the PLIC, INTA to INTD of device 0. */
  public static final int PCI_INTERRUPTS = 4;

  /** What QEMU reserves for a device tree it makes itself, bytes. */
  public static final int TREE_SIZE = 1 << 20;

  /** Length of the seed in the device tree, bytes. */
  public static final int SEED_LENGTH = 32;

  /** Where in the CLINT the machine timer begins, with mtimecmp. */
  public static final long MTIMECMP = 0x4000;

  /** Where in the CLINT mtime stands. */
  public static final long MTIME = 0xbff8;

  private static final long HIGH_WINDOW = 16L << 30;
  private static final long THREE_GIB = 3L << 30;

  /**
   * The OpenSBI in QEMU's own sources ({@code pc-bios}), from a release on. Distributions put their
   * own in its place: Debian's 10.0 has 1.6, its 11.1 has 1.9.
   */
  private static final NavigableMap<Release, String> OPEN_SBI =
      new TreeMap<>(
          Map.of(
              Release.of("7.1.0"), "1.1",
              Release.of("8.0.0"), "1.2",
              Release.of("8.1.0"), "1.3.1",
              Release.of("9.0.0"), "1.4",
              Release.of("9.1.0"), "1.5.1",
              Release.of("10.1.0"), "1.7"));

  private final Behaviour behaviour;
  private final Map<Area, Range> map = new EnumMap<>(Area.class);
  private final Map<Area, Integer> interrupts = new EnumMap<>(Area.class);

  private BoardProfile(Behaviour behaviour) {
    this.behaviour = behaviour;
    at(Area.ROM, 0x1000, 0xf000);
    at(Area.TEST, 0x10_0000, 0x1000);
    at(Area.RTC, 0x10_1000, 0x1000);
    at(Area.CLINT, 0x200_0000, 0x1_0000);
    at(Area.SUPERVISOR_SOFTWARE, 0x2f0_0000, 0x4000);
    at(Area.PCIE_PORTS, 0x300_0000, 0x1_0000);
    at(Area.PLATFORM_BUS, 0x400_0000, 0x200_0000);
    at(Area.PLIC, 0xc00_0000, 0x60_0000);
    at(Area.UART, 0x1000_0000, 0x100);
    at(Area.VIRTIO, 0x1000_1000, 0x8000);
    at(Area.FW_CFG, 0x1010_0000, 0x18);
    at(Area.FLASH, 0x2000_0000, 0x400_0000);
    at(Area.PCIE_CONFIG, 0x3000_0000, 0x1000_0000);
    at(Area.PCIE_MEMORY, 0x4000_0000, 0x4000_0000);
    at(Area.RAM, 0x8000_0000L, 0);
    interrupts.put(Area.VIRTIO, 1);
    interrupts.put(Area.UART, 10);
    interrupts.put(Area.RTC, 11);
    interrupts.put(Area.PCIE_CONFIG, 0x20);
  }

  /** The board that a release makes. */
  public static BoardProfile virt(Behaviour behaviour) {
    return new BoardProfile(behaviour);
  }

  private void at(Area area, long base, long length) {
    map.put(area, new Range(base, length));
  }

  private Range range(Area area) {
    Range range = map.get(area);
    if (range == null) {
      throw new IllegalArgumentException("no place is told for " + area);
    }
    return range;
  }

  /** Address of an area's first byte. */
  public long base(Area area) {
    return range(area).base();
  }

  /** Bytes in an area. */
  public long length(Area area) {
    return range(area).length();
  }

  /** Where one of the {@link #VIRTIO_SLOTS} virtio transports lies. */
  public Range virtio(int slot) {
    return range(Area.VIRTIO).part(slot, VIRTIO_SLOTS);
  }

  /** Where one of the {@link #FLASH_BANKS} banks of flash lies. */
  public Range flash(int bank) {
    return range(Area.FLASH).part(bank, FLASH_BANKS);
  }

  /** The 64-bit window of PCI's memory: behind RAM, aligned to its own length. */
  public Range highWindow(long ramSize) {
    return new Range((base(Area.RAM) + ramSize + HIGH_WINDOW - 1) & -HIGH_WINDOW, HIGH_WINDOW);
  }

  /**
   * The PLIC's input that an area is wired to; the first where it has several.
   *
   * @throws IllegalArgumentException where it has none
   */
  public int interrupt(Area area) {
    Integer input = interrupts.get(area);
    if (input == null) {
      throw new IllegalArgumentException(area + " has no interrupt");
    }
    return input;
  }

  /** The version of the OpenSBI that the release's sources bring; of 10.2 and later not known. */
  public Optional<String> openSbi() {
    Release release = behaviour.release();
    return release.atLeast(Release.of("10.2.0"))
        ? Optional.empty()
        : Optional.of(OPEN_SBI.floorEntry(release).getValue());
  }

  /** What the device tree says of the hart's MMU; the first releases did not look. */
  public String treeMmu(CpuModel cpu) {
    return "riscv," + (behaviour.has(Trait.TREE_SV57) ? cpu.largest() : SatpMode.SV48).label();
  }

  /** The PLIC's node. */
  public String treePlic() {
    return (behaviour.has(Trait.TREE_INTERRUPT_CONTROLLER)
            ? "/soc/interrupt-controller@"
            : "/soc/plic@")
        + Long.toHexString(base(Area.PLIC));
  }

  /** The node of the machine timer, with {@code aclint=on}. */
  public String treeMachineTimer() {
    long base = base(Area.CLINT);
    return "/soc/mtimer@"
        + Long.toHexString(base + (behaviour.has(Trait.TREE_MTIMER_BY_MTIME) ? MTIME : MTIMECMP));
  }

  /** {@code riscv,ndev}: the first releases counted source 0, which is none. */
  public int treeSources() {
    return INTERRUPT_SOURCES - (behaviour.has(Trait.PLIC_PRIORITY_0) ? 1 : 0);
  }

  /** Registers of priorities in the PLIC: the first releases began to count with source 1. */
  public int priorityRegisters() {
    return INTERRUPT_SOURCES + (behaviour.has(Trait.PLIC_PRIORITY_0) ? 0 : 1);
  }

  /** The first priority of the PLIC that a guest can set. */
  public int firstPriorityWritten() {
    boolean unused =
        behaviour.has(Trait.PLIC_PRIORITY_0) && !behaviour.has(Trait.PLIC_PRIORITY_0_FIXED);
    return unused ? 0 : 1;
  }

  /** The node that tells which events can be counted. */
  public String treePmu() {
    return behaviour.has(Trait.TREE_PMU_AT_ROOT) ? "/pmu" : "/soc/pmu";
  }

  /** Above what address the device tree cannot lie, of a machine whose RAM ends there. */
  public long treeLimit(long ramEnd) {
    return behaviour.has(Trait.TREE_ABOVE_3_GIB) ? ramEnd : Math.min(ramEnd, THREE_GIB);
  }

  /** Cells of the addresses in {@code linux,initrd-start} and {@code -end}. */
  public int treeInitrdCells() {
    return behaviour.has(Trait.TREE_INITRD_64) ? 2 : 1;
  }

  /**
   * How far behind its kernel an initial RAM disk may lie, bytes; half the RAM where that is less.
   */
  public long initrdLimit() {
    return behaviour.has(Trait.INITRD_512_MIB) ? 512L << 20 : 128L << 20;
  }
}
