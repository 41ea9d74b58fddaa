package rrlog.core.event;

/** The clocks whose readings are recorded. Values are in nanoseconds. */
public enum Clock {
  /** The host's wall clock, since 1970; taken from gettimeofday, so a multiple of 1000. */
  HOST,
  /** Time that the virtual machine has been running, from 0; drives icount warping. */
  VIRTUAL_RT;

  private final String label = Labels.of(this);

  /** The clock's name in the common vocabulary, such as {@code virtual-rt}. */
  public String label() {
    return label;
  }
}
