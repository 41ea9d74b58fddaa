package rrlog.core.machine.platform.virtio;

import rrlog.core.machine.platform.bus.Device;

/** Region 0 of a virtio PCI device: the ports of before Virtio 1 (1.1, 4.1.4.8). */
final class PciLegacyRegisters implements Device {
  private static final int HEADER = 20;
  private static final int VECTORS = 4;
  private static final int PAGE_BITS = 12;
  private static final int STARTED = 3;

  /** A trap for drivers that take all features unseen. */
  private static final long BAD_FEATURE = 1L << 30;

  private final PciTransport transport;
  private final int length;

  PciLegacyRegisters(PciTransport transport) {
    this.transport = transport;
    int vectors = transport.hasMessages() ? VECTORS : 0;
    int used = HEADER + vectors + transport.device.configuration().length;
    this.length = Integer.highestOneBit(2 * used - 1);
  }

  @Override
  public String name() {
    return "virtio-pci";
  }

  @Override
  public long length() {
    return length;
  }

  /** Where the device's configuration begins: behind two vectors where there are messages. */
  private int configuration() {
    return transport.messagesEnabled() ? HEADER + VECTORS : HEADER;
  }

  @Override
  public long load(long offset, int size) {
    if (size == 8) {
      return load(offset, 4) & 0xffff_ffffL | load(offset + 4, 4) << 32;
    }
    int start = configuration();
    if (offset >= start) {
      return transport.loadConfiguration(offset - start, size);
    }
    VirtioDevice device = transport.device;
    return switch ((int) offset) {
      case 0x00 -> device.legacyFeatures() | BAD_FEATURE;
      case 0x04 -> device.guestFeatures();
      case 0x08 -> transport.hasQueue() ? transport.queue().address() >>> PAGE_BITS : 0;
      case 0x0c -> transport.hasQueue() ? transport.queue().size() : 0;
      case 0x0e -> transport.selected();
      case 0x12 -> device.status();
      case 0x13 -> device.takeInterruptStatus();
      case 0x14 -> transport.configurationVector();
      case 0x16 -> transport.queueVector();
      default -> -1;
    };
  }

  @Override
  public void store(long offset, int size, long value) {
    if (size == 8) {
      store(offset, 4, value & 0xffff_ffffL);
      store(offset + 4, 4, value >>> 32);
      return;
    }
    int start = configuration();
    if (offset >= start) {
      transport.storeConfiguration(offset - start, size, value);
      return;
    }
    VirtioDevice device = transport.device;
    switch ((int) offset) {
      case 0x04 -> device.setFeatures((value & BAD_FEATURE) != 0 ? device.badFeatures() : value);
      case 0x08 -> place(value << PAGE_BITS);
      case 0x0e -> transport.select(value);
      case 0x10 -> {
        if (value < Virtqueue.MAX_SIZE) {
          device.notifyQueue((int) value);
        }
      }
      case 0x12 -> {
        transport.setStatus((int) value);
        if (value == STARTED) {
          transport.becomeMaster();
        }
      }
      case 0x14 -> transport.configurationVector(value);
      case 0x16 -> transport.queueVector(value);
      default -> {}
    }
  }

  private void place(long address) {
    if (address == 0) {
      transport.resetDevice();
    } else if (transport.hasQueue()) {
      transport.queue().place(address);
    }
  }
}
