package rrlog.core.machine.platform.pci;

import rrlog.core.machine.platform.bus.Device;

/**
 * A base address register: a region that the guest places.
 *
 * @param register its offset in the configuration space
 * @param kind what space it is placed in
 * @param size bytes, a power of two
 * @param content what answers there
 */
public record Bar(int register, Kind kind, long size, Device content) {

  /** Spaces, by the low bits of the register. */
  public enum Kind {
    /** Ports. */
    PORTS(1, 3),
    /** Memory below 4 GiB. */
    MEMORY(0, 15),
    /** Prefetchable memory anywhere; its register takes two places. */
    MEMORY_64(12, 15);

    private final int bits;
    private final int mask;

    Kind(int bits, int mask) {
      this.bits = bits;
      this.mask = mask;
    }
  }

  /** Offset of the register of a function's expansion ROM. */
  public static final int ROM = 0x30;

  boolean ports() {
    return kind == Kind.PORTS;
  }

  /** Adds the register to a function's configuration space. */
  void addTo(ConfigSpace config) {
    config.set32(register, kind.bits);
    long writable = -size & ~(long) kind.mask | (register == ROM ? 1 : 0);
    config.writable32(register, (int) writable);
    if (kind == Kind.MEMORY_64) {
      config.set32(register + 4, 0);
      config.writable32(register + 4, (int) (writable >>> 32));
    }
  }

  /** Where the guest has placed the region; 0 where it has not. */
  long address(ConfigSpace config) {
    long value = config.get32(register) & 0xffff_ffffL;
    if (kind == Kind.MEMORY_64) {
      value |= (long) config.get32(register + 4) << 32;
    }
    return register == ROM && (value & 1) == 0 ? 0 : value & -size;
  }
}
