package rrlog.core.machine.platform.bus;

import java.util.Arrays;
import java.util.Optional;

/**
 * The physical address space: which memory or device answers where. Confined to the machine's
 * thread.
 *
 * <p>Regions do not overlap. What is not mapped is an access fault ({@link BusFault}), as is a
 * device access with a size that the device does not take or that is not naturally aligned.
 */
public final class Bus {
  private long[] starts = new long[0];
  private long[] ends = new long[0]; // inclusive, so that a region may end at 2^64 - 1
  private Object[] regions = new Object[0]; // Ram or Device
  private int found; // by the last search; most are for the same region

  /**
   * Maps memory at its own base.
   *
   * @throws IllegalArgumentException if it overlaps another region
   */
  public void map(Ram ram) {
    insert(ram.base(), ram.length(), ram);
  }

  /**
   * Maps a device.
   *
   * @throws IllegalArgumentException if it overlaps another region
   */
  public void map(long base, Device device) {
    insert(base, device.length(), device);
  }

  /** Whether {@code address} is memory, RAM or ROM. */
  public boolean isMemory(long address) {
    int i = find(address);
    return i >= 0 && regions[i] instanceof Ram;
  }

  /** Whether {@code address} belongs to a device. */
  public boolean isDevice(long address) {
    int i = find(address);
    return i >= 0 && regions[i] instanceof Device;
  }

  /**
   * The memory that holds {@code address}.
   *
   * @throws BusFault if it is not memory
   */
  public Ram memoryAt(long address) {
    int i = find(address);
    if (i >= 0 && regions[i] instanceof Ram ram) {
      return ram;
    }
    throw BusFault.INSTANCE;
  }

  /** The device at {@code address}, if there is one. */
  public Optional<Device> deviceAt(long address) {
    int i = find(address);
    return i >= 0 && regions[i] instanceof Device device ? Optional.of(device) : Optional.empty();
  }

  /** Whether something answers an access of {@code size} (1, 2, 4, 8) bytes. */
  public boolean answers(long address, int size) {
    int i = find(address);
    if (i < 0 || Long.compareUnsigned(ends[i] - address, size - 1) < 0) {
      return false;
    }
    return !(regions[i] instanceof Device device) || takes(device, address - starts[i], size);
  }

  /**
   * Reads {@code size} (1, 2, 4, 8) bytes that lie within one page, from memory also misaligned.
   *
   * @return the value, zero-extended
   * @throws BusFault if nothing answers there
   */
  public long load(long address, int size) {
    int i = find(address);
    if (i < 0 || Long.compareUnsigned(ends[i] - address, size - 1) < 0) {
      throw BusFault.INSTANCE;
    }
    long offset = address - starts[i];
    if (regions[i] instanceof Ram ram) {
      return ram.load(offset, size);
    }
    Device device = (Device) regions[i];
    checkAccess(device, offset, size);
    long value = device.load(offset, size);
    return size == 8 ? value : value & ((1L << (size * 8)) - 1);
  }

  /**
   * Writes {@code size} (1, 2, 4, 8) bytes that lie within one page, to memory also misaligned; ROM
   * ignores it.
   *
   * @throws BusFault if nothing answers there
   */
  public void store(long address, int size, long value) {
    int i = find(address);
    if (i < 0 || Long.compareUnsigned(ends[i] - address, size - 1) < 0) {
      throw BusFault.INSTANCE;
    }
    long offset = address - starts[i];
    if (regions[i] instanceof Ram ram) {
      if (!ram.readOnly()) {
        ram.store(offset, size, value);
      }
      return;
    }
    Device device = (Device) regions[i];
    checkAccess(device, offset, size);
    device.store(offset, size, size == 8 ? value : value & ((1L << (size * 8)) - 1));
  }

  /**
   * Copies bytes into memory, for the loader and for devices that access memory themselves; also
   * into ROM.
   *
   * @throws BusFault if the range is not all in one memory
   */
  public void write(long address, byte[] bytes) {
    write(address, bytes, 0, bytes.length);
  }

  /** As {@link #write(long, byte[])}, a part of an array. */
  public void write(long address, byte[] bytes, int from, int count) {
    memory(address, count).write(address, bytes, from, count);
  }

  /**
   * Copies bytes out of memory.
   *
   * @throws BusFault if the range is not all in one memory
   */
  public byte[] read(long address, int count) {
    Ram memory = memory(address, count);
    byte[] bytes = new byte[count];
    memory.read(address, bytes, 0, count);
    return bytes;
  }

  /**
   * Copies bytes out of memory into a part of an array.
   *
   * @throws BusFault if the range is not all in one memory
   */
  public void read(long address, byte[] bytes, int from, int count) {
    memory(address, count).read(address, bytes, from, count);
  }

  /** Whether {@code count} bytes from an address on all lie in one RAM; ROM is none. */
  public boolean isRam(long address, long count) {
    int i = find(address);
    return i >= 0
        && regions[i] instanceof Ram ram
        && !ram.readOnly()
        && ram.contains(address, count);
  }

  /**
   * Sets bytes to zero as far as they lie in RAM.
   *
   * @return whether all of them do
   */
  public boolean clear(long address, long count) {
    long cleared = 0;
    long last = address + count - 1;
    if (count <= 0 || Long.compareUnsigned(last, address) < 0) {
      return count == 0;
    }
    for (int i = 0; i < regions.length; i++) {
      if (regions[i] instanceof Ram ram && !ram.readOnly()) {
        long from = Long.compareUnsigned(address, starts[i]) > 0 ? address : starts[i];
        long to = Long.compareUnsigned(last, ends[i]) < 0 ? last : ends[i];
        if (Long.compareUnsigned(from, to) <= 0) {
          ram.clear(from, to - from + 1);
          cleared += to - from + 1;
        }
      }
    }
    return cleared == count;
  }

  private Ram memory(long address, long count) {
    int i = find(address);
    if (i >= 0 && regions[i] instanceof Ram ram && ram.contains(address, count)) {
      return ram;
    }
    throw BusFault.INSTANCE;
  }

  private static void checkAccess(Device device, long offset, int size) {
    if (!takes(device, offset, size)) {
      throw BusFault.INSTANCE;
    }
  }

  private static boolean takes(Device device, long offset, int size) {
    return (device.accessSizes() & size) != 0 && (offset & (size - 1)) == 0;
  }

  private int find(long address) {
    int last = found;
    if (last < starts.length
        && Long.compareUnsigned(address, starts[last]) >= 0
        && Long.compareUnsigned(address, ends[last]) <= 0) {
      return last;
    }
    int low = 0;
    int high = starts.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (Long.compareUnsigned(address, starts[middle]) < 0) {
        high = middle - 1;
      } else if (Long.compareUnsigned(address, ends[middle]) > 0) {
        low = middle + 1;
      } else {
        found = middle;
        return middle;
      }
    }
    return -1;
  }

  private void insert(long start, long length, Object region) {
    long end = start + length - 1;
    if (length <= 0 || Long.compareUnsigned(end, start) < 0) {
      throw new IllegalArgumentException("region 0x%x, length 0x%x".formatted(start, length));
    }
    int at = 0;
    while (at < starts.length && Long.compareUnsigned(starts[at], start) < 0) {
      at++;
    }
    if ((at > 0 && Long.compareUnsigned(ends[at - 1], start) >= 0)
        || (at < starts.length && Long.compareUnsigned(starts[at], end) <= 0)) {
      throw new IllegalArgumentException(
          "region 0x%x..0x%x overlaps another".formatted(start, end));
    }
    starts = inserted(starts, at, start);
    ends = inserted(ends, at, end);
    Object[] more = Arrays.copyOf(regions, regions.length + 1);
    System.arraycopy(regions, at, more, at + 1, regions.length - at);
    more[at] = region;
    regions = more;
  }

  private static long[] inserted(long[] array, int at, long value) {
    long[] more = Arrays.copyOf(array, array.length + 1);
    System.arraycopy(array, at, more, at + 1, array.length - at);
    more[at] = value;
    return more;
  }
}
