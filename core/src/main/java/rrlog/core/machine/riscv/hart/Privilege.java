package rrlog.core.machine.riscv.hart;

/** A privilege mode; the ordinal is not its encoding, {@link #level()} is. */
public enum Privilege {
  /** U, 0. */
  USER(0),
  /** S, 1. */
  SUPERVISOR(1),
  /** M, 3. */
  MACHINE(3);

  private final int level;

  Privilege(int level) {
    this.level = level;
  }

  /** The encoding of the privileged architecture: 0, 1 or 3. */
  public int level() {
    return level;
  }

  /**
   * The mode of an encoding.
   *
   * @throws IllegalArgumentException for 2 and anything out of range
   */
  public static Privilege ofLevel(int level) {
    return switch (level) {
      case 0 -> USER;
      case 1 -> SUPERVISOR;
      case 3 -> MACHINE;
      default -> throw new IllegalArgumentException("no privilege level " + level);
    };
  }
}
