package rrlog.core.machine.board.virt;

import java.nio.file.Path;
import rrlog.core.testing.Samples;

/** Guests by the names that they have beside the checkout. */
final class Shared {
  private Shared() {}

  static Path require(String relative) {
    return Samples.path(relative.replaceFirst("^guests/", "riscv/"));
  }
}
