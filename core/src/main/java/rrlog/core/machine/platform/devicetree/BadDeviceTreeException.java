package rrlog.core.machine.platform.devicetree;

/** A file is no device tree blob, or a broken one; the message is one line. */
public final class BadDeviceTreeException extends Exception {
  private static final long serialVersionUID = 1;

  BadDeviceTreeException(String message) {
    super(message);
  }
}
