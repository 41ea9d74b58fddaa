package rrlog.core.machine.platform.devicetree;

/** A change of a device tree that its buffer has no room for; nothing was changed. */
public final class DeviceTreeFullException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DeviceTreeFullException() {
    super("the device tree's buffer is full");
  }
}
