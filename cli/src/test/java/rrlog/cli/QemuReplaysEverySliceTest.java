package rrlog.cli;

import org.junit.jupiter.api.Tag;

/** All that QEMU replays at all. */
@Tag("qemu")
@Tag("slow")
final class QemuReplaysEverySliceTest extends QemuReplaysContract {
  @Override
  int positions() {
    return 10;
  }

  @Override
  int kills() {
    return 30;
  }

  @Override
  boolean isChosen(QemuRecording recording) {
    return true;
  }
}
