package rrlog.core.machine.platform.pci;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import rrlog.core.machine.platform.bus.Bus;
import rrlog.core.machine.platform.bus.BusFault;
import rrlog.core.machine.platform.bus.Device;
import rrlog.core.state.StateVisitor;
import rrlog.core.state.Stateful;

/** MSI-X: interrupts as writes to memory, with their table and their pending bits in a region. */
public final class MessageTable implements Device, Stateful {
  private static final int ID = 0x11;
  private static final int ENTRY = 16;
  private static final int CONTROL = 12;
  private static final int ENABLE = 0x8000_0000;
  private static final int MASK_ALL = 0x4000_0000;
  private static final int SMALLEST = 0x1000;

  private final Bus bus;
  private final ConfigSpace config;
  private final int at;
  private final int vectors;
  private final int pendingAt;
  private final int size;
  private final ByteBuffer table;
  private final byte[] pending;

  /**
   * Adds the capability.
   *
   * @param at where it lies in the configuration space
   * @param bar number of the region
   * @param vectors messages, from 1 on
   */
  public MessageTable(Bus bus, ConfigSpace config, int at, int bar, int vectors) {
    this.bus = bus;
    this.config = config;
    this.at = at;
    this.vectors = vectors;
    this.pendingAt = Math.max(SMALLEST / 2, vectors * ENTRY);
    this.table = ByteBuffer.allocate(vectors * ENTRY).order(ByteOrder.LITTLE_ENDIAN);
    this.pending = new byte[(vectors + 63) / 64 * 8];
    int used = pendingAt + pending.length;
    this.size = Math.max(SMALLEST, Integer.highestOneBit(2 * used - 1));
    ByteBuffer content = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN);
    content.putShort((short) (vectors - 1)).putInt(bar).putInt(pendingAt | bar);
    config.capability(at, ID, content.array());
    config.writable32(at, ENABLE | MASK_ALL);
    reset();
  }

  /** Bytes of the region. */
  public int size() {
    return size;
  }

  /** How many messages there are. */
  public int vectors() {
    return vectors;
  }

  /** Whether a write to the configuration space changed the capability's switches. */
  public boolean touches(int offset, int length) {
    return offset < at + 4 && offset + length > at;
  }

  /** Whether the guest wants messages, and none by wire. */
  public boolean enabled() {
    return (config.get32(at) & ENABLE) != 0;
  }

  /** Sends a message, or keeps in mind that it is to be sent. */
  public void send(int vector) {
    int bit = 1 << (vector & 7);
    if (masked(vector)) {
      pending[vector >> 3] |= (byte) bit;
      return;
    }
    pending[vector >> 3] &= (byte) ~bit;
    try {
      long address = table.getLong(vector * ENTRY);
      bus.store(address, 4, table.getInt(vector * ENTRY + 8) & 0xffff_ffffL);
    } catch (BusFault nobody) {
      // Nobody listens there.
    }
  }

  private boolean masked(int vector) {
    return (config.get32(at) & MASK_ALL) != 0 || (table.getInt(vector * ENTRY + CONTROL) & 1) != 0;
  }

  /** Sends what is pending and may go now. */
  public void unmasked() {
    for (int vector = 0; enabled() && vector < vectors; vector++) {
      if ((pending[vector >> 3] >> (vector & 7) & 1) != 0 && !masked(vector)) {
        send(vector);
      }
    }
  }

  /** Machine reset, or the driver's. */
  public void reset() {
    config.set32(at, config.get32(at) & ~(ENABLE | MASK_ALL));
    for (int vector = 0; vector < vectors; vector++) {
      table.putLong(vector * ENTRY, 0);
      table.putLong(vector * ENTRY + 8, 1L << 32); // masked
    }
    Arrays.fill(pending, (byte) 0);
  }

  @Override
  public String name() {
    return "msix";
  }

  @Override
  public long length() {
    return size;
  }

  @Override
  public long load(long offset, int size) {
    int from = (int) offset;
    boolean inTable = from < table.capacity();
    if (!inTable && (from < pendingAt || from >= pendingAt + pending.length)) {
      return -1;
    }
    if (size < 4) {
      throw BusFault.INSTANCE;
    }
    ByteBuffer bytes = inTable ? table : ByteBuffer.wrap(pending).order(ByteOrder.LITTLE_ENDIAN);
    int index = inTable ? from : from - pendingAt;
    return size == 4 ? bytes.getInt(index) : bytes.getLong(index);
  }

  @Override
  public void store(long offset, int size, long value) {
    int to = (int) offset;
    if (to >= table.capacity()) {
      if (size < 4 && to >= pendingAt && to < pendingAt + pending.length) {
        throw BusFault.INSTANCE;
      }
      return;
    }
    if (size < 4) {
      throw BusFault.INSTANCE;
    }
    if (size == 4) {
      table.putInt(to, (int) value);
    } else {
      table.putLong(to, value);
    }
    unmasked();
  }

  @Override
  public void visitState(StateVisitor visitor) {
    visitor.bytes("table", table.array());
    visitor.bytes("pending", pending);
  }
}
