package rrlog.core.machine.board.virt.random;

import java.util.Random;

/** Register values, those at limits more often than an even roll would have them. */
final class Values {
  private static final long[] LIMITS = {
    0,
    1,
    -1,
    2,
    Long.MIN_VALUE,
    Long.MAX_VALUE,
    Integer.MIN_VALUE,
    Integer.MAX_VALUE,
    0x8000_0000L,
    0xffff_ffffL,
    0x3ff0_0000_0000_0000L,
    0x7ff0_0000_0000_0000L,
    0x7ff8_0000_0000_0000L,
    0xfff0_0000_0000_0000L,
    0x7ff0_0000_0000_0001L,
    0x000f_ffff_ffff_ffffL,
    0xffff_ffff_7fc0_0000L,
    0xffff_ffff_3f80_0000L,
    0xffff_ffff_7f80_0001L,
    0xffff_ffff_8000_0000L
  };

  private Values() {}

  static long next(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> LIMITS[random.nextInt(LIMITS.length)];
      case 1 -> random.nextInt();
      case 2 -> 1L << random.nextInt(64);
      case 3 -> 0xffff_ffff_0000_0000L | random.nextInt();
      case 4 -> random.nextInt(4096) - 2048;
      default -> random.nextLong();
    };
  }
}
