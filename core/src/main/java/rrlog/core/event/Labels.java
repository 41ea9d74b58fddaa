package rrlog.core.event;

import java.util.Locale;

/** How QEMU's upper-case names become the labels of the common vocabulary. */
final class Labels {
  private Labels() {}

  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
