package rrlog.core.run.qemu;

import java.util.concurrent.TimeUnit;

/**
 * Decides whether a replay stands still: its count of instructions does not move although it had
 * the time. A pause alone says nothing, the machine may be loaded; so what counts is the time in
 * which the process could have run. QEMU counts in steps from event to event, so a busy one gets
 * the time that the instructions up to the log's next event take.
 */
final class Standstill {
  /** In which a replay that is not stuck moves, nanoseconds. */
  static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(3);

  /** A QEMU on a slow machine executes more than so many instructions a second. */
  private static final long SLOWEST = 4_000_000;

  /** A process that uses less than this part of its time waits for something. */
  private static final double IDLE = 0.2;

  private final long patience;
  private Sample moved;

  /**
   * Begins with a replay that has just moved.
   *
   * @param patience in which one that is not stuck moves, nanoseconds
   */
  Standstill(Sample start, long patience) {
    this.moved = start;
    this.patience = patience;
  }

  /**
   * What a process was seen to have done.
   *
   * @param now nanoseconds of a clock that runs evenly
   * @param icount instructions executed, as far as the process told
   * @param cpu nanoseconds that all its threads ran
   * @param starved nanoseconds that a thread of it was ready to run and did not get a processor
   */
  record Sample(long now, long icount, long cpu, long starved) {}

  /**
   * Whether it stands still by now.
   *
   * @param toNextEvent instructions up to the log's next event
   */
  boolean seen(Sample sample, long toNextEvent) {
    if (sample.icount != moved.icount) {
      moved = sample;
      return false;
    }
    long had = sample.now - moved.now - (sample.starved - moved.starved);
    long ran = sample.cpu - moved.cpu;
    if (had < patience) {
      return false;
    }
    if (ran < had * IDLE) {
      return true;
    }
    return ran > patience + toNextEvent * (TimeUnit.SECONDS.toNanos(1) / SLOWEST);
  }
}
