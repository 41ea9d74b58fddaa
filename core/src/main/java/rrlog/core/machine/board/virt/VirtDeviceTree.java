package rrlog.core.machine.board.virt;

import java.nio.ByteBuffer;
import rrlog.core.machine.platform.devicetree.DeviceTreeBlob;

/**
 * The device tree that QEMU 7.2 makes for {@code virt} with one hart: the same nodes and properties
 * added in the same order, so that the blob is the same to the byte.
 */
final class VirtDeviceTree {
  /** What QEMU reserves for a tree it makes itself. */
  static final int SIZE = 1 << 20;

  static final int SEED_LENGTH = 32;
  private static final int CPU = 1;
  private static final int CPU_INTC = 2;
  private static final int PLIC = 3;
  private static final int TEST = 4;
  private static final String ISA = "rv64imafdch_zicsr_zifencei_zihintpause_zba_zbb_zbc_zbs_sstc";

  private final DeviceTreeBlob tree = DeviceTreeBlob.empty(SIZE);

  private VirtDeviceTree() {}

  /** The tree without what depends on the command line. */
  static DeviceTreeBlob generate(long ramSize) {
    VirtDeviceTree virt = new VirtDeviceTree();
    virt.root();
    virt.cpus();
    virt.memory(ramSize);
    virt.clint();
    virt.plic();
    virt.platformBus();
    virt.virtio();
    virt.pcie(ramSize);
    virt.reset();
    virt.uart();
    virt.rtc();
    virt.flash();
    virt.fwCfg();
    virt.pmu();
    return virt.tree;
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
    tree.setStrings(cpu, "mmu-type", "riscv,sv48");
    tree.setStrings(cpu, "riscv,isa", ISA);
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

  private void memory(long ramSize) {
    String memory = "/memory@" + Long.toHexString(VirtMap.DRAM);
    tree.addNode(memory);
    tree.setRegion(memory, "reg", VirtMap.DRAM, ramSize);
    tree.setStrings(memory, "device_type", "memory");
  }

  private void clint() {
    String clint = "/soc/clint@" + Long.toHexString(VirtMap.CLINT);
    tree.addNode(clint);
    tree.setStrings(clint, "compatible", "sifive,clint0", "riscv,clint0");
    tree.setRegion(clint, "reg", VirtMap.CLINT, VirtMap.CLINT_LENGTH);
    tree.setCells(clint, "interrupts-extended", CPU_INTC, 3, CPU_INTC, 7);
  }

  private void plic() {
    String plic = "/soc/plic@" + Long.toHexString(VirtMap.PLIC);
    tree.addNode(plic);
    tree.setCells(plic, "#interrupt-cells", 1);
    tree.setCells(plic, "#address-cells", 0);
    tree.setStrings(plic, "compatible", "sifive,plic-1.0.0", "riscv,plic0");
    tree.setFlag(plic, "interrupt-controller");
    tree.setCells(plic, "interrupts-extended", CPU_INTC, 11, CPU_INTC, 9);
    tree.setRegion(plic, "reg", VirtMap.PLIC, VirtMap.PLIC_LENGTH);
    tree.setCells(plic, "riscv,ndev", VirtMap.PLIC_SOURCES);
    tree.setCells(plic, "phandle", PLIC);
  }

  private void platformBus() {
    String bus = "/platform-bus@" + Long.toHexString(VirtMap.PLATFORM_BUS);
    tree.addNode(bus);
    tree.setStrings(bus, "compatible", "qemu,platform", "simple-bus");
    tree.setCells(bus, "#size-cells", 1);
    tree.setCells(bus, "#address-cells", 1);
    tree.setCells(
        bus, "ranges", 0, 0, (int) VirtMap.PLATFORM_BUS, (int) VirtMap.PLATFORM_BUS_LENGTH);
    tree.setCells(bus, "interrupt-parent", PLIC);
  }

  private void virtio() {
    for (int i = 0; i < VirtMap.VIRTIO_COUNT; i++) {
      long base = VirtMap.VIRTIO + i * VirtMap.VIRTIO_STRIDE;
      String slot = "/soc/virtio_mmio@" + Long.toHexString(base);
      tree.addNode(slot);
      tree.setStrings(slot, "compatible", "virtio,mmio");
      tree.setRegion(slot, "reg", base, VirtMap.VIRTIO_STRIDE);
      tree.setCells(slot, "interrupt-parent", PLIC);
      tree.setCells(slot, "interrupts", VirtMap.VIRTIO_IRQ + i);
    }
  }

  private void pcie(long ramSize) {
    String pci = "/soc/pci@" + Long.toHexString(VirtMap.PCIE_ECAM);
    tree.addNode(pci);
    tree.setCells(pci, "#address-cells", 3);
    tree.setCells(pci, "#interrupt-cells", 1);
    tree.setCells(pci, "#size-cells", 2);
    tree.setStrings(pci, "compatible", "pci-host-ecam-generic");
    tree.setStrings(pci, "device_type", "pci");
    tree.setCells(pci, "linux,pci-domain", 0);
    tree.setCells(pci, "bus-range", 0, 255);
    tree.setFlag(pci, "dma-coherent");
    tree.setRegion(pci, "reg", VirtMap.PCIE_ECAM, VirtMap.PCIE_ECAM_LENGTH);
    ByteBuffer ranges = ByteBuffer.allocate(3 * 28);
    range(ranges, 0x0100_0000, 0, VirtMap.PCIE_PIO, VirtMap.PCIE_PIO_LENGTH);
    range(ranges, 0x0200_0000, VirtMap.PCIE_MMIO, VirtMap.PCIE_MMIO, VirtMap.PCIE_MMIO_LENGTH);
    long high = VirtMap.pcieHigh(ramSize);
    range(ranges, 0x0300_0000, high, high, VirtMap.PCIE_HIGH_LENGTH);
    tree.set(pci, "ranges", ranges.array());
    ByteBuffer map = ByteBuffer.allocate(16 * 24);
    for (int device = 0; device < 4; device++) {
      for (int pin = 0; pin < 4; pin++) {
        map.putInt(device << 11).putInt(0).putInt(0).putInt(pin + 1);
        map.putInt(PLIC).putInt(VirtMap.PCIE_IRQ + (pin + device) % 4);
      }
    }
    tree.set(pci, "interrupt-map", map.array());
    tree.setCells(pci, "interrupt-map-mask", 0x1800, 0, 0, 7);
  }

  private static void range(ByteBuffer ranges, int space, long bus, long cpu, long length) {
    ranges.putInt(space).putLong(bus).putLong(cpu).putLong(length);
  }

  private void reset() {
    String test = "/soc/test@" + Long.toHexString(VirtMap.TEST);
    tree.addNode(test);
    tree.setStrings(test, "compatible", "sifive,test1", "sifive,test0", "syscon");
    tree.setRegion(test, "reg", VirtMap.TEST, 0x1000);
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
    String serial = "/soc/serial@" + Long.toHexString(VirtMap.UART);
    tree.addNode(serial);
    tree.setStrings(serial, "compatible", "ns16550a");
    tree.setRegion(serial, "reg", VirtMap.UART, 0x100);
    tree.setCells(serial, "clock-frequency", 3_686_400);
    tree.setCells(serial, "interrupt-parent", PLIC);
    tree.setCells(serial, "interrupts", VirtMap.UART_IRQ);
    tree.addNode("/chosen");
    tree.setStrings("/chosen", "stdout-path", serial);
  }

  private void rtc() {
    String rtc = "/soc/rtc@" + Long.toHexString(VirtMap.RTC);
    tree.addNode(rtc);
    tree.setStrings(rtc, "compatible", "google,goldfish-rtc");
    tree.setRegion(rtc, "reg", VirtMap.RTC, 0x1000);
    tree.setCells(rtc, "interrupt-parent", PLIC);
    tree.setCells(rtc, "interrupts", VirtMap.RTC_IRQ);
  }

  private void flash() {
    String flash = "/flash@" + Long.toHexString(VirtMap.FLASH);
    tree.addNode(flash);
    tree.setStrings(flash, "compatible", "cfi-flash");
    ByteBuffer reg = ByteBuffer.allocate(32);
    reg.putLong(VirtMap.FLASH).putLong(VirtMap.FLASH_BANK);
    reg.putLong(VirtMap.FLASH + VirtMap.FLASH_BANK).putLong(VirtMap.FLASH_BANK);
    tree.set(flash, "reg", reg.array());
    tree.setCells(flash, "bank-width", 4);
  }

  private void fwCfg() {
    String fwCfg = "/fw-cfg@" + Long.toHexString(VirtMap.FW_CFG);
    tree.addNode(fwCfg);
    tree.setStrings(fwCfg, "compatible", "qemu,fw-cfg-mmio");
    tree.setRegion(fwCfg, "reg", VirtMap.FW_CFG, VirtMap.FW_CFG_LENGTH);
    tree.setFlag(fwCfg, "dma-coherent");
  }

  /** Which events the counters 3 and up can count: cycles, instructions, three TLB misses. */
  private void pmu() {
    tree.addNode("/pmu");
    tree.setStrings("/pmu", "compatible", "riscv,pmu");
    int counters = 0x7fff8;
    tree.setCells(
        "/pmu",
        "riscv,event-to-mhpmcounters",
        1,
        1,
        counters | 1,
        2,
        2,
        counters | 4,
        0x10019,
        0x10019,
        counters,
        0x1001b,
        0x1001b,
        counters,
        0x10021,
        0x10021,
        counters,
        0,
        0,
        0,
        0,
        0);
  }
}
