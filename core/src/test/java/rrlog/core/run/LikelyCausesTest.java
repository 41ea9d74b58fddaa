package rrlog.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  private static MachineConfig config(Path folder, String release, String options)
      throws Exception {
    List<String> words = new ArrayList<>(List.of("-M", "virt", "-icount", "shift=3"));
    words.addAll(List.of(options.split(" ")));
    return QemuOptions.parse(words, folder, Release.of(release));
  }

  @Test
  void a_snapshot_that_was_loaded_while_recording_is_the_cause() throws Exception {
    Path folder = Samples.path("cases/04-rrsnapshot/wait1.elf").getParent();
    MachineConfig config = config(folder, "7.2.22", "-bios none -kernel wait1.elf");
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
        config(log.getParent(), "7.2.22", "-bios none -kernel wait1.elf -nographic");
    assertThat(cause(log, config)).contains(new LikelyCause.MuxedInput());
  }

  @Test
  void the_firmware_of_another_qemu_is_the_cause() throws Exception {
    Path log = Samples.guest("10.0/g14_opensbi/s3-on.bin");
    Path other = Samples.guest("11.1/fw_dynamic.bin");
    MachineConfig config =
        config(log.getParent(), "10.0.13", "-bios " + other + " -kernel guest.elf");
    assertThat(cause(log, config).orElseThrow())
        .isInstanceOfSatisfying(
            LikelyCause.OtherFirmware.class,
            firmware -> {
              assertThat(firmware.used().file()).isEqualTo(other);
              assertThat(firmware.used().openSbi()).contains("1.9");
              assertThat(firmware.brought()).contains("1.5.1");
            });
  }

  private static Optional<LikelyCause> causeOfProbe(String log, String more) throws Exception {
    Path folder = Samples.guest("machine_probe");
    return cause(
        folder.resolve(log),
        config(folder, "7.2.22", "-bios none -kernel machine_probe.elf" + more));
  }

  @Test
  void another_size_of_ram_is_the_cause() throws Exception {
    assertThat(causeOfProbe("ram64.bin", ""))
        .contains(new LikelyCause.OtherRam(128L << 20, 64L << 20, true));
  }

  @Test
  void a_device_that_was_not_there_is_the_cause() throws Exception {
    assertThat(causeOfProbe("plain.bin", " -device virtio-rng-device").orElseThrow())
        .isInstanceOfSatisfying(
            LikelyCause.OtherDevice.class,
            device -> {
              assertThat(device.recorded()).isFalse();
              assertThat(device.device().device())
                  .isInstanceOf(MachineConfig.VirtioDevice.Rng.class);
            });
  }

  @ParameterizedTest
  @CsvSource({"rng.bin, Rng", "netpci.bin, Net"})
  void a_device_that_is_missing_is_the_cause(String log, String kind) throws Exception {
    assertThat(causeOfProbe(log, "").orElseThrow())
        .isInstanceOfSatisfying(
            LikelyCause.OtherDevice.class,
            device -> {
              assertThat(device.recorded()).isTrue();
              assertThat(device.device().device().getClass().getSimpleName()).isEqualTo(kind);
            });
  }

  @Test
  void a_packet_capture_that_is_missing_is_the_cause() throws Exception {
    Path log = Samples.path("cases/01-filter-dump/run.bin");
    MachineConfig config =
        config(
            Samples.guest("g01_hello"), "7.2.22", "-m 256 -bios none -kernel guest.elf -nographic");
    assertThat(cause(log, config)).contains(new LikelyCause.OtherCaptures(0, 1, true));
  }

  /** Trying other machines opens the image again and again. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void what_was_tried_leaves_no_disk_open() throws Exception {
    Path log = Samples.guest("g10b_blk/s3-on.bin");
    MachineConfig config =
        config(
            log.getParent(),
            "10.0.13",
            "-bios none -kernel guest.elf -drive file=disk.img,if=none,format=raw,id=img"
                + " -drive driver=blkreplay,if=none,image=img,id=d0"
                + " -device virtio-blk-device,drive=d0");
    assertThat(cause(log, config).orElseThrow()).isInstanceOf(LikelyCause.OtherRelease.class);
    ReleaseChoice.of(Logs.of(log), config::with, StopAt.END);

    assertThat(open("disk.img")).isEmpty();
  }

  private static List<String> open(String name) throws IOException {
    List<String> open = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path one : all) {
        try {
          open.add(Files.readSymbolicLink(one).toString());
        } catch (IOException closedMeanwhile) {
          // It was the listing's own.
        }
      }
    }
    open.removeIf(file -> !file.endsWith("/" + name));
    return open;
  }
}
