package rrlog.core.event;

/**
 * The checkpoints that order the main loop's work against the guest's instructions.
 *
 * <p>A dialect numbers a subset of them; {@link #CLOCK_WARP} existed in QEMU 2.5 only and was split
 * into the two that follow it.
 */
public enum Checkpoint {
  /** Until 2.5: any attempt to warp the virtual clock. */
  CLOCK_WARP,
  /** The idle machine considers arming the warp timer. */
  CLOCK_WARP_START,
  /** The vCPU loop accounts a warp before it runs. */
  CLOCK_WARP_ACCOUNT,
  /** The main loop picked up a reset request. */
  RESET_REQUESTED,
  /** The main loop picked up a suspend request. */
  SUSPEND_REQUESTED,
  /** Timers of the virtual clock run. */
  CLOCK_VIRTUAL,
  /** Timers of the host clock run. */
  CLOCK_HOST,
  /** Timers of the virtual-rt clock run. */
  CLOCK_VIRTUAL_RT,
  /** Before the machine is created; the first checkpoint of every log. */
  INIT,
  /** Before the initial reset. */
  RESET;

  private final String label = Labels.of(this);

  /** The checkpoint's name in the common vocabulary, such as {@code clock-warp-start}. */
  public String label() {
    return label;
  }
}
