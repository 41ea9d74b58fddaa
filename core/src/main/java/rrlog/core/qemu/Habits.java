package rrlog.core.qemu;

/**
 * What the releases of a dialect do that is not layout; evidence where the bytes alone fit several
 * dialects ({@code docs/log-format.md#changes-of-meaning}).
 *
 * @param startsWithHostClock the first event is a reading of the host clock
 * @param neverNestsCheckpoints no checkpoint comes while another one's asynchronous events are
 *     delivered
 * @param endsWithHostSignal a finished log ends with shutdown/host-signal, end
 * @param checkpointPerTimer checkpoint/clock-virtual comes before every timer, so it can follow
 *     itself, and x86 poll requests are no interrupts, so those cannot
 * @param flushesBeforeShutdown instructions are written before a shutdown event, not after it
 * @param recordsWithSleep recording with icount sleep=on, the default, works
 */
public record Habits(
    boolean startsWithHostClock,
    boolean neverNestsCheckpoints,
    boolean endsWithHostSignal,
    boolean checkpointPerTimer,
    boolean flushesBeforeShutdown,
    boolean recordsWithSleep) {

  /** QEMU 2.5 to 2.11. */
  public static final Habits QEMU_2_5 = new Habits(false, false, false, false, false, true);

  /** QEMU 2.12. */
  public static final Habits QEMU_2_12 = new Habits(false, true, false, false, false, true);

  /** QEMU 3.0 to 4.1; those from 3.1 on deadlock while they record with sleep=on. */
  public static final Habits QEMU_3_0 = new Habits(true, true, false, false, false, false);

  /** QEMU 4.2 and 5.0. */
  public static final Habits QEMU_4_2 = new Habits(true, true, false, false, false, true);

  /** QEMU 5.1 to 7.2. */
  public static final Habits QEMU_5_1 = new Habits(true, true, true, true, false, true);

  /** QEMU 10.0; where between 7.2 and 10.0 the host clock reading moved is not known. */
  public static final Habits QEMU_8_1 = new Habits(false, true, true, true, false, true);

  /** QEMU 10.2 and later; 10.2 shares its dialect with releases that do not flush. */
  public static final Habits QEMU_11_0 = new Habits(false, true, true, true, true, true);
}
