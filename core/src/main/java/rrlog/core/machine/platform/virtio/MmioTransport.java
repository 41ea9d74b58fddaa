package rrlog.core.machine.platform.virtio;

import rrlog.core.machine.platform.bus.Device;
import rrlog.core.machine.platform.device.InterruptLine;

/**
 * The legacy memory-mapped transport (Virtio 1.1, 4.2.4) as QEMU's {@code virt} board uses it by
 * default: version 1, rings placed by page number, at most 1024 entries.
 */
public final class MmioTransport implements Device {
  private static final int MAGIC = 0x00;
  private static final int VERSION = 0x04;
  private static final int DEVICE_ID = 0x08;
  private static final int VENDOR_ID = 0x0c;
  private static final int HOST_FEATURES = 0x10;
  private static final int HOST_FEATURES_SELECT = 0x14;
  private static final int GUEST_FEATURES = 0x20;
  private static final int GUEST_FEATURES_SELECT = 0x24;
  private static final int PAGE_SIZE = 0x28;
  private static final int QUEUE_SELECT = 0x30;
  private static final int QUEUE_MAX = 0x34;
  private static final int QUEUE_SIZE = 0x38;
  private static final int QUEUE_ALIGN = 0x3c;
  private static final int QUEUE_PAGE = 0x40;
  private static final int QUEUE_NOTIFY = 0x50;
  private static final int INTERRUPT_STATUS = 0x60;
  private static final int INTERRUPT_ACK = 0x64;
  private static final int STATUS = 0x70;
  private static final int SHM_LENGTH_LOW = 0xb0;
  private static final int SHM_LENGTH_HIGH = 0xb4;
  private static final int CONFIGURATION = 0x100;
  private static final long LENGTH = 0x200;

  private final VirtioDevice device;
  private boolean hostFeaturesHigh;
  private boolean guestFeaturesHigh;
  private int pageShift;
  private int selected;

  /** A transport with a device plugged in. */
  public MmioTransport(VirtioDevice device, InterruptLine line) {
    this.device = device;
    device.connect(line);
  }

  /** Machine reset. */
  public void reset() {
    resetDevice();
    hostFeaturesHigh = false;
    guestFeaturesHigh = false;
    pageShift = 0;
  }

  private void resetDevice() {
    device.reset();
    selected = 0;
  }

  @Override
  public String name() {
    return "virtio-mmio";
  }

  @Override
  public long length() {
    return LENGTH;
  }

  @Override
  public long load(long offset, int size) {
    if (size == 8) {
      return load(offset, 4) & 0xffff_ffffL | load(offset + 4, 4) << 32;
    }
    if (offset >= CONFIGURATION) {
      return loadConfiguration((int) offset - CONFIGURATION, size);
    }
    if (size != 4) {
      return 0;
    }
    return switch ((int) offset) {
      case MAGIC -> 0x74726976;
      case VERSION -> 1;
      case DEVICE_ID -> device.id();
      case VENDOR_ID -> 0x554d4551;
      case HOST_FEATURES -> hostFeaturesHigh ? 0 : device.hostFeatures();
      case QUEUE_MAX ->
          device.hasQueue(selected) && device.queue(selected).size() != 0 ? Virtqueue.MAX_SIZE : 0;
      case QUEUE_PAGE ->
          device.hasQueue(selected) ? device.queue(selected).address() >>> pageShift : 0;
      case INTERRUPT_STATUS -> device.interruptStatus();
      case STATUS -> device.status();
      case SHM_LENGTH_LOW, SHM_LENGTH_HIGH -> -1;
      default -> 0;
    };
  }

  private long loadConfiguration(int offset, int size) {
    byte[] configuration = device.configuration();
    if (offset + size > configuration.length) {
      return -1;
    }
    long value = 0;
    for (int i = 0; i < size; i++) {
      value |= (configuration[offset + i] & 0xffL) << 8 * i;
    }
    return value;
  }

  @Override
  public void store(long offset, int size, long value) {
    if (size == 8) {
      store(offset, 4, value & 0xffff_ffffL);
      store(offset + 4, 4, value >>> 32);
      return;
    }
    if (offset >= CONFIGURATION) {
      storeConfiguration((int) offset - CONFIGURATION, size, value);
    } else if (size == 4) {
      store((int) offset, value);
    }
  }

  private void storeConfiguration(int offset, int size, long value) {
    byte[] configuration = device.configuration();
    if (offset + size <= configuration.length) {
      for (int i = 0; i < size; i++) {
        configuration[offset + i] = (byte) (value >>> 8 * i);
      }
      device.configure(configuration);
    }
  }

  private void store(int register, long value) {
    switch (register) {
      case HOST_FEATURES_SELECT -> hostFeaturesHigh = value != 0;
      case GUEST_FEATURES -> {
        if (!guestFeaturesHigh) {
          device.setFeatures((int) value);
        }
      }
      case GUEST_FEATURES_SELECT -> guestFeaturesHigh = value != 0;
      case PAGE_SIZE -> {
        int shift = Long.numberOfTrailingZeros(value);
        pageShift = shift > 31 ? 0 : shift;
      }
      case QUEUE_SELECT -> {
        if (value < Virtqueue.MAX_SIZE) {
          selected = (int) value;
        }
      }
      case QUEUE_SIZE -> {
        if (device.hasQueue(selected)) {
          device.queue(selected).resize(value);
        }
      }
      case QUEUE_ALIGN -> {
        if (device.hasQueue(selected)) {
          device.queue(selected).align(value);
        }
      }
      case QUEUE_PAGE -> {
        if (value == 0) {
          resetDevice();
        } else if (device.hasQueue(selected)) {
          device.queue(selected).place(value << pageShift);
        }
      }
      case QUEUE_NOTIFY -> {
        if (value < Virtqueue.MAX_SIZE) {
          device.notifyQueue((int) value);
        }
      }
      case INTERRUPT_ACK -> device.acknowledge((int) value);
      case STATUS -> {
        device.setStatus((int) value & 0xff);
        if (device.status() == 0) {
          resetDevice();
        }
      }
      default -> {}
    }
  }
}
