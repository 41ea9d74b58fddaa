package rrlog.core.machine.platform.virtio;

import rrlog.core.machine.platform.device.InterruptLine;
import rrlog.core.state.StateVisitor;

/**
 * The legacy interface (Virtio 1.1, 4.2.4), QEMU's default: version 1, 32 features, rings placed by
 * page number.
 */
public final class LegacyTransport extends MmioTransport {
  private static final int GUEST_FEATURES = 0x20;
  private static final int PAGE_SIZE = 0x28;
  private static final int QUEUE_SIZE = 0x38;
  private static final int QUEUE_ALIGN = 0x3c;
  private static final int QUEUE_PAGE = 0x40;

  private int pageShift;

  /** A transport with a device plugged in; {@code ownSizes} as in {@link MmioTransport}. */
  public LegacyTransport(VirtioDevice device, InterruptLine line, Settings settings) {
    super(device, line, VirtioDevice.Interface.LEGACY, settings);
  }

  @Override
  int version() {
    return 1;
  }

  @Override
  long hostFeatures(boolean high) {
    return high ? 0 : device.hostFeatures();
  }

  @Override
  long loadRegister(int register) {
    return register == QUEUE_PAGE && hasQueue() ? queue().address() >>> pageShift : 0;
  }

  @Override
  void storeRegister(int register, long value) {
    switch (register) {
      case GUEST_FEATURES -> {
        if (!guestFeaturesHigh()) {
          device.setFeatures(value);
        }
      }
      case PAGE_SIZE -> {
        int shift = Long.numberOfTrailingZeros(value);
        pageShift = shift > 31 ? 0 : shift;
      }
      case QUEUE_SIZE -> {
        if (hasQueue()) {
          queue().resizeInPlace(value);
        }
      }
      case QUEUE_ALIGN -> {
        if (hasQueue()) {
          queue().align(value);
        }
      }
      case QUEUE_PAGE -> {
        if (value == 0) {
          resetDevice();
        } else if (hasQueue()) {
          queue().place(value << pageShift);
        }
      }
      default -> {}
    }
  }

  @Override
  void statusWillBe(int value) {
    // Features were taken when they were written.
  }

  @Override
  void deviceReset() {
    // The page size stays.
  }

  @Override
  void transportReset() {
    pageShift = 0;
  }

  @Override
  void visitTransport(StateVisitor visitor) {
    pageShift = visitor.number("page-shift", pageShift) & 31;
  }
}
