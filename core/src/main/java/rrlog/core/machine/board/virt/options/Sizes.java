package rrlog.core.machine.board.virt.options;

import java.util.Locale;

/** QEMU's sizes: a number, perhaps with a fraction, and a unit. */
final class Sizes {
  private Sizes() {}

  /**
   * Bytes.
   *
   * @param unit what a number without a unit counts
   */
  static long parse(String option, String text, long unit) throws BadOptionException {
    String digits = text;
    long scale = unit;
    boolean hexadecimal = text.startsWith("0x") || text.startsWith("0X");
    // Hexadecimal numbers count bytes and take no unit: QEMU reads 0x8B as 139.
    if (hexadecimal && unit != 1) {
      throw new BadOptionException(option + " " + text + ": not a size");
    }
    if (!text.isEmpty() && !hexadecimal) {
      String suffix = text.substring(text.length() - 1).toUpperCase(Locale.ROOT);
      int power = "BKMGTPE".indexOf(suffix);
      if (power >= 0) {
        scale = 1L << 10 * power;
        digits = text.substring(0, text.length() - 1);
      }
    }
    try {
      if (hexadecimal) {
        return Long.decode(text);
      }
      double value = Double.parseDouble(digits);
      if (value >= 0 && value * scale < Long.MAX_VALUE) {
        return digits.contains(".")
            ? (long) (value * scale)
            : Math.multiplyExact(Long.parseLong(digits), scale);
      }
    } catch (NumberFormatException | ArithmeticException e) {
      // Said below.
    }
    throw new BadOptionException(option + " " + text + ": not a size");
  }
}
