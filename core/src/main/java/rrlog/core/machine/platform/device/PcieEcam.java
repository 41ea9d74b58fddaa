package rrlog.core.machine.platform.device;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import rrlog.core.machine.platform.bus.Device;
import rrlog.core.state.StateVisitor;
import rrlog.core.state.Stateful;

/**
 * The PCI Express configuration space with nothing in it but the host bridge at 00:00.0; everything
 * else reads as all ones.
 */
public final class PcieEcam implements Device, Stateful {
  /** Bytes of configuration space: 256 buses of 1 MiB. */
  private static final long LENGTH = 0x1000_0000;

  private static final int CONFIG_SIZE = 256;
  private static final int COMMAND = 4;
  private static final int CACHE_LINE_SIZE = 0x0c;
  private static final int INTERRUPT_LINE = 0x3c;
  private static final int HEADER_SIZE = 0x40;

  private final ByteBuffer config = ByteBuffer.allocate(CONFIG_SIZE).order(ByteOrder.LITTLE_ENDIAN);
  private final byte[] writable = new byte[CONFIG_SIZE];

  /** A host bridge and nothing behind it. */
  public PcieEcam() {
    config.putInt(0x00, 0x0008_1b36); // Red Hat, PCIe host bridge
    config.putInt(0x08, 0x0600_0000); // class: host bridge
    config.putInt(0x2c, 0x1100_1af4); // subsystem: QEMU
    // Command: I/O, memory, master; SERR and INTx disable.
    writable[COMMAND] = 0x07;
    writable[COMMAND + 1] = 0x05;
    writable[CACHE_LINE_SIZE] = (byte) 0xff;
    writable[INTERRUPT_LINE] = (byte) 0xff;
    for (int i = HEADER_SIZE; i < CONFIG_SIZE; i++) {
      writable[i] = (byte) 0xff;
    }
  }

  /** Machine reset. */
  public void reset() {
    config.putShort(COMMAND, (short) 0);
    config.put(CACHE_LINE_SIZE, (byte) 0);
    config.put(INTERRUPT_LINE, (byte) 0);
  }

  @Override
  public void visitState(StateVisitor visitor) {
    visitor.bytes("host-bridge", config.array());
  }

  @Override
  public String name() {
    return "pcie-mmcfg-mmio";
  }

  @Override
  public long length() {
    return LENGTH;
  }

  @Override
  public long load(long offset, int size) {
    if (offset >= CONFIG_SIZE) {
      return -1;
    }
    int at = (int) offset;
    return switch (size) {
      case 1 -> config.get(at);
      case 2 -> config.getShort(at);
      case 4 -> config.getInt(at);
      default -> config.getLong(at);
    };
  }

  @Override
  public void store(long offset, int size, long value) {
    if (offset >= CONFIG_SIZE) {
      return;
    }
    for (int i = 0; i < size; i++) {
      int at = (int) offset + i;
      int mask = writable[at];
      config.put(at, (byte) (config.get(at) & ~mask | (int) (value >>> 8 * i) & mask));
    }
  }
}
