package rrlog.core.machine.platform.device;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import rrlog.core.machine.platform.bus.Bus;
import rrlog.core.machine.platform.bus.BusFault;
import rrlog.core.machine.platform.bus.Device;
import rrlog.core.state.StateVisitor;
import rrlog.core.state.Stateful;

/**
 * QEMU's firmware configuration device with the items that the board has: a selector, a stream of
 * the selected item's bytes, and access by DMA. Items cannot be written.
 */
public final class FwCfg implements Stateful {
  private static final long DMA_SIGNATURE = 0x51454d5520434647L; // "QEMU CFG"
  private static final int FILES = 0x19;
  private static final int FIRST_FILE = 0x20;
  private static final int NAME_LENGTH = 56;
  private static final int KEY = 0xbfff;
  private static final byte[] EMPTY = {};

  private static final int DMA_ERROR = 1;
  private static final int DMA_READ = 2;
  private static final int DMA_SKIP = 4;
  private static final int DMA_SELECT = 8;
  private static final int DMA_WRITE = 16;

  /**
   * What a guest finds.
   *
   * @param numbered items that have a number only; every other is empty
   * @param files the directory, in order
   */
  public record Items(Map<Integer, byte[]> numbered, List<File> files) {}

  /**
   * A file of the directory.
   *
   * @param name ASCII, at most 55 characters
   * @param length bytes
   * @param content what it holds, where that is known
   */
  public record File(String name, int length, Optional<byte[]> content) {}

  private final Map<Integer, byte[]> items = new HashMap<>();
  private final Map<Integer, File> unknown = new HashMap<>();
  private final Bus bus;
  private final Function<String, RuntimeException> notKnown;
  private int selected;
  private byte[] item = EMPTY;
  private int position;
  private long dmaAddress;

  /**
   * A device.
   *
   * @param notKnown what is thrown where the guest reads a file, of this name, whose content is not
   *     known
   */
  public FwCfg(Bus bus, Items content, Function<String, RuntimeException> notKnown) {
    this.bus = bus;
    this.notKnown = notKnown;
    items.putAll(content.numbered());
    List<File> files = content.files();
    ByteBuffer directory = ByteBuffer.allocate(4 + files.size() * (8 + NAME_LENGTH));
    directory.putInt(files.size());
    for (int number = 0; number < files.size(); number++) {
      File file = files.get(number);
      int key = FIRST_FILE + number;
      file.content().ifPresentOrElse(bytes -> items.put(key, bytes), () -> unknown.put(key, file));
      directory.putInt(file.length()).putShort((short) key).putShort((short) 0);
      byte[] name = file.name().getBytes(StandardCharsets.US_ASCII);
      directory.put(name).put(new byte[NAME_LENGTH - name.length]);
    }
    items.put(FILES, directory.array());
    select(0);
  }

  public void map(long base) {
    bus.map(base, new Data());
    bus.map(base + 8, new Selector());
    bus.map(base + 16, new Dma());
  }

  public void reset() {
    select(0);
    dmaAddress = 0;
  }

  private void select(int key) {
    position = 0;
    selected = key;
    // Bit 14 asks to write, bit 15 for items of the architecture, of which there are none.
    item = items.getOrDefault(key & KEY, EMPTY);
  }

  @Override
  public void visitState(StateVisitor visitor) {
    int at = position;
    select(visitor.number("selected", selected));
    position = Math.clamp(visitor.number("position", at), 0, item.length);
    dmaAddress = visitor.number("dma-address", dmaAddress);
  }

  /** Nothing that is not QEMU's may reach the guest. */
  private void check() {
    File file = unknown.get(selected & KEY);
    if (file != null) {
      throw notKnown.apply(file.name());
    }
  }

  private int next() {
    check();
    return position < item.length ? item[position++] & 0xff : 0;
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
      if (offset != 0) {
        throw BusFault.INSTANCE;
      }
      long value = 0;
      for (int i = 0; i < size; i++) {
        value |= (long) next() << 8 * i;
      }
      return value;
    }

    @Override
    public void store(long offset, int size, long value) {
      if (offset != 0) {
        throw BusFault.INSTANCE;
      }
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
      throw BusFault.INSTANCE;
    }

    @Override
    public void store(long offset, int size, long value) {
      select(Short.reverseBytes((short) value));
    }
  }

  private final class Dma implements Device {
    @Override
    public String name() {
      return "fwcfg.dma";
    }

    @Override
    public long length() {
      return 8;
    }

    @Override
    public long load(long offset, int size) {
      return Long.reverseBytes(DMA_SIGNATURE) >>> 8 * offset;
    }

    @Override
    public void store(long offset, int size, long value) {
      if (size == 8) {
        dmaAddress = Long.reverseBytes(value);
        transfer();
      } else if (size == 4) {
        long word = Integer.reverseBytes((int) value) & 0xffff_ffffL;
        if (offset == 0) {
          dmaAddress = word << 32;
        } else {
          dmaAddress |= word;
          transfer();
        }
      } else {
        throw BusFault.INSTANCE;
      }
    }
  }

  private void transfer() {
    long request = dmaAddress;
    dmaAddress = 0;
    try {
      ByteBuffer fields = ByteBuffer.wrap(bus.read(request, 16));
      int control = fields.getInt(0);
      long length = fields.getInt(4) & 0xffff_ffffL;
      if ((control & DMA_SELECT) != 0) {
        select(control >>> 16);
      }
      int result = 0;
      if ((control & DMA_READ) != 0) {
        result = read(fields.getLong(8), length);
      } else if ((control & DMA_WRITE) != 0) {
        result = DMA_ERROR;
      } else if ((control & DMA_SKIP) != 0) {
        position = (int) Math.min(item.length, position + length);
      }
      bus.write(request, ByteBuffer.allocate(4).putInt(result).array());
    } catch (BusFault e) {
      // The request lies outside of memory: nobody can be told.
    }
  }

  private int read(long address, long length) {
    check();
    int count = (int) Math.min(length, item.length - position);
    try {
      if (count > 0) {
        bus.write(address, item, position, count);
      }
    } catch (BusFault e) {
      return DMA_ERROR;
    }
    position += count;
    // Behind the item's end there are zeroes.
    return bus.clear(address + count, length - count) ? 0 : DMA_ERROR;
  }
}
