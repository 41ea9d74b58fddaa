package rrlog.core.machine.platform.bus;

/**
 * A memory-mapped device. Confined to the machine's thread.
 *
 * <p>The bus calls it only with naturally aligned offsets and with sizes that {@link
 * #accessSizes()} names; everything else is an access fault before the device is asked. While a
 * method runs on behalf of the hart, {@code Hart.icount()} includes the accessing instruction.
 */
public interface Device {
  /** Accesses of 1, 2, 4 and 8 bytes are all valid. */
  int ANY_SIZE = 1 | 2 | 4 | 8;

  /** Name for messages and listings, QEMU's where it has one, such as {@code serial}. */
  String name();

  /** Length of the region in bytes. */
  long length();

  /**
   * The valid access sizes in bytes, or-ed together: {@code 4 | 8} for a region that takes words
   * and doublewords (semantics page, section 9).
   */
  default int accessSizes() {
    return ANY_SIZE;
  }

  /**
   * Reads.
   *
   * @param offset from the start of the region, a multiple of {@code size}
   * @param size 1, 2, 4 or 8 bytes
   * @return the value; bits above {@code size} bytes are ignored by the caller
   */
  long load(long offset, int size);

  /**
   * Writes.
   *
   * @param offset from the start of the region, a multiple of {@code size}
   * @param size 1, 2, 4 or 8 bytes
   * @param value the value, zero-extended from {@code size} bytes
   */
  void store(long offset, int size, long value);
}
