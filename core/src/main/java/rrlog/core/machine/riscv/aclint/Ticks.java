package rrlog.core.machine.riscv.aclint;

/** Conversion between the virtual clock's nanoseconds and the board timer's 10 MHz ticks. */
final class Ticks {
  private static final long NS_PER_TICK = 100;

  private Ticks() {}

  static long ofNanos(long ns) {
    return Long.divideUnsigned(ns, NS_PER_TICK);
  }

  /**
   * When a timer that is due in so many ticks expires; the largest time where it is too far away
   * (also where QEMU's 64-bit product wraps, see riscv_aclint_mtimer_write_timecmp).
   */
  static long expiry(long now, long ticks) {
    long ns = ticks * NS_PER_TICK;
    if (Long.compareUnsigned(ns, ticks) < 0 || ns < 0) {
      return Long.MAX_VALUE;
    }
    long expiry = now + ns;
    return expiry < 0 ? Long.MAX_VALUE : expiry;
  }
}
