package rrlog.cli;

import java.util.Set;
import org.junit.jupiter.api.Tag;

/** A few logs. */
@Tag("qemu")
final class QemuReplaysSlicesTest extends QemuReplaysContract {
  private static final Set<String> FEW =
      Set.of(
          "g01_hello/s3-on",
          "g03_timer/s0-off",
          "g10a_rng/s3-on",
          "g11_reset/s3-on",
          "7.2.22-debian/pc-audio-wav",
          "7.2.22-debian/pc-net");

  @Override
  int positions() {
    return 2;
  }

  @Override
  int kills() {
    return 2;
  }

  @Override
  boolean isChosen(QemuRecording recording) {
    return FEW.contains(recording.name());
  }
}
