package rrlog.core.machine.platform.virtio;

import rrlog.core.machine.platform.bus.Device;

/** A virtio-mmio transport without a device: it says that it is one, and that nothing is there. */
public final class EmptyTransport implements Device {
  @Override
  public String name() {
    return "virtio-mmio";
  }

  @Override
  public long length() {
    return 0x200;
  }

  @Override
  public long load(long offset, int size) {
    if (size == 8) {
      return load(offset, 4) | load(offset + 4, 4) << 32;
    }
    return switch ((int) offset) {
      case 0x00 -> 0x74726976; // "virt"
      case 0x04 -> 1; // legacy
      case 0x0c -> 0x554d4551; // "QEMU"
      default -> 0;
    };
  }

  @Override
  public void store(long offset, int size, long value) {
    // Nothing listens.
  }
}
