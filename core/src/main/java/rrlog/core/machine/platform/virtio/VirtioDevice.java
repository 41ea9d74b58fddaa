package rrlog.core.machine.platform.virtio;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import rrlog.core.machine.platform.bus.Bus;
import rrlog.core.machine.platform.bus.BusFault;
import rrlog.core.state.StateVisitor;
import rrlog.core.state.Stateful;

/** What all virtio devices have: features, status, queues, an interrupt. */
public abstract class VirtioDevice implements Stateful {
  static final int NOTIFY_ON_EMPTY = 24;
  static final int ANY_LAYOUT = 27;
  static final int INDIRECT = 28;
  static final int EVENT_INDEX = 29;
  static final int VERSION_1 = 32;

  /** Offered since 7.2, though virtio-mmio has no register for it. */
  private static final int RING_RESET = 40;

  static final int FEATURES_OK = 8;
  private static final int DRIVER_OK = 4;
  private static final int NEEDS_RESET = 0x40;
  private static final int QUEUE_INTERRUPT = 1;
  private static final int CONFIGURATION_INTERRUPT = 2;

  final Bus bus;
  private final int id;
  private final long offered;
  private final long legacyOnly;
  private final List<Virtqueue> queues = new ArrayList<>();
  private Signal signal = Signal.of(level -> {});
  private Interface spoken = Interface.LEGACY;
  private long features;
  private int status;
  private int interruptStatus;
  private int generation;
  private boolean broken;
  private boolean disabled;

  /**
   * A device.
   *
   * @param id its type (Virtio 1.1, 5)
   * @param offered features of its own
   * @param legacyOnly those of them that it does not offer behind a modern transport
   */
  VirtioDevice(Bus bus, int id, long offered, long legacyOnly) {
    this.bus = bus;
    this.id = id;
    this.offered = offered | bits(NOTIFY_ON_EMPTY, INDIRECT, EVENT_INDEX);
    this.legacyOnly = legacyOnly | bits(NOTIFY_ON_EMPTY, ANY_LAYOUT);
  }

  static long bits(int... numbers) {
    long bits = 0;
    for (int number : numbers) {
      bits |= 1L << number;
    }
    return bits;
  }

  final Virtqueue addQueue(int size) {
    Virtqueue queue = new Virtqueue(bus, size);
    queues.add(queue);
    return queue;
  }

  /** What a transport speaks. */
  enum Interface {
    /** What was before Virtio 1. */
    LEGACY,
    /** Virtio 1. */
    MODERN,
    /** Both, as the driver likes. */
    TRANSITIONAL
  }

  /** Wires the device to its transport. */
  final void connect(Signal wanted, Interface transport) {
    signal = wanted;
    spoken = transport;
  }

  final int id() {
    return id;
  }

  /** What the device offers behind its transport. */
  final long hostFeatures() {
    return switch (spoken) {
      case LEGACY -> offered;
      case MODERN -> modernFeatures();
      case TRANSITIONAL -> modernFeatures() | legacyFeatures();
    };
  }

  /** What it offers to a driver that speaks Virtio 1. */
  final long modernFeatures() {
    return offered & ~legacyOnly | bits(VERSION_1, RING_RESET);
  }

  /** What it offers to a driver that does not. */
  final long legacyFeatures() {
    return spoken == Interface.TRANSITIONAL
        ? offered & ~notBesideModern() | bits(ANY_LAYOUT)
        : offered;
  }

  /**
   * What a device is called on PCI.
   *
   * @param transitionalId its number there where it speaks the old interface
   * @param classCode class, subclass and programming interface, a byte each
   * @param messages how many interrupt messages it has
   */
  record PciIdentity(int transitionalId, int classCode, int messages) {}

  abstract PciIdentity pci();

  /** Whether the transport speaks Virtio 1, alone or beside the old interface. */
  final boolean speaksModern() {
    return spoken != Interface.LEGACY;
  }

  /** What the driver asked for, the lower half. */
  final long guestFeatures() {
    return features & 0xffff_ffffL;
  }

  /** Stops a running device, as a driver does that is through with it. */
  final void stop() {
    setStatus(status & ~DRIVER_OK);
  }

  /** Features of its own that only a device has that does not speak Virtio 1 as well. */
  long notBesideModern() {
    return 0;
  }

  /** Features that count where a driver takes all, even the one that is there as a trap. */
  long badFeatures() {
    return 0;
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

  /** Counts changes of the configuration that the driver did not make. */
  final int generation() {
    return generation;
  }

  final boolean driverOk() {
    return (status & DRIVER_OK) != 0;
  }

  final boolean negotiated(int feature) {
    return (features >>> feature & 1) != 0;
  }

  final boolean eventIndex() {
    return negotiated(EVENT_INDEX);
  }

  final void setFeatures(long wanted) {
    if ((status & FEATURES_OK) == 0) {
      features = wanted & hostFeatures();
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
    signal.lowered(interruptStatus);
  }

  /** Shows the driver why there was an interrupt, and takes it back. */
  final int takeInterruptStatus() {
    int shown = interruptStatus;
    acknowledge(shown);
    return shown;
  }

  final int queueCount() {
    return queues.size();
  }

  final int indexOf(Virtqueue queue) {
    return queues.indexOf(queue);
  }

  /** Keeps the device from looking at its rings, as without access to memory. */
  final void disable(boolean off) {
    disabled = off;
  }

  /** Tells the driver that requests came back, if it wants to know. */
  final void interrupt(Virtqueue queue) {
    if (queue.wantsInterrupt(eventIndex(), negotiated(NOTIFY_ON_EMPTY))) {
      interruptStatus |= QUEUE_INTERRUPT;
      signal.raised(queue);
    }
  }

  final void reset() {
    setStatus(0);
    deviceReset();
    broken = false;
    features = 0;
    status = 0;
    interruptStatus = 0;
    disabled = false;
    signal.lowered(0);
    queues.forEach(Virtqueue::reset);
  }

  final void notifyQueue(int index) {
    if (!broken && hasQueue(index) && queues.get(index).placed()) {
      guarded(() -> handle(index));
    }
  }

  private boolean unusable() {
    return broken || disabled;
  }

  /** Takes the next request; none where the ring is empty or the device broken. */
  final Optional<Chain> pop(Virtqueue queue) {
    if (unusable()) {
      return Optional.empty();
    }
    try {
      return queue.pop(eventIndex());
    } catch (DeviceBroken e) {
      breakDown();
      return Optional.empty();
    }
  }

  /** Gives a request back to the driver, which learns nothing of it from a broken device. */
  final void push(Virtqueue queue, int head, long written) {
    if (unusable()) {
      queue.drop();
    } else {
      queue.push(head, written);
    }
  }

  /** Whether there is no request to take. */
  final boolean isEmpty(Virtqueue queue) {
    return unusable() || queue.isEmpty();
  }

  /** Runs work on the rings; nonsense in them breaks the device. */
  final void guarded(Runnable work) {
    try {
      work.run();
    } catch (DeviceBroken | BusFault e) {
      breakDown();
    }
  }

  /**
   * The driver put nonsense into a ring: until it resets the device, no request is taken and none
   * given back. What was begun goes on, interrupts included, as QEMU's does.
   */
  final void breakDown() {
    broken = true;
    if (!negotiated(VERSION_1)) {
      return;
    }
    boolean running = driverOk();
    status |= NEEDS_RESET;
    if (running) {
      generation++;
      interruptStatus |= QUEUE_INTERRUPT | CONFIGURATION_INTERRUPT;
      signal.configurationChanged();
    }
  }

  @Override
  public final void visitState(StateVisitor visitor) {
    features = visitor.number("features", features);
    status = visitor.number("status", status);
    interruptStatus = visitor.number("interrupt-status", interruptStatus);
    generation = visitor.number("generation", generation);
    broken = visitor.flag("broken", broken);
    disabled = visitor.flag("disabled", disabled);
    for (int i = 0; i < queues.size(); i++) {
      visitor.part("queue-" + i, queues.get(i));
    }
    visitDevice(visitor);
  }

  /** Shows the state that only this kind of device has. */
  abstract void visitDevice(StateVisitor visitor);

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
