package rrlog.core.machine.board.virt;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import rrlog.core.machine.platform.devicetree.DeviceTreeBlob;
import rrlog.core.qemu.Behaviour;
import rrlog.core.qemu.BoardProfile;
import rrlog.core.qemu.BoardProfile.Area;
import rrlog.core.qemu.CpuModel;
import rrlog.core.qemu.Extension;
import rrlog.core.qemu.Trait;

/**
 * The device tree that a release of QEMU makes for {@code virt} with one hart: the same nodes and
 * properties added in the same order, so that the blob is the same to the byte. Compared with what
 * 7.2.22, 10.0.13 and 11.1.3 dump; between them it goes by QEMU's history.
 */
final class VirtDeviceTree {
  private static final int CACHE_BLOCK = 64;
  private static final int CPU = 1;
  private static final int CPU_INTC = 2;
  private static final int PLIC = 3;
  private static final int TEST = 4;

  private final DeviceTreeBlob tree = DeviceTreeBlob.empty(BoardProfile.TREE_SIZE);
  private final Behaviour behaviour;
  private final BoardProfile board;
  private final CpuModel model;
  private final boolean aclint;
  private final String pciNode;

  private VirtDeviceTree(Behaviour behaviour, CpuModel model, boolean aclint) {
    this.aclint = aclint;
    this.behaviour = behaviour;
    this.model = model;
    this.board = behaviour.board();
    this.pciNode = "/soc/pci@" + Long.toHexString(board.base(Area.PCIE_CONFIG));
  }

  /**
   * The tree without what depends on kernel and RAM disk.
   *
   * @param aclint whether it tells of the timer and the software interrupts one by one
   * @param seed what it has as rng-seed where the release puts one there at once
   */
  static DeviceTreeBlob generate(
      Behaviour behaviour, CpuModel cpu, long ramSize, boolean aclint, byte[] seed) {
    VirtDeviceTree virt = new VirtDeviceTree(behaviour, cpu, aclint);
    if (behaviour.has(Trait.TREE_ORDER_8_2)) {
      virt.inOrderOf82(ramSize, seed);
    } else {
      virt.inOrderOf72(ramSize);
    }
    return virt.tree;
  }

  /** The machine's own nodes while it is made, those of its devices when all of them are there. */
  private void inOrderOf82(long ramSize, byte[] seed) {
    root();
    if (behaviour.has(Trait.TREE_PCI_FIRST)) {
      tree.addNode(pciNode);
    }
    tree.addNode("/chosen");
    tree.set("/chosen", "rng-seed", seed);
    if (behaviour.has(Trait.TREE_SERIAL_ALIAS)) {
      tree.addNode("/aliases");
    }
    flash();
    fwCfg();
    pmu();
    cpus();
    memory(ramSize);
    clint();
    plic();
    platformBus();
    virtio();
    if (!behaviour.has(Trait.TREE_PCI_FIRST)) {
      tree.addNode(pciNode);
    }
    pcie(ramSize);
    reset();
    uart();
    rtc();
  }

  private void inOrderOf72(long ramSize) {
    root();
    cpus();
    memory(ramSize);
    clint();
    plic();
    platformBus();
    virtio();
    tree.addNode(pciNode);
    pcie(ramSize);
    reset();
    uart();
    rtc();
    flash();
    fwCfg();
    pmu();
  }

  private void root() {
    tree.setStrings("/", "model", "riscv-virtio,qemu");
    tree.setStrings("/", "compatible", "riscv-virtio");
    tree.setCells("/", "#size-cells", 2);
    tree.setCells("/", "#address-cells", 2);
    tree.addNode("/soc");
    tree.setFlag("/soc", "ranges");
    tree.setStrings("/soc", "compatible", "simple-bus");
    tree.setCells("/soc", "#size-cells", 2);
    tree.setCells("/soc", "#address-cells", 2);
  }

  private void cpus() {
    tree.addNode("/cpus");
    tree.setCells("/cpus", "timebase-frequency", 10_000_000);
    tree.setCells("/cpus", "#size-cells", 0);
    tree.setCells("/cpus", "#address-cells", 1);
    tree.addNode("/cpus/cpu-map");
    tree.addNode("/cpus/cpu-map/cluster0");
    String cpu = "/cpus/cpu@0";
    tree.addNode(cpu);
    tree.setStrings(cpu, "mmu-type", board.treeMmu(model));
    isa(cpu, model);
    tree.setStrings(cpu, "compatible", "riscv");
    tree.setStrings(cpu, "status", "okay");
    tree.setCells(cpu, "reg", 0);
    tree.setStrings(cpu, "device_type", "cpu");
    tree.setCells(cpu, "phandle", CPU);
    String intc = cpu + "/interrupt-controller";
    tree.addNode(intc);
    tree.setCells(intc, "phandle", CPU_INTC);
    tree.setStrings(intc, "compatible", "riscv,cpu-intc");
    tree.setFlag(intc, "interrupt-controller");
    tree.setCells(intc, "#interrupt-cells", 1);
    tree.addNode("/cpus/cpu-map/cluster0/core0");
    tree.setCells("/cpus/cpu-map/cluster0/core0", "cpu", CPU);
  }

  private void isa(String node, CpuModel cpu) {
    String letters = cpu.letters();
    List<String> names = new ArrayList<>(cpu.treeNames(behaviour.release()));
    names.addFirst("rv64" + letters);
    tree.setStrings(node, "riscv,isa", String.join("_", names));
    if (behaviour.has(Trait.TREE_ISA_EXTENSIONS)) {
      tree.setStrings(node, "riscv,isa-base", "rv64i");
      names.removeFirst();
      names.addAll(0, List.of(letters.split("")));
      tree.setStrings(node, "riscv,isa-extensions", names.toArray(String[]::new));
    }
    blockSize(node, cpu, Extension.ZICBOM, "riscv,cbom-block-size");
    blockSize(node, cpu, Extension.ZICBOZ, "riscv,cboz-block-size");
    blockSize(node, cpu, Extension.ZICBOP, "riscv,cbop-block-size");
  }

  private void blockSize(String node, CpuModel cpu, Extension extension, String property) {
    if (behaviour.has(Trait.TREE_CACHE_BLOCKS) && cpu.has(extension)) {
      tree.setCells(node, property, CACHE_BLOCK);
    }
  }

  private void memory(long ramSize) {
    String memory = "/memory@" + Long.toHexString(board.base(Area.RAM));
    tree.addNode(memory);
    tree.setRegion(memory, "reg", board.base(Area.RAM), ramSize);
    tree.setStrings(memory, "device_type", "memory");
  }

  private void clint() {
    if (aclint) {
      aclint();
      return;
    }
    String clint = "/soc/clint@" + Long.toHexString(board.base(Area.CLINT));
    tree.addNode(clint);
    tree.setStrings(clint, "compatible", "sifive,clint0", "riscv,clint0");
    tree.setRegion(clint, "reg", board.base(Area.CLINT), board.length(Area.CLINT));
    tree.setCells(clint, "interrupts-extended", CPU_INTC, 3, CPU_INTC, 7);
  }

  private void aclint() {
    softwareInterrupts("mswi", board.base(Area.CLINT), 3);
    String timer = board.treeMachineTimer();
    long clint = board.base(Area.CLINT);
    long mtimecmp = clint + BoardProfile.MTIMECMP;
    long mtime = clint + BoardProfile.MTIME;
    tree.addNode(timer);
    tree.setStrings(timer, "compatible", "riscv,aclint-mtimer");
    ByteBuffer reg = ByteBuffer.allocate(32);
    reg.putLong(mtime).putLong(clint + board.length(Area.CLINT) - mtime);
    reg.putLong(mtimecmp).putLong(mtime - mtimecmp);
    tree.set(timer, "reg", reg.array());
    tree.setCells(timer, "interrupts-extended", CPU_INTC, 7);
    softwareInterrupts("sswi", board.base(Area.SUPERVISOR_SOFTWARE), 1);
  }

  private void softwareInterrupts(String name, long base, int interrupt) {
    String node = "/soc/" + name + "@" + Long.toHexString(base);
    tree.addNode(node);
    tree.setStrings(node, "compatible", "riscv,aclint-" + name);
    tree.setRegion(node, "reg", base, board.length(Area.SUPERVISOR_SOFTWARE));
    tree.setCells(node, "interrupts-extended", CPU_INTC, interrupt);
    tree.setFlag(node, "interrupt-controller");
    tree.setCells(node, "#interrupt-cells", 0);
  }

  private void plic() {
    String plic = board.treePlic();
    tree.addNode(plic);
    tree.setCells(plic, "#interrupt-cells", 1);
    tree.setCells(plic, "#address-cells", 0);
    tree.setStrings(plic, "compatible", "sifive,plic-1.0.0", "riscv,plic0");
    tree.setFlag(plic, "interrupt-controller");
    tree.setCells(plic, "interrupts-extended", CPU_INTC, 11, CPU_INTC, 9);
    tree.setRegion(plic, "reg", board.base(Area.PLIC), board.length(Area.PLIC));
    tree.setCells(plic, "riscv,ndev", board.treeSources());
    tree.setCells(plic, "phandle", PLIC);
  }

  private void platformBus() {
    String bus = "/platform-bus@" + Long.toHexString(board.base(Area.PLATFORM_BUS));
    tree.addNode(bus);
    tree.setStrings(bus, "compatible", "qemu,platform", "simple-bus");
    tree.setCells(bus, "#size-cells", 1);
    tree.setCells(bus, "#address-cells", 1);
    tree.setCells(
        bus,
        "ranges",
        0,
        0,
        (int) board.base(Area.PLATFORM_BUS),
        (int) board.length(Area.PLATFORM_BUS));
    tree.setCells(bus, "interrupt-parent", PLIC);
  }

  private void virtio() {
    for (int i = 0; i < BoardProfile.VIRTIO_SLOTS; i++) {
      BoardProfile.Range place = board.virtio(i);
      String slot = "/soc/virtio_mmio@" + Long.toHexString(place.base());
      tree.addNode(slot);
      tree.setStrings(slot, "compatible", "virtio,mmio");
      tree.setRegion(slot, "reg", place.base(), place.length());
      tree.setCells(slot, "interrupt-parent", PLIC);
      tree.setCells(slot, "interrupts", board.interrupt(Area.VIRTIO) + i);
    }
  }

  private void pcie(long ramSize) {
    String pci = pciNode;
    tree.setCells(pci, "#address-cells", 3);
    tree.setCells(pci, "#interrupt-cells", 1);
    tree.setCells(pci, "#size-cells", 2);
    tree.setStrings(pci, "compatible", "pci-host-ecam-generic");
    tree.setStrings(pci, "device_type", "pci");
    tree.setCells(pci, "linux,pci-domain", 0);
    tree.setCells(pci, "bus-range", 0, 255);
    tree.setFlag(pci, "dma-coherent");
    tree.setRegion(pci, "reg", board.base(Area.PCIE_CONFIG), board.length(Area.PCIE_CONFIG));
    ByteBuffer ranges = ByteBuffer.allocate(3 * 28);
    range(ranges, 0x0100_0000, 0, board.base(Area.PCIE_PORTS), board.length(Area.PCIE_PORTS));
    range(
        ranges,
        0x0200_0000,
        board.base(Area.PCIE_MEMORY),
        board.base(Area.PCIE_MEMORY),
        board.length(Area.PCIE_MEMORY));
    BoardProfile.Range high = board.highWindow(ramSize);
    range(ranges, 0x0300_0000, high.base(), high.base(), high.length());
    tree.set(pci, "ranges", ranges.array());
    ByteBuffer map = ByteBuffer.allocate(16 * 24);
    for (int device = 0; device < 4; device++) {
      for (int pin = 0; pin < 4; pin++) {
        map.putInt(device << 11).putInt(0).putInt(0).putInt(pin + 1);
        map.putInt(PLIC).putInt(board.interrupt(Area.PCIE_CONFIG) + (pin + device) % 4);
      }
    }
    tree.set(pci, "interrupt-map", map.array());
    tree.setCells(pci, "interrupt-map-mask", 0x1800, 0, 0, 7);
  }

  private static void range(ByteBuffer ranges, int space, long bus, long cpu, long length) {
    ranges.putInt(space).putLong(bus).putLong(cpu).putLong(length);
  }

  private void reset() {
    String test = "/soc/test@" + Long.toHexString(board.base(Area.TEST));
    tree.addNode(test);
    tree.setStrings(test, "compatible", "sifive,test1", "sifive,test0", "syscon");
    tree.setRegion(test, "reg", board.base(Area.TEST), 0x1000);
    tree.setCells(test, "phandle", TEST);
    syscon("/reboot", "syscon-reboot", 0x7777);
    syscon("/poweroff", "syscon-poweroff", 0x5555);
  }

  private void syscon(String node, String compatible, int value) {
    tree.addNode(node);
    tree.setStrings(node, "compatible", compatible);
    tree.setCells(node, "regmap", TEST);
    tree.setCells(node, "offset", 0);
    tree.setCells(node, "value", value);
  }

  private void uart() {
    String serial = "/soc/serial@" + Long.toHexString(board.base(Area.UART));
    tree.addNode(serial);
    tree.setStrings(serial, "compatible", "ns16550a");
    tree.setRegion(serial, "reg", board.base(Area.UART), 0x100);
    tree.setCells(serial, "clock-frequency", 3_686_400);
    tree.setCells(serial, "interrupt-parent", PLIC);
    tree.setCells(serial, "interrupts", board.interrupt(Area.UART));
    if (!behaviour.has(Trait.TREE_ORDER_8_2)) {
      tree.addNode("/chosen");
    }
    tree.setStrings("/chosen", "stdout-path", serial);
    if (behaviour.has(Trait.TREE_SERIAL_ALIAS)) {
      tree.setStrings("/aliases", "serial0", serial);
    }
  }

  private void rtc() {
    String rtc = "/soc/rtc@" + Long.toHexString(board.base(Area.RTC));
    tree.addNode(rtc);
    tree.setStrings(rtc, "compatible", "google,goldfish-rtc");
    tree.setRegion(rtc, "reg", board.base(Area.RTC), 0x1000);
    tree.setCells(rtc, "interrupt-parent", PLIC);
    tree.setCells(rtc, "interrupts", board.interrupt(Area.RTC));
  }

  private void flash() {
    String flash = "/flash@" + Long.toHexString(board.base(Area.FLASH));
    tree.addNode(flash);
    tree.setStrings(flash, "compatible", "cfi-flash");
    ByteBuffer reg = ByteBuffer.allocate(32);
    reg.putLong(board.base(Area.FLASH)).putLong(board.flash(0).length());
    reg.putLong(board.flash(1).base()).putLong(board.flash(0).length());
    tree.set(flash, "reg", reg.array());
    tree.setCells(flash, "bank-width", 4);
  }

  private void fwCfg() {
    String fwCfg = "/fw-cfg@" + Long.toHexString(board.base(Area.FW_CFG));
    tree.addNode(fwCfg);
    tree.setStrings(fwCfg, "compatible", "qemu,fw-cfg-mmio");
    tree.setRegion(fwCfg, "reg", board.base(Area.FW_CFG), board.length(Area.FW_CFG));
    tree.setFlag(fwCfg, "dma-coherent");
  }

  /** Which events the counters 3 and up can count: cycles, instructions, three TLB misses. */
  private void pmu() {
    String pmu = board.treePmu();
    tree.addNode(pmu);
    tree.setStrings(pmu, "compatible", "riscv,pmu");
    int counters = 0x7fff8;
    int[] cells = {
      1, 1, counters | 1,
      2, 2, counters | 4,
      0x10019, 0x10019, counters,
      0x1001b, 0x1001b, counters,
      0x10021, 0x10021, counters,
    };
    // An array of twenty cells was written whole.
    int length = behaviour.has(Trait.TREE_ORDER_8_2) ? cells.length : 20;
    tree.setCells(pmu, "riscv,event-to-mhpmcounters", Arrays.copyOf(cells, length));
  }
}
