package rrlog.core.machine.riscv.mmu;

import java.util.Arrays;
import rrlog.core.state.StateVisitor;
import rrlog.core.state.Stateful;

/**
 * Physical memory protection: 16 regions with a grain of 4 bytes (RISC-V Privileged 1.12, section
 * 3.7), with what QEMU 7.2 adds: registers hold what is written; an access that lies partly in a
 * region fails even if that is off-limits to a later one; as soon as one region is on, each whose
 * registers were never written counts as the byte at 0, of which an access must not be a part.
 */
public final class Pmp implements Stateful {
  /** Permission bit: read. */
  public static final int READ = 1;

  /** Permission bit: write. */
  public static final int WRITE = 2;

  /** Permission bit: execute. */
  public static final int EXECUTE = 4;

  /** Number of regions. */
  public static final int REGIONS = 16;

  /** How many answers are remembered, a power of two. */
  private static final int MEMORY = 64;

  private static final int ALL = READ | WRITE | EXECUTE;
  private static final int LOCKED = 0x80;
  private static final int MACHINE = 3;
  private static final int OFF = 0;
  private static final int TOP_OF_RANGE = 1;
  private static final int FOUR_BYTES = 2;

  private final int[] configuration = new int[REGIONS];
  private final long[] address = new long[REGIONS];
  private final long[] first = new long[REGIONS];
  private final long[] last = new long[REGIONS]; // inclusive
  private final long[] asked = new long[MEMORY];
  private final byte[] answers = new byte[MEMORY];
  private int on;
  private boolean rangeTo0Empty;
  private boolean addressMovesNext;

  /** All regions off. */
  public Pmp() {
    forget();
  }

  /**
   * Sets whether a top-of-range entry from 0 to 0 covers the byte at 0, as other empty ones do; in
   * releases before, everything.
   */
  public void rangeTo0IsEmpty(boolean empty) {
    rangeTo0Empty = empty;
  }

  /**
   * Sets whether a write of pmpaddr also moves the bottom of the next entry where that is a
   * top-of-range one; in releases before, that stays until it is written itself.
   */
  public void addressMovesNext(boolean moves) {
    addressMovesNext = moves;
  }

  /** pmpcfg0 ({@code half} 0) or pmpcfg2 ({@code half} 1). */
  public long configuration(int half) {
    long value = 0;
    for (int i = 7; i >= 0; i--) {
      value = value << 8 | configuration[half * 8 + i];
    }
    return value;
  }

  /** Writes pmpcfg0 or pmpcfg2; locked entries keep their value. */
  public void configure(int half, long value) {
    for (int i = 0; i < 8; i++) {
      int region = half * 8 + i;
      if ((configuration[region] & LOCKED) == 0) {
        configuration[region] = (int) (value >>> (i * 8)) & 0xff;
        update(region);
      }
    }
  }

  /** Switches all regions off and unlocks them, as a reset does; addresses stay. */
  public void clear() {
    for (int i = 0; i < REGIONS; i++) {
      configuration[i] = 0;
      update(i);
    }
  }

  /** pmpaddr of a region. */
  public long address(int region) {
    return address[region];
  }

  /** Writes pmpaddr, unless it is locked, or is the bottom of a locked top-of-range region. */
  public void setAddress(int region, long value) {
    boolean bottomOfLocked =
        region + 1 < REGIONS
            && (configuration[region + 1] & LOCKED) != 0
            && matching(region + 1) == TOP_OF_RANGE;
    if (!bottomOfLocked && (configuration[region] & LOCKED) == 0) {
      address[region] = value;
      update(region);
      if (addressMovesNext && region + 1 < REGIONS && matching(region + 1) == TOP_OF_RANGE) {
        update(region + 1);
      }
    }
  }

  /**
   * What an access may do.
   *
   * @param from physical address
   * @param size bytes
   * @param mode effective privilege level, 0, 1 or 3
   * @return permission bits; 0 if the access is refused altogether
   */
  public int permissions(long from, long size, int mode) {
    if (on == 0) {
      return mode == MACHINE ? ALL : 0;
    }
    long to = from + size - 1;
    if ((from ^ to) >>> 12 != 0) {
      return find(from, to, mode);
    }
    int entry = (int) (from >>> 12) & MEMORY - 1;
    long page = from & -4096;
    if (asked[entry] != (page | mode)) {
      if (!isUniform(page)) {
        return find(from, to, mode);
      }
      answers[entry] = (byte) find(from, to, mode);
      asked[entry] = page | mode;
    }
    return answers[entry];
  }

  private int find(long from, long to, int mode) {
    for (int i = 0; i < REGIONS; i++) {
      boolean begins = contains(i, from);
      if (begins != contains(i, to)) {
        return 0;
      }
      if (begins && matching(i) != OFF) {
        boolean bound = mode != MACHINE || (configuration[i] & LOCKED) != 0;
        return bound ? configuration[i] & ALL : ALL;
      }
    }
    return mode == MACHINE ? ALL : 0;
  }

  /** Whether all bytes of the 4 KiB page at {@code page} have the same permissions. */
  public boolean uniform(long page) {
    long answer = asked[(int) (page >>> 12) & MEMORY - 1];
    return on == 0 || (answer & -4) == page || isUniform(page);
  }

  private boolean isUniform(long page) {
    long end = page + 4095;
    for (int i = 0; i < REGIONS; i++) {
      boolean begins = contains(i, page);
      if (begins && contains(i, end)) {
        if (matching(i) != OFF) {
          return true;
        }
      } else if (Long.compareUnsigned(last[i], page) >= 0
          && Long.compareUnsigned(first[i], end) <= 0
          && Long.compareUnsigned(first[i], last[i]) <= 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether any region is on; without one, QEMU lets no mret leave M-mode (semantics page, section
   * 10).
   */
  public boolean anyRegion() {
    return on != 0;
  }

  @Override
  public void visitState(StateVisitor visitor) {
    visitor.numbers("configuration", configuration);
    visitor.numbers("address", address);
    visitor.numbers("first", first);
    visitor.numbers("last", last);
    on = countOn();
    forget();
  }

  private boolean contains(int region, long at) {
    return Long.compareUnsigned(at, first[region]) >= 0
        && Long.compareUnsigned(at, last[region]) <= 0;
  }

  private int matching(int region) {
    return configuration[region] >>> 3 & 3;
  }

  /** What is remembered holds for a whole page; its two low bits say for which mode. */
  private void forget() {
    Arrays.fill(asked, -1); // without these bits no page
  }

  private int countOn() {
    int count = 0;
    for (int i = 0; i < REGIONS; i++) {
      count += matching(i) != OFF ? 1 : 0;
    }
    return count;
  }

  /**
   * Computes what one region covers; not the next one, although that may begin where this one's
   * address says.
   */
  private void update(int i) {
    long a = address[i];
    switch (matching(i)) {
      case OFF -> {
        first[i] = 0;
        last[i] = -1;
      }
      case TOP_OF_RANGE -> {
        first[i] = i == 0 ? 0 : address[i - 1] << 2;
        last[i] = (a << 2) - 1;
        boolean empty = Long.compareUnsigned(first[i], last[i]) > 0;
        if (empty || (rangeTo0Empty && last[i] == -1)) { // QEMU: the byte at 0, nothing else
          first[i] = 0;
          last[i] = 0;
        }
      }
      case FOUR_BYTES -> {
        first[i] = a << 2;
        last[i] = (a << 2) + 3;
      }
      default -> {
        long ones = a << 2 | 3;
        first[i] = ones & ones + 1;
        last[i] = ones | ones + 1;
      }
    }
    on = countOn();
    forget();
  }
}
