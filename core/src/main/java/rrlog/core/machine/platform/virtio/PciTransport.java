package rrlog.core.machine.platform.virtio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import rrlog.core.machine.platform.bus.Bus;
import rrlog.core.machine.platform.bus.Device;
import rrlog.core.machine.platform.pci.Bar;
import rrlog.core.machine.platform.pci.ConfigSpace;
import rrlog.core.machine.platform.pci.MessageTable;
import rrlog.core.machine.platform.pci.PciFunction;
import rrlog.core.state.StateVisitor;

/**
 * The PCI transport (Virtio 1.1, 4.1) as QEMU has it: transitional unless the command line says
 * otherwise. Registers are told apart by their address alone: a read of one gives that register,
 * cut to the width of the read. {@code samples/riscv/pci} looks at all of them.
 */
public final class PciTransport extends PciFunction {

  /** What of both interfaces the device has. */
  public enum Interfaces {
    /** The driver may speak either. */
    TRANSITIONAL(VirtioDevice.Interface.TRANSITIONAL),
    /** {@code disable-legacy=on}. */
    MODERN(VirtioDevice.Interface.MODERN),
    /** {@code disable-modern=on}. */
    LEGACY(VirtioDevice.Interface.LEGACY);

    private final VirtioDevice.Interface spoken;

    Interfaces(VirtioDevice.Interface spoken) {
      this.spoken = spoken;
    }
  }

  /**
   * What the command line and the release say of the transport.
   *
   * @param interfaces what a driver may speak
   * @param rom what answers where the guest looks at the expansion ROM, if there is one
   * @param messages vectors of MSI-X where they are stated; 0: there is no MSI-X
   * @param queueSize size that every queue has until the driver chooses another; 0: its own
   * @param clearsFeatures whether a driver that resets the device finds its features cleared
   */
  public record Settings(
      Interfaces interfaces,
      Optional<Device> rom,
      OptionalInt messages,
      int queueSize,
      boolean clearsFeatures) {}

  /** Entries that a queue has at most. */
  public static final int LARGEST_QUEUE = Virtqueue.MAX_SIZE;

  private static final int NO_VECTOR = 0xffff;
  private static final int QUEUES = Virtqueue.MAX_SIZE;
  private static final int VENDOR = 0x1af4;
  private static final int VENDOR_CAPABILITY = 9;
  private static final int MESSAGES_LEGACY = 0x40;
  private static final int MESSAGES = 0x98;
  private static final int WINDOW = 0x84;
  private static final int WINDOW_DATA = WINDOW + 16;
  private static final int COMMAND = 4;
  static final int PAGE = 0x1000;

  final VirtioDevice device;
  private final Optional<MessageTable> messages;
  private final int[] vectors = new int[QUEUES];
  private final PciModernRegisters modern;
  private int configurationVector = NO_VECTOR;
  private int selected;

  /** A transport with a device plugged in. */
  public PciTransport(Bus bus, VirtioDevice device, Settings settings) {
    super(identity(device, settings.interfaces()));
    this.device = device;
    device.connect(new Wire(), settings.interfaces().spoken);
    Arrays.fill(vectors, NO_VECTOR);
    if (settings.queueSize() != 0) {
      for (int i = 0; i < device.queueCount(); i++) {
        device.queue(i).defaultsTo(settings.queueSize());
      }
    }
    this.modern = new PciModernRegisters(this, settings.clearsFeatures());
    boolean legacyOnly = settings.interfaces() == Interfaces.LEGACY;
    if (!legacyOnly) {
      describeModern();
      add(new Bar(0x20, Bar.Kind.MEMORY_64, modern.length(), modern));
    }
    int vectorCount = settings.messages().orElse(device.pci().messages());
    this.messages =
        vectorCount == 0
            ? Optional.empty()
            : Optional.of(
                new MessageTable(
                    bus, config(), legacyOnly ? MESSAGES_LEGACY : MESSAGES, 1, vectorCount));
    messages.ifPresent(table -> add(new Bar(0x14, Bar.Kind.MEMORY, table.size(), table)));
    if (settings.interfaces() != Interfaces.MODERN) {
      PciLegacyRegisters legacy = new PciLegacyRegisters(this);
      add(new Bar(0x10, Bar.Kind.PORTS, legacy.length(), legacy));
    }
    settings.rom().ifPresent(rom -> add(new Bar(Bar.ROM, Bar.Kind.MEMORY, rom.length(), rom)));
    config().interruptPin();
  }

  private static ConfigSpace identity(VirtioDevice device, Interfaces interfaces) {
    int type = device.id();
    return interfaces == Interfaces.MODERN
        ? new ConfigSpace(
            0x1040 + type << 16 | VENDOR, device.pci().classCode() << 8 | 1, 0x1100 << 16 | VENDOR)
        : new ConfigSpace(
            device.pci().transitionalId() << 16 | VENDOR,
            device.pci().classCode() << 8,
            type << 16 | VENDOR);
  }

  /** The capabilities that tell where in region 4 what lies, and a window to it. */
  private void describeModern() {
    capability(0x40, 1, PciModernRegisters.COMMON, 0);
    capability(0x50, 3, PciModernRegisters.STATUS, 0);
    capability(0x60, 4, PciModernRegisters.DEVICE, 0);
    capability(0x70, 2, PciModernRegisters.NOTIFY, PciModernRegisters.NOTIFY_STRIDE);
    config()
        .capability(
            WINDOW,
            VENDOR_CAPABILITY,
            ByteBuffer.allocate(18).put(0, (byte) 20).put(1, (byte) 5).array());
    config().writable32(WINDOW + 4, 0xff);
    for (int word = 8; word <= 16; word += 4) {
      config().writable32(WINDOW + word, -1);
    }
  }

  private void capability(int at, int type, int offset, int stride) {
    ByteBuffer content = ByteBuffer.allocate(stride == 0 ? 14 : 18).order(ByteOrder.LITTLE_ENDIAN);
    content.put(0, (byte) (content.capacity() + 2)).put(1, (byte) type).put(2, (byte) 4);
    content.putInt(6, offset).putInt(10, PAGE);
    if (stride != 0) {
      content.putInt(14, stride);
    }
    config().capability(at, VENDOR_CAPABILITY, content.array());
  }

  boolean hasMessages() {
    return messages.isPresent();
  }

  boolean messagesEnabled() {
    return messages.isPresent() && messages.get().enabled();
  }

  int selected() {
    return selected;
  }

  void select(long queue) {
    if (queue < QUEUES) {
      selected = (int) queue;
    }
  }

  boolean hasQueue() {
    return device.hasQueue(selected);
  }

  Virtqueue queue() {
    return device.queue(selected);
  }

  int configurationVector() {
    return configurationVector;
  }

  void configurationVector(long vector) {
    configurationVector = known(vector);
  }

  int queueVector() {
    return vectors[selected];
  }

  void queueVector(long vector) {
    vectors[selected] = known(vector);
  }

  private int known(long vector) {
    return messages.isPresent() && vector < messages.get().vectors() ? (int) vector : NO_VECTOR;
  }

  /** Drivers before Linux 2.6.34 forgot to let the device access memory. */
  void becomeMaster() {
    config().command(ConfigSpace.MASTER);
  }

  void setStatus(int status) {
    device.setStatus(status & 0xff);
    if (device.status() == 0) {
      resetDevice();
    }
  }

  void resetDevice() {
    device.reset();
    modern.deviceReset();
    selected = 0;
    configurationVector = NO_VECTOR;
    Arrays.fill(vectors, NO_VECTOR);
  }

  long loadConfiguration(long offset, int size) {
    byte[] bytes = device.configuration();
    if (offset + size > bytes.length) {
      return -1;
    }
    long value = 0;
    for (int i = 0; i < size; i++) {
      value |= (bytes[(int) offset + i] & 0xffL) << 8 * i;
    }
    return value;
  }

  void storeConfiguration(long offset, int size, long value) {
    byte[] bytes = device.configuration();
    if (offset + size <= bytes.length) {
      for (int i = 0; i < size; i++) {
        bytes[(int) offset + i] = (byte) (value >>> 8 * i);
      }
      device.configure(bytes);
    }
  }

  private final class Wire implements Signal {
    @Override
    public void raised(Virtqueue queue) {
      raise(vectors[device.indexOf(queue)]);
    }

    @Override
    public void configurationChanged() {
      raise(configurationVector);
    }

    private void raise(int vector) {
      if (!messagesEnabled()) {
        interrupt(true);
      } else if (vector != NO_VECTOR) {
        messages.orElseThrow().send(vector);
      }
    }

    @Override
    public void lowered(int interruptStatus) {
      interrupt(interruptStatus != 0);
    }
  }

  @Override
  protected void read(int at, int size) {
    if (inWindow(at, size)) {
      int length = config().get32(WINDOW + 12);
      if (length == 1 || length == 2 || length == 4) {
        long value = modern.load(windowOffset(length), length);
        long mask = length == 4 ? 0xffff_ffffL : (1L << 8 * length) - 1;
        config().set32(WINDOW_DATA, (int) (config().get32(WINDOW_DATA) & ~mask | value & mask));
      }
    }
  }

  @Override
  protected void written(int at, int size) {
    if (inWindow(at, size)) {
      int length = config().get32(WINDOW + 12);
      if (length == 1 || length == 2 || length == 4) {
        modern.store(windowOffset(length), length, config().get32(WINDOW_DATA) & 0xffff_ffffL);
      }
    }
    if (messages.isPresent() && messages.get().touches(at, size)) {
      if (messagesEnabled()) {
        interrupt(false);
      }
      messages.get().unmasked();
    }
    if (at <= COMMAND && at + size > COMMAND) {
      boolean master = (config().get32(COMMAND) & ConfigSpace.MASTER) != 0;
      device.disable(!master);
      if (!master) {
        device.stop();
      }
    }
  }

  private boolean inWindow(int at, int size) {
    return device.speaksModern() && at < WINDOW_DATA + 4 && at + size > WINDOW_DATA;
  }

  private long windowOffset(int length) {
    return config().get32(WINDOW + 8) & modern.length() - 1 & -length;
  }

  @Override
  public void reset() {
    resetDevice();
    messages.ifPresent(MessageTable::reset);
    super.reset();
  }

  @Override
  public void visitState(StateVisitor visitor) {
    super.visitState(visitor);
    messages.ifPresent(table -> visitor.part("messages", table));
    visitor.numbers("vectors", vectors);
    configurationVector = visitor.number("configuration-vector", configurationVector) & NO_VECTOR;
    selected = visitor.number("selected", selected) & QUEUES - 1;
    visitor.part("registers", modern);
    visitor.part("device", device);
  }
}
