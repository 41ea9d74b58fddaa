package rrlog.core.machine.platform.virtio;

import rrlog.core.machine.platform.bus.Device;

/**
 * A virtio-mmio transport without a device: it says that it is one, and that nothing is there.
 *
 * @param modern whether it speaks Virtio 1
 */
public record EmptyTransport(boolean modern) implements Device {
  @Override
  public String name() {
    return "virtio-mmio";
  }

  @Override
  public long length() {
    return MmioTransport.LENGTH;
  }

  @Override
  public long load(long offset, int size) {
    if (size == 8) {
      return load(offset, 4) | load(offset + 4, 4) << 32;
    }
    return switch ((int) offset) {
      case 0x00 -> MmioTransport.MAGIC_VALUE;
      case 0x04 -> modern ? 2 : 1;
      case 0x0c -> MmioTransport.VENDOR;
      default -> 0;
    };
  }

  @Override
  public void store(long offset, int size, long value) {
    // Nothing listens.
  }
}
