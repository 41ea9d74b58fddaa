package rrlog.core.machine.platform.virtio;

import rrlog.core.machine.platform.bus.Device;
import rrlog.core.machine.platform.device.InterruptLine;
import rrlog.core.state.StateVisitor;
import rrlog.core.state.Stateful;

/**
 * The memory-mapped transport (Virtio 1.1, 4.2) as QEMU has it. The registers that both versions
 * share stand here; {@link LegacyTransport} and {@link ModernTransport} add how features are
 * negotiated and rings placed.
 */
public abstract sealed class MmioTransport implements Device, Stateful
    permits LegacyTransport, ModernTransport {
  static final int MAGIC_VALUE = 0x74726976; // "virt"
  static final int VENDOR = 0x554d4551; // "QEMU"
  static final long LENGTH = 0x200;

  private static final int MAGIC = 0x00;
  private static final int VERSION = 0x04;
  private static final int DEVICE_ID = 0x08;
  private static final int VENDOR_ID = 0x0c;
  private static final int HOST_FEATURES = 0x10;
  private static final int HOST_FEATURES_SELECT = 0x14;
  private static final int GUEST_FEATURES_SELECT = 0x24;
  private static final int QUEUE_SELECT = 0x30;
  private static final int QUEUE_MAX = 0x34;
  private static final int QUEUE_NOTIFY = 0x50;
  private static final int INTERRUPT_STATUS = 0x60;
  private static final int INTERRUPT_ACK = 0x64;
  private static final int STATUS = 0x70;
  private static final int SHM_LENGTH_LOW = 0xb0;
  private static final int SHM_LENGTH_HIGH = 0xb4;
  private static final int CONFIGURATION = 0x100;

  final VirtioDevice device;
  private final Settings settings;
  private boolean hostFeaturesHigh;
  private boolean guestFeaturesHigh;
  private int selected;

  /**
   * What releases do otherwise.
   *
   * @param ownSizes whether the driver is told each queue's own size as the largest; else 1024
   * @param notifyLow whether only the lower 16 bits of QueueNotify are the queue's number
   */
  public record Settings(boolean ownSizes, boolean notifyLow) {}

  /** A transport with a device plugged in. */
  MmioTransport(
      VirtioDevice device, InterruptLine line, VirtioDevice.Interface spoken, Settings settings) {
    this.device = device;
    this.settings = settings;
    device.connect(Signal.of(line), spoken);
  }

  /** Machine reset. */
  public final void reset() {
    resetDevice();
    hostFeaturesHigh = false;
    guestFeaturesHigh = false;
    transportReset();
  }

  final void resetDevice() {
    device.reset();
    selected = 0;
    deviceReset();
  }

  @Override
  public final String name() {
    return "virtio-mmio";
  }

  @Override
  public final long length() {
    return LENGTH;
  }

  @Override
  public final long load(long offset, int size) {
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
      case MAGIC -> MAGIC_VALUE;
      case VERSION -> version();
      case DEVICE_ID -> device.id();
      case VENDOR_ID -> VENDOR;
      case HOST_FEATURES -> hostFeatures(hostFeaturesHigh);
      case QUEUE_MAX ->
          hasQueue() ? settings.ownSizes() ? queue().defaultSize() : Virtqueue.MAX_SIZE : 0;
      case INTERRUPT_STATUS -> device.interruptStatus();
      case STATUS -> device.status();
      case SHM_LENGTH_LOW, SHM_LENGTH_HIGH -> -1;
      default -> loadRegister((int) offset);
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
  public final void store(long offset, int size, long value) {
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
      case GUEST_FEATURES_SELECT -> guestFeaturesHigh = value != 0;
      case QUEUE_SELECT -> {
        if (value < Virtqueue.MAX_SIZE) {
          selected = (int) value;
        }
      }
      case QUEUE_NOTIFY -> {
        long queue = settings.notifyLow() ? value & 0xffff : value;
        if (queue < Virtqueue.MAX_SIZE) {
          device.notifyQueue((int) queue);
        }
      }
      case INTERRUPT_ACK -> device.acknowledge((int) value);
      case STATUS -> {
        statusWillBe((int) value);
        device.setStatus((int) value & 0xff);
        if (device.status() == 0) {
          resetDevice();
        }
      }
      default -> storeRegister(register, value);
    }
  }

  final boolean hasQueue() {
    return device.hasQueue(selected);
  }

  /** The selected queue, where there {@linkplain #hasQueue() is} one. */
  final Virtqueue queue() {
    return device.queue(selected);
  }

  final int selected() {
    return selected;
  }

  final boolean guestFeaturesHigh() {
    return guestFeaturesHigh;
  }

  @Override
  public final void visitState(StateVisitor visitor) {
    hostFeaturesHigh = visitor.flag("host-features-high", hostFeaturesHigh);
    guestFeaturesHigh = visitor.flag("guest-features-high", guestFeaturesHigh);
    selected = visitor.number("selected", selected);
    visitTransport(visitor);
    visitor.part("device", device);
  }

  /** What the register {@code Version} tells. */
  abstract int version();

  /** A half of the offered features. */
  abstract long hostFeatures(boolean high);

  abstract long loadRegister(int register);

  abstract void storeRegister(int register, long value);

  /** The driver sets the status. */
  abstract void statusWillBe(int value);

  /** The device was reset, by the driver or the machine. */
  abstract void deviceReset();

  abstract void transportReset();

  abstract void visitTransport(StateVisitor visitor);
}
