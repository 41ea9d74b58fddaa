package rrlog.core.replay;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** The clocks of the host, which only recording (or running without a log) looks at. */
public interface HostTime {
  /** Wall clock, nanoseconds since 1970; QEMU's is a multiple of 1000. */
  long hostNs();

  /** Nanoseconds that the virtual machine has been running. */
  long virtualRtNs();

  /**
   * Lets time pass while the machine is idle.
   *
   * @throws InterruptedException where the thread is interrupted
   */
  void sleep(long ns) throws InterruptedException;

  /** The machine has executed instructions, which take time where time is not the host's. */
  default void executed(long instructions) {}

  /**
   * A time that depends on nothing but what the machine does, so that each run sees the same. An
   * instruction takes 10 ns, looking at a clock 1 microsecond.
   *
   * @param startNs the wall clock at the start, nanoseconds since 1970
   */
  static HostTime simulated(long startNs) {
    return new HostTime() {
      private static final long LOOK = 1000;
      private static final long INSTRUCTION = 10;
      private long passed;

      @Override
      public long hostNs() {
        passed += LOOK;
        return (startNs + passed) / 1000 * 1000;
      }

      @Override
      public long virtualRtNs() {
        passed += LOOK;
        return passed;
      }

      @Override
      public void sleep(long ns) {
        passed += ns;
      }

      @Override
      public void executed(long instructions) {
        passed += instructions * INSTRUCTION;
      }
    };
  }

  /** The real clocks, the running time counted from now. */
  static HostTime real() {
    long start = System.nanoTime();
    return new HostTime() {
      private long last;

      @Override
      public long hostNs() {
        Instant now = Instant.now();
        return (now.getEpochSecond() * 1_000_000 + now.getNano() / 1000) * 1000;
      }

      @Override
      public long virtualRtNs() {
        // Two readings are never the same: that would tell of a machine that stands still.
        last = Math.max(last + 1, System.nanoTime() - start);
        return last;
      }

      @Override
      public void sleep(long ns) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(ns);
      }
    };
  }
}
