package rrlog.core.machine.virt;

import java.nio.charset.StandardCharsets;
import rrlog.core.machine.bus.Bus;
import rrlog.core.machine.bus.Device;

/**
 * QEMU's firmware configuration device as far as a guest needs it to find out that it is there: the
 * items signature and id. All other items are empty, and DMA requests are ignored.
 */
final class FwCfg {
  private static final byte[] SIGNATURE = "QEMU".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ID = {3, 0, 0, 0}; // traditional and DMA interface
  private static final byte[] EMPTY = {};
  private static final long DMA_SIGNATURE = 0x51454d5520434647L; // "QEMU CFG"

  private byte[] item = SIGNATURE;
  private int position;

  void map(Bus bus, long base) {
    bus.map(base, new Data());
    bus.map(base + 8, new Selector());
    bus.map(base + 16, new Dma());
  }

  void reset() {
    item = SIGNATURE;
    position = 0;
  }

  private final class Data implements Device {
    @Override
    public String name() {
      return "fwcfg.data";
    }

    @Override
    public long length() {
      return 8;
    }

    @Override
    public long load(long offset, int size) {
      long value = 0;
      for (int i = 0; i < size; i++) {
        value = value << 8 | (position < item.length ? item[position++] & 0xff : 0);
      }
      // The register is big-endian: the first byte is the lowest in memory.
      return Long.reverseBytes(value) >>> 64 - 8 * size;
    }

    @Override
    public void store(long offset, int size, long value) {
      // Writing items is obsolete.
    }
  }

  private final class Selector implements Device {
    @Override
    public String name() {
      return "fwcfg.ctl";
    }

    @Override
    public long length() {
      return 2;
    }

    @Override
    public int accessSizes() {
      return 2;
    }

    @Override
    public long load(long offset, int size) {
      return 0;
    }

    @Override
    public void store(long offset, int size, long value) {
      position = 0;
      item =
          switch (Short.reverseBytes((short) value) & 0x3fff) {
            case 0 -> SIGNATURE;
            case 1 -> ID;
            default -> EMPTY;
          };
    }
  }

  private static final class Dma implements Device {
    @Override
    public String name() {
      return "fwcfg.dma";
    }

    @Override
    public long length() {
      return 8;
    }

    @Override
    public int accessSizes() {
      return 4 | 8;
    }

    @Override
    public long load(long offset, int size) {
      long bytes = Long.reverseBytes(DMA_SIGNATURE);
      return bytes >>> 8 * offset;
    }

    @Override
    public void store(long offset, int size, long value) {
      // Requests are ignored.
    }
  }
}
