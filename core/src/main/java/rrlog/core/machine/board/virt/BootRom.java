package rrlog.core.machine.board.virt;

import rrlog.core.machine.platform.bus.Device;
import rrlog.core.replay.Replay;

/**
 * The expansion ROM of a network card on PCI: a program of another project that QEMU brings. The
 * guest learns its size; who looks into it is stopped, for what stands there is not known.
 *
 * @param replay the engine, to say so
 */
record BootRom(Replay replay) implements Device {
  @Override
  public String name() {
    return "virtio-net-pci.rom";
  }

  @Override
  public long length() {
    return 0x4_0000;
  }

  @Override
  public long load(long offset, int size) {
    throw replay.divergence(
        "instruction",
        "the guest reads the expansion ROM of its network card, which this machine does not have");
  }

  @Override
  public void store(long offset, int size, long value) {
    // It is a ROM.
  }
}
