package rrlog.core.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Chance for a test that must hold for any input: whole numbers with those at the limits more often
 * than an even roll would have them.
 *
 * <p>{@link #each} runs a test many times, each time from a seed of its own; the seeds are the same
 * in every run unless {@code -Drrlog.seed=N} states the first one. A failure tells its seed, and
 * that stated with {@code -Drrlog.tries=1} runs nothing but the case that failed.
 */
public final class Rolls {
  /** Odd, so that multiples of it visit all numbers before they repeat. */
  private static final long STEP = 0x9e3779b97f4a7c15L;

  private static final long[] LIMITS = {
    0,
    1,
    2,
    -1,
    -2,
    0x7f,
    0x80,
    0xff,
    0x7fff,
    0x8000,
    0xffff,
    0x7fff_ffffL,
    0x8000_0000L,
    0xffff_ffffL,
    0x1_0000_0000L,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    Integer.MIN_VALUE
  };

  private final Random random;

  private Rolls(long seed) {
    random = new Random(seed);
  }

  /** What holds for any rolls. */
  @FunctionalInterface
  public interface Trial {
    /** Throws where it does not hold. */
    void run(Rolls rolls) throws Exception;
  }

  /** Whether trials run as often as they want, so that what they saw can be counted. */
  public static boolean areAll() {
    return Integer.getInteger("rrlog.tries") == null;
  }

  /** Rolls from one seed. */
  public static Rolls of(long seed) {
    return new Rolls(seed);
  }

  /** Runs a trial so many times, or as often as {@code rrlog.tries} says. */
  public static void each(int tries, Trial trial) {
    long first = Long.getLong("rrlog.seed", 0);
    int all = Integer.getInteger("rrlog.tries", tries);
    for (int i = 0; i < all; i++) {
      long seed = first + i * STEP;
      try {
        trial.run(new Rolls(seed));
      } catch (Exception | Error failure) {
        throw new AssertionError(
            "try %d of %d; alone again with -Drrlog.seed=%d -Drrlog.tries=1: %s"
                .formatted(i + 1, all, seed, failure),
            failure);
      }
    }
  }

  /** For what takes a generator of Java's. */
  public Random random() {
    return random;
  }

  /** Any value. */
  public long anyLong() {
    return random.nextInt(4) == 0 ? LIMITS[random.nextInt(LIMITS.length)] : random.nextLong();
  }

  /** Any value. */
  public int anyInt() {
    return (int) anyLong();
  }

  /** From {@code from} to {@code to}, both included, the two of them often. */
  public long between(long from, long to) {
    return switch (random.nextInt(10)) {
      case 0 -> from;
      case 1 -> to;
      default -> from + (to - from == Long.MAX_VALUE ? 0 : random.nextLong(to - from + 1));
    };
  }

  /** From 0 to 2^32 - 1. */
  public long u32() {
    return anyLong() & 0xffff_ffffL;
  }

  /** From 0 to 255. */
  public int u8() {
    return (int) between(0, 255);
  }

  /** True or false. */
  public boolean flag() {
    return random.nextBoolean();
  }

  /** One of these, all alike. */
  public <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  /** One of these, all alike. */
  @SafeVarargs
  public final <T> T one(T... of) {
    return one(Arrays.asList(of));
  }

  /** 0 to {@code most} bytes, few more often than many. */
  public byte[] bytes(int most) {
    byte[] bytes = new byte[size(most)];
    random.nextBytes(bytes);
    return bytes;
  }

  /** 0 to {@code most} things, few more often than many. */
  public <T> List<T> list(int most, Supplier<? extends T> thing) {
    List<T> list = new ArrayList<>();
    for (int left = size(most); left > 0; left--) {
      list.add(thing.get());
    }
    return list;
  }

  private int size(int most) {
    return random.nextInt(1 + random.nextInt(most + 1));
  }
}
