package rrlog.core.analysis.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class QemuMessageTest {
  /** Printed by QEMU 10.0.13 for a log without its second character. */
  @Test
  void a_place_is_read_and_counted_from_zero() {
    QemuMessage said =
        QemuMessage.of(
            "qemu-system-riscv64: Missing character write event in the replay log (insn total 37/7"
                + " left, event 10 is EVENT_INSTRUCTION)");
    assertThat(said.meaning()).isEqualTo(QemuMessage.Meaning.CHAR_WRITE);
    assertThat(said.icount()).hasValue(37);
    assertThat(said.event()).hasValue(9);
  }

  @Test
  void the_monitor_tells_instructions_alone() {
    QemuMessage said =
        QemuMessage.of("Replaying execution 'run.bin': instruction count = 138669832");
    assertThat(said.icount()).hasValue(138_669_832);
    assertThat(said.event()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "qemu-system-x86_64: Missing random event in the replay log, missing-random",
    "Replay: invalid input log file version, other-release",
    "qemu-system-arm: error reading the replay data, log-ends",
    "Record/replay feature is not supported for 'smp', not-supported",
    "qemu: ../replay/replay.c:57: replay_advance: Assertion `diff >= 0' failed., assertion",
    "Record/replay: Record/replay is not supported with multi-threaded TCG, not-supported",
    "qemu-system-x86_64: Replay: unknown event kind 93, no-event",
    "qemu-system-x86_64: Unknown ID 7 of replay event, no-event",
    "Replay: cannot find char driver, missing-char-device",
    "qemu-system-i386: Could not load snapshot for icount replay, snapshot-missing",
    "qemu-system-i386: File name not specified for replay, no-rr",
    "Replay: open run.bin: No such file or directory, log-missing",
    "qemu-system-i386: replay file is over, log-ends",
    "something else, unknown-message",
    "insn total 99999999999999999999/1 left, unknown-message"
  })
  void what_qemu_prints_is_known(String printed, String code) {
    assertThat(QemuMessage.of(printed).diagnosis(Optional.empty()).code()).isEqualTo(code);
  }
}
