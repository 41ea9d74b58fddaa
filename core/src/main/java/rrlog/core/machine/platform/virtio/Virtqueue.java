package rrlog.core.machine.platform.virtio;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import rrlog.core.machine.platform.Limits;
import rrlog.core.machine.platform.bus.Bus;
import rrlog.core.machine.platform.bus.BusFault;
import rrlog.core.state.StateVisitor;
import rrlog.core.state.Stateful;

/** A split ring in guest memory, seen from the device. */
final class Virtqueue implements Stateful {
  /** The largest ring that a driver may choose. */
  static final int MAX_SIZE = 1024;

  private static final int DESCRIPTOR = 16;
  private static final int NEXT = 1;
  private static final int WRITE = 2;
  private static final int INDIRECT = 4;
  private static final int NO_INTERRUPT = 1;
  private static final int NO_NOTIFY = 1;

  private final Bus bus;
  private int defaultSize;
  private int size;
  private long align = 4096;
  private long descriptors;
  private long available;
  private long used;
  private int lastAvailable;
  private int usedIndex;
  private int signalled;
  private boolean signalledValid;
  private boolean notification = true;
  private int inUse;

  /** A ring that the driver has not placed yet. */
  Virtqueue(Bus bus, int defaultSize) {
    this.bus = bus;
    this.defaultSize = defaultSize;
    this.size = defaultSize;
  }

  void reset() {
    size = defaultSize;
    descriptors = 0;
    available = 0;
    used = 0;
    lastAvailable = 0;
    usedIndex = 0;
    signalled = 0;
    signalledValid = false;
    notification = true;
    inUse = 0;
  }

  /** The size that the device has before the driver chooses another. */
  int defaultSize() {
    return defaultSize;
  }

  /** Changes the size that the device has before the driver chooses another. */
  void defaultsTo(int entries) {
    defaultSize = entries;
    size = entries;
  }

  int size() {
    return size;
  }

  /** Chooses the number of entries; a number that cannot be is ignored. */
  void resize(long entries) {
    if (entries > 0 && entries <= MAX_SIZE) {
      size = (int) entries;
    }
  }

  /** Legacy: chooses the number of entries, which moves the parts of the ring. */
  void resizeInPlace(long entries) {
    resize(entries);
    place(descriptors);
  }

  void align(long bytes) {
    if (bytes != 0) {
      align = bytes;
      place(descriptors);
    }
  }

  long address() {
    return descriptors;
  }

  boolean placed() {
    return descriptors != 0;
  }

  /** Places the ring the modern way, its three parts one by one. */
  void place(long descriptorTable, long availableRing, long usedRing) {
    descriptors = descriptorTable;
    available = availableRing;
    used = usedRing;
  }

  /** Places the ring the legacy way, its parts one behind the other. */
  void place(long address) {
    descriptors = address;
    if (address == 0) {
      return;
    }
    available = address + (long) size * DESCRIPTOR;
    long end = available + 4 + 2L * size;
    used = (end + align - 1) & -align;
  }

  /** Whether the driver has put nothing into the ring that was not taken. */
  boolean isEmpty() {
    return !placed() || load16(available + 2) == lastAvailable;
  }

  /** Takes the next request; none where the ring is empty. */
  Optional<Chain> pop(boolean eventIndex) {
    if (isEmpty()) {
      return Optional.empty();
    }
    if (inUse >= size) {
      throw new DeviceBroken("more requests than the ring has entries");
    }
    int head = headAt(lastAvailable);
    lastAvailable = lastAvailable + 1 & 0xffff;
    if (eventIndex) {
      setAvailableEvent(lastAvailable);
    }
    Chain chain = chain(head);
    inUse++;
    return Optional.of(chain);
  }

  /** Puts a request back that was taken last. */
  void unpop() {
    lastAvailable = lastAvailable - 1 & 0xffff;
    inUse--;
  }

  @Override
  public void visitState(StateVisitor visitor) {
    size = Math.clamp(visitor.number("size", size), 1, MAX_SIZE);
    align = visitor.number("align", align);
    descriptors = visitor.number("descriptors", descriptors);
    available = visitor.number("available", available);
    used = visitor.number("used", used);
    lastAvailable = visitor.number("last-available", lastAvailable);
    usedIndex = visitor.number("used-index", usedIndex);
    signalled = visitor.number("signalled", signalled);
    signalledValid = visitor.flag("signalled-valid", signalledValid);
    notification = visitor.flag("notification", notification);
    inUse = visitor.number("in-use", inUse);
  }

  private int headAt(int index) {
    int head = load16(available + 4 + 2L * (index % size));
    if (head >= size) {
      throw new DeviceBroken("no descriptor " + head);
    }
    return head;
  }

  private Chain chain(int head) {
    Chain chain = descriptors(head);
    if (chain.out().size() + chain.in().size() > Limits.DESCRIPTORS) {
      throw new DeviceBroken("too many buffers in one request");
    }
    chain.out().forEach(this::checkBuffer);
    chain.in().forEach(this::checkBuffer);
    return chain;
  }

  private void checkBuffer(Chain.Buffer buffer) {
    if (buffer.length() == 0) {
      throw new DeviceBroken("empty buffer");
    }
    if (!bus.isRam(buffer.address(), buffer.length())) {
      throw new DeviceBroken("buffer outside of memory");
    }
  }

  private Chain descriptors(int head) {
    List<Chain.Buffer> out = new ArrayList<>();
    List<Chain.Buffer> in = new ArrayList<>();
    long table = descriptors;
    long count = size;
    int index = head;
    long at = table + (long) index * DESCRIPTOR;
    int flags = load16(at + 12);
    if ((flags & INDIRECT) != 0) {
      long length = load32(at + 8);
      if (length == 0 || length % DESCRIPTOR != 0) {
        throw new DeviceBroken("invalid size of an indirect table");
      }
      table = load64(at);
      if (!bus.isRam(table, length)) {
        throw new DeviceBroken("indirect table outside of memory");
      }
      count = length / DESCRIPTOR;
      at = table;
      flags = load16(at + 12);
    }
    while (true) {
      long length = load32(at + 8);
      Chain.Buffer buffer = new Chain.Buffer(load64(at), length);
      if ((flags & WRITE) != 0) {
        in.add(buffer);
      } else if (in.isEmpty()) {
        out.add(buffer);
      } else {
        throw new DeviceBroken("buffers in the wrong order");
      }
      if (out.size() + in.size() > Math.min(count, Limits.DESCRIPTORS + 1L)) {
        throw new DeviceBroken("looped descriptors");
      }
      if ((flags & NEXT) == 0) {
        return new Chain(head, out, in);
      }
      index = load16(at + 14);
      if (index >= count) {
        throw new DeviceBroken("no descriptor " + index);
      }
      at = table + (long) index * DESCRIPTOR;
      flags = load16(at + 12);
    }
  }

  /** Bytes that requests which were not taken yet have room for, up to a number that is enough. */
  long roomAvailable(long enough) {
    long room = 0;
    if (!placed()) {
      return 0;
    }
    int end = load16(available + 2);
    if ((end - lastAvailable & 0xffff) > size) {
      // Only who looks ahead minds; taking a request does not.
      throw new DeviceBroken("the driver moved the index too far");
    }
    for (int index = lastAvailable; index != end && room < enough; index = index + 1 & 0xffff) {
      room += Chain.length(descriptors(headAt(index)).in());
    }
    return Math.min(room, enough);
  }

  /** Forgets a request that was taken. */
  void drop() {
    inUse--;
  }

  /** Gives a request back to the driver, with the number of bytes written. */
  void push(int head, long written) {
    if (!placed()) {
      return;
    }
    long entry = used + 4 + 8L * (usedIndex % size);
    store(entry, 4, head);
    store(entry + 4, 4, written);
    int old = usedIndex;
    usedIndex = usedIndex + 1 & 0xffff;
    store(used + 2, 2, usedIndex);
    inUse--;
    if ((short) (usedIndex - signalled) < (usedIndex - old & 0xffff)) {
      signalledValid = false;
    }
  }

  /** Whether the driver wants an interrupt for what was given back. */
  boolean wantsInterrupt(boolean eventIndex, boolean notifyOnEmpty) {
    if (!placed()) {
      return false;
    }
    if (notifyOnEmpty && inUse == 0 && isEmpty()) {
      return true;
    }
    if (!eventIndex) {
      return (load16(available) & NO_INTERRUPT) == 0;
    }
    boolean valid = signalledValid;
    signalledValid = true;
    int old = signalled;
    signalled = usedIndex;
    int event = load16(available + 4 + 2L * size);
    return !valid || (usedIndex - event - 1 & 0xffff) < (usedIndex - old & 0xffff);
  }

  /** Tells the driver whether it shall notify the device of new requests. */
  void setNotification(boolean enable, boolean eventIndex) {
    notification = enable;
    if (!placed()) {
      return;
    }
    if (eventIndex) {
      setAvailableEvent(load16(available + 2));
    } else {
      int flags = load16(used);
      store(used, 2, enable ? flags & ~NO_NOTIFY : flags | NO_NOTIFY);
    }
  }

  private void setAvailableEvent(int index) {
    if (notification) {
      store(used + 4 + 8L * size, 2, index);
    }
  }

  private int load16(long address) {
    byte[] b = read(address, 2);
    return b[0] & 0xff | (b[1] & 0xff) << 8;
  }

  private long load32(long address) {
    return load16(address) | (long) load16(address + 2) << 16;
  }

  private long load64(long address) {
    return load32(address) | load32(address + 4) << 32;
  }

  private byte[] read(long address, int count) {
    try {
      return bus.read(address, count);
    } catch (BusFault e) {
      throw new DeviceBroken("ring outside of memory");
    }
  }

  private void store(long address, int count, long value) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) (value >>> 8 * i);
    }
    try {
      bus.write(address, bytes);
    } catch (BusFault e) {
      throw new DeviceBroken("ring outside of memory");
    }
  }
}
