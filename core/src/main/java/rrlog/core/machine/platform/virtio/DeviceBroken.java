package rrlog.core.machine.platform.virtio;

/** The driver put nonsense into a ring; the device stops working until it is reset. */
final class DeviceBroken extends RuntimeException {
  private static final long serialVersionUID = 1;

  DeviceBroken(String what) {
    super(what);
  }
}
