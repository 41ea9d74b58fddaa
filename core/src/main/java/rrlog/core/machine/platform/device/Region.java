package rrlog.core.machine.platform.device;

import rrlog.core.machine.platform.bus.Device;

/** A region without a device behind it that answers all the same: always one value. */
public record Region(String name, long length, long value) implements Device {
  @Override
  public long load(long offset, int size) {
    return value;
  }

  @Override
  public void store(long offset, int size, long value) {
    // Nothing there.
  }
}
