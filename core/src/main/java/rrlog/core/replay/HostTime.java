package rrlog.core.replay;

import java.time.Instant;

/** The clocks of the host, which only recording (or running without a log) looks at. */
public interface HostTime {
  /** Wall clock, nanoseconds since 1970; QEMU's is a multiple of 1000. */
  long hostNs();

  /** Nanoseconds that the virtual machine has been running. */
  long virtualRtNs();

  /** The real clocks, the running time counted from now. */
  static HostTime real() {
    long start = System.nanoTime();
    return new HostTime() {
      @Override
      public long hostNs() {
        Instant now = Instant.now();
        return (now.getEpochSecond() * 1_000_000 + now.getNano() / 1000) * 1000;
      }

      @Override
      public long virtualRtNs() {
        return System.nanoTime() - start;
      }
    };
  }
}
