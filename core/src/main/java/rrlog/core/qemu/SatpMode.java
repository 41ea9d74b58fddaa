package rrlog.core.qemu;

import java.util.Locale;

/** A way to translate virtual addresses, in the order of their lengths. */
public enum SatpMode {
  /** 39 bits, three levels. */
  SV39(8),
  /** 48 bits, four levels. */
  SV48(9),
  /** 57 bits, five levels. */
  SV57(10);

  private final int number;

  SatpMode(int number) {
    this.number = number;
  }

  /** What satp has in its field MODE. */
  public int number() {
    return number;
  }

  /** The name as a property and in a device tree: {@code sv39}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
