package rrlog.core.machine.riscv.hart;

/** Where the hart's counters take their time from. Called from inside CSR instructions. */
public interface GuestClock {
  /**
   * The virtual clock now, in nanoseconds: what {@code cycle} and {@code instret} show (semantics
   * page, section 2).
   */
  long virtualNanos();

  /**
   * The machine timer's {@code mtime} now, in ticks of 100 ns, with its time_delta: what {@code
   * time} shows.
   */
  long mtime();
}
