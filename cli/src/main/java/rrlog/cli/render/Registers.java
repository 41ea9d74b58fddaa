package rrlog.cli.render;

import rrlog.core.machine.riscv.hart.Privilege;

/** Registers and modes as people and programs read them. */
public final class Registers {
  private Registers() {}

  /** A register. */
  public static String hex(long value) {
    return "%016x".formatted(value);
  }

  /** The usual letter of a privilege mode. */
  public static String letter(Privilege privilege) {
    return switch (privilege) {
      case USER -> "U";
      case SUPERVISOR -> "S";
      case MACHINE -> "M";
    };
  }
}
