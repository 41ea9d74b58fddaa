package rrlog.core.machine.platform.virtio;

import java.util.ArrayList;
import java.util.List;
import rrlog.core.machine.platform.bus.Bus;
import rrlog.core.machine.platform.bus.BusFault;
import rrlog.core.machine.platform.device.InterruptLine;

/** What all virtio devices have: features, status, queues, an interrupt. */
public abstract class VirtioDevice {
  static final int NOTIFY_ON_EMPTY = 24;
  static final int ANY_LAYOUT = 27;
  static final int INDIRECT = 28;
  static final int EVENT_INDEX = 29;

  private static final int FEATURES_OK = 8;
  private static final int DRIVER_OK = 4;

  final Bus bus;
  private final int id;
  private final int hostFeatures;
  private final List<Virtqueue> queues = new ArrayList<>();
  private InterruptLine line = level -> {};
  private int guestFeatures;
  private int status;
  private int interruptStatus;
  private boolean broken;

  VirtioDevice(Bus bus, int id, int hostFeatures) {
    this.bus = bus;
    this.id = id;
    this.hostFeatures = hostFeatures;
  }

  static int bits(int... numbers) {
    int bits = 0;
    for (int number : numbers) {
      bits |= 1 << number;
    }
    return bits;
  }

  final Virtqueue addQueue(int size) {
    Virtqueue queue = new Virtqueue(bus, size);
    queues.add(queue);
    return queue;
  }

  final void connect(InterruptLine interrupt) {
    line = interrupt;
  }

  final int id() {
    return id;
  }

  final int hostFeatures() {
    return hostFeatures;
  }

  final boolean hasQueue(int index) {
    return index < queues.size();
  }

  final Virtqueue queue(int index) {
    return queues.get(index);
  }

  final int status() {
    return status;
  }

  final boolean driverOk() {
    return (status & DRIVER_OK) != 0;
  }

  final boolean negotiated(int feature) {
    return (guestFeatures >>> feature & 1) != 0;
  }

  final boolean eventIndex() {
    return negotiated(EVENT_INDEX);
  }

  final void setFeatures(int features) {
    if ((status & FEATURES_OK) == 0) {
      guestFeatures = features & hostFeatures;
      featuresSet();
    }
  }

  final void setStatus(int value) {
    guarded(() -> statusWillBe(value));
    status = value;
    guarded(this::statusSet);
  }

  final int interruptStatus() {
    return interruptStatus;
  }

  final void acknowledge(int bits) {
    interruptStatus &= ~bits;
    line.set(interruptStatus != 0);
  }

  /** Tells the driver that requests came back, if it wants to know. */
  final void interrupt(Virtqueue queue) {
    if (queue.wantsInterrupt(eventIndex(), negotiated(NOTIFY_ON_EMPTY))) {
      interruptStatus |= 1;
      line.set(true);
    }
  }

  final void reset() {
    setStatus(0);
    deviceReset();
    broken = false;
    guestFeatures = 0;
    interruptStatus = 0;
    line.set(false);
    queues.forEach(Virtqueue::reset);
  }

  final void notifyQueue(int index) {
    if (hasQueue(index) && queues.get(index).placed()) {
      guarded(() -> handle(index));
    }
  }

  /** Runs work on the rings; nonsense in them stops the device until it is reset. */
  final void guarded(Runnable work) {
    if (broken) {
      return;
    }
    try {
      work.run();
    } catch (DeviceBroken | BusFault e) {
      broken = true;
    }
  }

  /** The driver notified a queue that has a place in memory. */
  abstract void handle(int queue);

  /** The device's own part of a reset. */
  void deviceReset() {}

  /** The driver set {@link #negotiated} features. */
  void featuresSet() {}

  /** Before {@link #status()} becomes this. */
  void statusWillBe(int value) {}

  /** After {@link #status()} has changed. */
  void statusSet() {}

  /** The configuration space as it is now. */
  byte[] configuration() {
    return new byte[0];
  }

  /** The driver wrote to the configuration space. */
  void configure(byte[] configuration) {}
}
