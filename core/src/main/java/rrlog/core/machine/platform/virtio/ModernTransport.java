package rrlog.core.machine.platform.virtio;

import java.util.Arrays;
import rrlog.core.machine.platform.device.InterruptLine;
import rrlog.core.state.StateVisitor;

/**
 * The interface of Virtio 1 (1.1, 4.2.2), {@code -global virtio-mmio.force-legacy=false}: version
 * 2, 64 features that count once the driver is content with them, rings whose parts are placed one
 * by one.
 */
public final class ModernTransport extends MmioTransport {
  private static final int GUEST_FEATURES = 0x20;
  private static final int QUEUE_SIZE = 0x38;
  private static final int QUEUE_READY = 0x44;
  private static final int DESCRIPTORS = 0x80;
  private static final int AVAILABLE = 0x90;
  private static final int USED = 0xa0;
  private static final int GENERATION = 0xfc;

  private final int[] guestFeatures = new int[2];
  // What the driver wrote of each queue; it counts once the queue is ready.
  private final int[] sizes = new int[Virtqueue.MAX_SIZE];
  private final int[] enabled = new int[Virtqueue.MAX_SIZE];
  private final long[] descriptors = new long[Virtqueue.MAX_SIZE];
  private final long[] available = new long[Virtqueue.MAX_SIZE];
  private final long[] used = new long[Virtqueue.MAX_SIZE];

  /** A transport with a device plugged in; {@code ownSizes} as in {@link MmioTransport}. */
  public ModernTransport(VirtioDevice device, InterruptLine line, Settings settings) {
    super(device, line, VirtioDevice.Interface.MODERN, settings);
  }

  @Override
  int version() {
    return 2;
  }

  @Override
  long hostFeatures(boolean high) {
    return high ? device.hostFeatures() >>> 32 : device.hostFeatures();
  }

  @Override
  long loadRegister(int register) {
    return switch (register) {
      case QUEUE_READY -> enabled[selected()];
      case GENERATION -> device.generation();
      default -> 0;
    };
  }

  @Override
  void storeRegister(int register, long value) {
    int queue = selected();
    switch (register) {
      case GUEST_FEATURES -> guestFeatures[guestFeaturesHigh() ? 1 : 0] = (int) value;
      case QUEUE_SIZE -> {
        if (hasQueue()) {
          queue().resize(value);
        }
        sizes[queue] = (int) value;
      }
      case QUEUE_READY -> setReady(value != 0);
      case DESCRIPTORS -> descriptors[queue] = low(descriptors[queue], value);
      case DESCRIPTORS + 4 -> descriptors[queue] = high(descriptors[queue], value);
      case AVAILABLE -> available[queue] = low(available[queue], value);
      case AVAILABLE + 4 -> available[queue] = high(available[queue], value);
      case USED -> used[queue] = low(used[queue], value);
      case USED + 4 -> used[queue] = high(used[queue], value);
      default -> {}
    }
  }

  private void setReady(boolean ready) {
    int queue = selected();
    if (ready && hasQueue()) {
      queue().resize(sizes[queue]);
      queue().place(descriptors[queue], available[queue], used[queue]);
    }
    enabled[queue] = ready ? 1 : 0;
  }

  private static long low(long old, long value) {
    return old & ~0xffff_ffffL | value & 0xffff_ffffL;
  }

  private static long high(long old, long value) {
    return old & 0xffff_ffffL | value << 32;
  }

  @Override
  void statusWillBe(int value) {
    if ((value & VirtioDevice.FEATURES_OK) != 0) {
      device.setFeatures((long) guestFeatures[1] << 32 | guestFeatures[0] & 0xffff_ffffL);
    }
  }

  @Override
  void deviceReset() {
    Arrays.fill(enabled, 0);
  }

  @Override
  void transportReset() {
    Arrays.fill(guestFeatures, 0);
    Arrays.fill(sizes, 0);
    Arrays.fill(descriptors, 0);
    Arrays.fill(available, 0);
    Arrays.fill(used, 0);
  }

  @Override
  void visitTransport(StateVisitor visitor) {
    visitor.numbers("guest-features", guestFeatures);
    visitor.numbers("sizes", sizes);
    visitor.numbers("enabled", enabled);
    visitor.numbers("descriptors", descriptors);
    visitor.numbers("available", available);
    visitor.numbers("used", used);
  }
}
