package rrlog.core.machine.platform.virtio;

import rrlog.core.machine.platform.device.InterruptLine;

/** How a transport tells the driver that its device has something to say. */
interface Signal {
  /** Requests of a queue came back. */
  void raised(Virtqueue queue);

  /** The configuration changed. */
  void configurationChanged();

  /** The driver has seen interrupts; these are left. */
  void lowered(int interruptStatus);

  /** One wire for all. */
  static Signal of(InterruptLine line) {
    return new Signal() {
      @Override
      public void raised(Virtqueue queue) {
        line.set(true);
      }

      @Override
      public void configurationChanged() {
        line.set(true);
      }

      @Override
      public void lowered(int interruptStatus) {
        line.set(interruptStatus != 0);
      }
    };
  }
}
