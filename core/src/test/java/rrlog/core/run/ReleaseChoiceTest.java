package rrlog.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rrlog.core.log.LogReader;
import rrlog.core.machine.board.virt.MachineConfig;
import rrlog.core.machine.board.virt.options.BadOptionException;
import rrlog.core.machine.board.virt.options.QemuOptions;
import rrlog.core.qemu.Release;
import rrlog.core.replay.PlayResult;
import rrlog.core.replay.StopAt;
import rrlog.core.testing.Samples;

/** The release that recorded a log is found, and a wrong one is told from the right one. */
final class ReleaseChoiceTest {
  private static MachineConfig machine(Path log, Release release) throws BadOptionException {
    return QemuOptions.parse(
        List.of("-M", "virt", "-bios", "none", "-kernel", "guest.elf", "-icount", "shift=3"),
        log.getParent(),
        release);
  }

  private static Outcome play(Path log, MachineConfig config) throws Exception {
    try (LogReader reader = LogReader.open(log)) {
      return ReExecution.of(reader, config, OutputStream.nullOutputStream()).play(StopAt.END);
    }
  }

  private static Optional<LikelyCause> cause(Path log, MachineConfig config) throws Exception {
    try (LogReader reader = LogReader.open(log);
        ReExecution run = ReExecution.of(reader, config, OutputStream.nullOutputStream())) {
      PlayResult result = run.play(StopAt.END).result();
      return LikelyCauses.of(result, run.machine(), config, Logs.of(log));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "g03_timer/s3-on.bin, 7.2.22",
    "10.0/g03_timer/s3-on.bin, 10.0.13",
    "11.1/g03_timer/s3-on.bin, 11.1.3"
  })
  void the_log_tells_its_release(String name, String release) throws Exception {
    Path log = Samples.guest(name);
    ReleaseChoice choice = ReleaseChoice.of(Logs.of(log), other -> machine(log, other), StopAt.END);
    assertThat(choice.config().release()).isEqualTo(Release.of(release));
    assertThat(choice.from()).isEqualTo(ReleaseChoice.From.LOG);
  }

  @ParameterizedTest
  @CsvSource({
    "g03_timer/s3-on.bin, 10.0.13, 7.2.22",
    "10.0/g03_timer/s3-on.bin, 7.2.22, 10.0.13",
    "10.0/g03_timer/s3-on.bin, 11.1.3, 10.0.13",
    "10.0/g03_timer/s3-on.bin, 9.0.4, 10.0.13",
    "11.1/g03_timer/s3-on.bin, 10.0.13, 11.1.3",
    "11.1/g03_timer/s3-on.bin, 7.2.0, 11.1.3"
  })
  void a_wrong_release_diverges_and_the_cause_names_the_right_one(
      String name, String stated, String right) throws Exception {
    Path log = Samples.guest(name);
    MachineConfig config = machine(log, Release.of(stated));
    assertThat(play(log, config).result().ended()).isEqualTo(PlayResult.Ended.DIVERGENCE);
    assertThat(cause(log, config))
        .contains(new LikelyCause.OtherRelease(Release.of(stated), Release.of(right), true));
  }

  @Test
  void a_release_that_writes_another_version_word_is_refused_as_qemu_does() throws Exception {
    Path log = Samples.guest("11.1/g03_timer/s3-on.bin");
    Outcome outcome = play(log, machine(log, Release.of("10.0.13")));
    assertThat(outcome.divergence().orElseThrow().description())
        .contains("e0200e", "QEMU 10.0.13 neither writes nor replays");
    assertThat(outcome.result().icount()).isZero();
  }

  @Test
  void a_wrong_shift_is_no_other_release() throws Exception {
    Path log = Samples.guest("g03_timer/s3-on.bin");
    MachineConfig wrong =
        QemuOptions.parse(
            List.of("-M", "virt", "-bios", "none", "-kernel", "guest.elf", "-icount", "shift=1"),
            log.getParent(),
            MachineConfig.DEFAULT_RELEASE);
    ReleaseChoice choice = ReleaseChoice.of(Logs.of(log), wrong::with, StopAt.END);
    assertThat(choice.config().release()).isEqualTo(Release.of("7.2.22"));
    assertThat(cause(log, choice.config()).orElseThrow())
        .isInstanceOf(LikelyCause.OtherIcount.class);
  }
}
