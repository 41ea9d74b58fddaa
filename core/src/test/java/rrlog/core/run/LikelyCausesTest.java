package rrlog.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import rrlog.core.log.LogReader;
import rrlog.core.machine.board.virt.MachineConfig;
import rrlog.core.machine.board.virt.options.QemuOptions;
import rrlog.core.qemu.Release;
import rrlog.core.replay.StopAt;
import rrlog.core.testing.Samples;

/** Causes told of recordings that cannot be re-executed as described. */
final class LikelyCausesTest {
  private static Optional<LikelyCause> cause(Path log, MachineConfig config) throws Exception {
    try (LogReader reader = LogReader.open(log);
        ReExecution run = ReExecution.of(reader, config, OutputStream.nullOutputStream())) {
      Outcome outcome = run.play(StopAt.END);
      return LikelyCauses.of(outcome.result(), run.machine(), config, Logs.of(log));
    }
  }

  @Test
  void a_snapshot_that_was_loaded_while_recording_is_the_cause() throws Exception {
    MachineConfig config =
        QemuOptions.parse(
            List.of("-M", "virt", "-bios", "none", "-kernel", "wait1.elf", "-icount", "shift=3"),
            Samples.path("cases/04-rrsnapshot/wait1.elf").getParent(),
            Release.of("7.2.22"));
    Path log = Samples.path("cases/20-loadvm/run.bin");
    assertThat(cause(log, config).orElseThrow())
        .isInstanceOfSatisfying(
            LikelyCause.SnapshotLoaded.class,
            loaded -> assertThat(loaded.at().event()).isEqualTo(36));
  }

  @Test
  void input_typed_into_a_port_shared_with_the_monitor_is_the_cause() throws Exception {
    Path log = Samples.path("cases/02-mux-input/run.bin");
    MachineConfig config =
        QemuOptions.parse(
            List.of(
                "-M",
                "virt",
                "-bios",
                "none",
                "-kernel",
                "wait1.elf",
                "-nographic",
                "-icount",
                "shift=3"),
            log.getParent(),
            Release.of("7.2.22"));
    assertThat(cause(log, config)).contains(new LikelyCause.MuxedInput());
  }

  @Test
  void the_firmware_of_another_qemu_is_the_cause() throws Exception {
    Path log = Samples.guest("10.0/g14_opensbi/s3-on.bin");
    Path other = Samples.guest("11.1/fw_dynamic.bin");
    MachineConfig config =
        QemuOptions.parse(
            List.of(
                "-M",
                "virt",
                "-bios",
                other.toString(),
                "-kernel",
                "guest.elf",
                "-icount",
                "shift=3"),
            log.getParent(),
            Release.of("10.0.13"));
    assertThat(cause(log, config).orElseThrow())
        .isInstanceOfSatisfying(
            LikelyCause.OtherFirmware.class,
            firmware -> {
              assertThat(firmware.used().file()).isEqualTo(other);
              assertThat(firmware.used().openSbi()).contains("1.9");
              assertThat(firmware.brought()).contains("1.5.1");
            });
  }
}
