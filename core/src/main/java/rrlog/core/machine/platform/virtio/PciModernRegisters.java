package rrlog.core.machine.platform.virtio;

import java.util.Arrays;
import rrlog.core.machine.platform.bus.Device;
import rrlog.core.state.StateVisitor;
import rrlog.core.state.Stateful;

/** Region 4 of a virtio PCI device: what is common, interrupt status, the device's, queues. */
final class PciModernRegisters implements Device, Stateful {
  static final int COMMON = 0;
  static final int STATUS = 0x1000;
  static final int DEVICE = 0x2000;
  static final int NOTIFY = 0x3000;
  static final int NOTIFY_STRIDE = 4;
  private static final int LENGTH = 0x4000;

  private final PciTransport transport;
  private final boolean clearsFeatures;
  private final int[] guestFeatures = new int[2];
  private final boolean[] enabled = new boolean[Virtqueue.MAX_SIZE];
  private final long[] descriptors = new long[Virtqueue.MAX_SIZE];
  private final long[] available = new long[Virtqueue.MAX_SIZE];
  private final long[] used = new long[Virtqueue.MAX_SIZE];
  private int hostFeatureSelect;
  private int guestFeatureSelect;

  PciModernRegisters(PciTransport transport, boolean clearsFeatures) {
    this.transport = transport;
    this.clearsFeatures = clearsFeatures;
  }

  void deviceReset() {
    if (clearsFeatures) {
      Arrays.fill(guestFeatures, 0);
    }
    Arrays.fill(enabled, false);
    Arrays.fill(descriptors, 0);
    Arrays.fill(available, 0);
    Arrays.fill(used, 0);
  }

  @Override
  public String name() {
    return "virtio-pci";
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
    return switch ((int) offset & -PciTransport.PAGE) {
      case COMMON -> loadCommon((int) offset);
      case STATUS -> transport.device.takeInterruptStatus();
      case DEVICE -> transport.loadConfiguration(offset - DEVICE, size);
      default -> 0;
    };
  }

  private long loadCommon(int register) {
    VirtioDevice device = transport.device;
    int queue = transport.selected();
    return switch (register) {
      case 0x00 -> hostFeatureSelect;
      case 0x04 ->
          switch (hostFeatureSelect) {
            case 0 -> device.modernFeatures();
            case 1 -> device.modernFeatures() >>> 32;
            default -> 0;
          };
      case 0x08 -> guestFeatureSelect;
      case 0x0c ->
          guestFeatureSelect == 0 || guestFeatureSelect == 1
              ? guestFeatures[guestFeatureSelect]
              : 0;
      case 0x10 -> transport.configurationVector();
      case 0x12 -> device.queueCount();
      case 0x14 -> device.status();
      case 0x15 -> device.generation();
      case 0x16 -> queue;
      case 0x18 -> transport.hasQueue() ? transport.queue().size() : 0;
      case 0x1a -> transport.queueVector();
      case 0x1c -> enabled[queue] ? 1 : 0;
      case 0x1e -> queue;
      case 0x20 -> descriptors[queue];
      case 0x24 -> descriptors[queue] >>> 32;
      case 0x28 -> available[queue];
      case 0x2c -> available[queue] >>> 32;
      case 0x30 -> used[queue];
      case 0x34 -> used[queue] >>> 32;
      default -> 0;
    };
  }

  @Override
  public void store(long offset, int size, long value) {
    if (size == 8) {
      store(offset, 4, value & 0xffff_ffffL);
      store(offset + 4, 4, value >>> 32);
      return;
    }
    switch ((int) offset & -PciTransport.PAGE) {
      case COMMON -> storeCommon((int) offset, value);
      case DEVICE -> transport.storeConfiguration(offset - DEVICE, size, value);
      case NOTIFY -> transport.device.notifyQueue((int) (offset - NOTIFY) / NOTIFY_STRIDE);
      default -> {}
    }
  }

  private void storeCommon(int register, long value) {
    int queue = transport.selected();
    switch (register) {
      case 0x00 -> hostFeatureSelect = (int) value;
      case 0x08 -> guestFeatureSelect = (int) value;
      case 0x0c -> {
        if (guestFeatureSelect == 0 || guestFeatureSelect == 1) {
          guestFeatures[guestFeatureSelect] = (int) value;
          transport.device.setFeatures(
              (long) guestFeatures[1] << 32 | guestFeatures[0] & 0xffff_ffffL);
        }
      }
      case 0x10 -> transport.configurationVector(value);
      case 0x14 -> transport.setStatus((int) value);
      case 0x16 -> transport.select(value);
      case 0x18 -> {
        if (transport.hasQueue()) {
          transport.queue().resize(value);
        }
      }
      case 0x1a -> transport.queueVector(value);
      case 0x1c -> enable(value);
      case 0x20 -> descriptors[queue] = low(descriptors[queue], value);
      case 0x24 -> descriptors[queue] = high(descriptors[queue], value);
      case 0x28 -> available[queue] = low(available[queue], value);
      case 0x2c -> available[queue] = high(available[queue], value);
      case 0x30 -> used[queue] = low(used[queue], value);
      case 0x34 -> used[queue] = high(used[queue], value);
      case 0x3a -> {
        if (value == 1) {
          if (transport.hasQueue()) {
            transport.queue().reset();
          }
          enabled[queue] = false;
        }
      }
      default -> {}
    }
  }

  private void enable(long value) {
    int queue = transport.selected();
    if (value != 1) {
      transport.device.breakDown();
      return;
    }
    if (transport.hasQueue()) {
      transport.queue().place(descriptors[queue], available[queue], used[queue]);
    }
    enabled[queue] = true;
  }

  private static long low(long old, long value) {
    return old & ~0xffff_ffffL | value & 0xffff_ffffL;
  }

  private static long high(long old, long value) {
    return old & 0xffff_ffffL | value << 32;
  }

  @Override
  public void visitState(StateVisitor visitor) {
    visitor.numbers("guest-features", guestFeatures);
    hostFeatureSelect = visitor.number("host-feature-select", hostFeatureSelect);
    guestFeatureSelect = visitor.number("guest-feature-select", guestFeatureSelect);
    byte[] bits = new byte[enabled.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = (byte) (enabled[i] ? 1 : 0);
    }
    visitor.bytes("enabled", bits);
    for (int i = 0; i < bits.length; i++) {
      enabled[i] = bits[i] != 0;
    }
    visitor.numbers("descriptors", descriptors);
    visitor.numbers("available", available);
    visitor.numbers("used", used);
  }
}
