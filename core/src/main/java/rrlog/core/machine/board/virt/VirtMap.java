package rrlog.core.machine.board.virt;

/**
 * Where QEMU 7.2's {@code virt} board has what ({@code samples/riscv/mtree-7.2.txt}), and its
 * wiring.
 */
final class VirtMap {
  static final long MROM = 0x1000;
  static final long MROM_LENGTH = 0xf000;
  static final long TEST = 0x10_0000;
  static final long RTC = 0x10_1000;
  static final long CLINT = 0x200_0000;
  static final long MTIMER = CLINT + 0x4000;
  static final long CLINT_LENGTH = 0x1_0000;
  static final long PCIE_PIO = 0x300_0000;
  static final long PCIE_PIO_LENGTH = 0x1_0000;
  static final long PLATFORM_BUS = 0x400_0000;
  static final long PLATFORM_BUS_LENGTH = 0x200_0000;
  static final long PLIC = 0xc00_0000;
  static final long PLIC_LENGTH = 0x60_0000;
  static final long UART = 0x1000_0000;
  static final long VIRTIO = 0x1000_1000;
  static final long VIRTIO_STRIDE = 0x1000;
  static final int VIRTIO_COUNT = 8;
  static final long FW_CFG = 0x1010_0000;
  static final long FW_CFG_LENGTH = 0x18;
  static final long FLASH = 0x2000_0000;
  static final long FLASH_BANK = 0x200_0000;
  static final int FLASH_BANKS = 2;
  static final long PCIE_ECAM = 0x3000_0000;
  static final long PCIE_ECAM_LENGTH = 0x1000_0000;
  static final long PCIE_MMIO = 0x4000_0000;
  static final long PCIE_MMIO_LENGTH = 0x4000_0000;
  static final long DRAM = 0x8000_0000L;
  static final long PCIE_HIGH_LENGTH = 16L << 30;

  static final int UART_IRQ = 10;
  static final int RTC_IRQ = 11;
  static final int VIRTIO_IRQ = 1;
  static final int PCIE_IRQ = 0x20;

  /** Inputs of the PLIC, source 0 included; {@code riscv,ndev} says one too many. */
  static final int PLIC_SOURCES = 96;

  private VirtMap() {}

  /** The 64-bit PCIe window lies behind RAM, aligned to its own length. */
  static long pcieHigh(long ramSize) {
    return (DRAM + ramSize + PCIE_HIGH_LENGTH - 1) & -PCIE_HIGH_LENGTH;
  }
}
