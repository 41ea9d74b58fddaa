package rrlog.core.machine.board.virt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rrlog.core.machine.board.virt.options.QemuOptions;
import rrlog.core.machine.platform.virtio.BlockDevice;
import rrlog.core.machine.platform.virtio.EntropyDevice;
import rrlog.core.qemu.Release;
import rrlog.core.replay.Divergence;
import rrlog.core.replay.PlayResult;
import rrlog.core.replay.StopAt;
import rrlog.core.testing.Samples;

/** A log played on another machine than the one it was recorded on. */
final class OtherMachineTest {

  private static Divergence divergence(String log, String icount) throws Exception {
    Path file = Samples.guest(log + ".bin");
    Recording recording = Recording.of(file);
    MachineConfig config =
        QemuOptions.parse(
            List.of("-M", "virt", "-bios", "none", "-kernel", "guest.elf", "-icount", icount),
            file.getParent(),
            Release.of("7.2.22"));
    PlayResult result =
        Recording.play(config, recording.entries().iterator()).player().play(StopAt.END);
    assertThat(result.ended()).isEqualTo(PlayResult.Ended.DIVERGENCE);
    return result.divergence().orElseThrow();
  }

  @Test
  void a_smaller_shift_is_named_as_a_likely_cause() throws Exception {
    assertThat(divergence("g03_timer/s3-on", "shift=1,sleep=on").description())
        .contains("icount shift");
  }

  @Test
  void a_larger_shift_is_named_as_a_likely_cause() throws Exception {
    assertThat(divergence("g03_timer/s3-on", "shift=7,sleep=on").description())
        .contains("icount shift");
    assertThat(divergence("g07_sv39/s3-on", "shift=4,sleep=on").description())
        .contains("icount shift");
  }

  @Test
  void sleep_off_is_told_from_sleep_on() throws Exception {
    assertThat(divergence("g03_timer/s3-on", "shift=3,sleep=off").description())
        .contains("recorded with sleep=on");
  }

  @Test
  void sleep_on_is_told_from_sleep_off() throws Exception {
    assertThat(divergence("g03_timer/s0-off", "shift=0,sleep=on").description())
        .contains("recorded with sleep=off");
  }

  @Test
  void a_fixed_shift_is_told_from_an_adaptive_one() throws Exception {
    assertThat(divergence("g03_timer/auto-on", "shift=3,sleep=on").description())
        .contains("recorded with shift=auto");
  }

  @Test
  void an_adaptive_shift_is_told_from_a_fixed_one() throws Exception {
    assertThat(divergence("g03_timer/s3-on", "shift=auto").position().icount()).isZero();
  }

  private static MachineConfig.Builder hello() {
    return MachineConfig.builder()
        .bios(new MachineConfig.Bios.None())
        .kernel(Samples.guest("g01_hello/guest.elf"));
  }

  private static void cannotBuild(MachineConfig config, String message) {
    assertThatThrownBy(() -> Recording.play(config, List.<rrlog.core.event.Entry>of().iterator()))
        .isInstanceOf(MachineException.class)
        .hasMessageContaining(message)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  @Test
  void a_missing_kernel_is_named() {
    cannotBuild(
        hello().kernel(Path.of("/no/such/kernel")).build(),
        "-kernel /no/such/kernel: no such file");
  }

  @Test
  void a_missing_disk_is_named() {
    cannotBuild(
        hello()
            .device(
                new MachineConfig.VirtioDevice.Block(
                    Path.of("/no/such/disk"),
                    Optional.empty(),
                    BlockDevice.Settings.of(false, true)))
            .build(),
        "-drive /no/such/disk: no such file");
  }

  @Test
  void a_kernel_that_does_not_fit_into_the_ram_is_refused(@TempDir Path work) throws Exception {
    Path big = work.resolve("big");
    Files.write(big, new byte[5 << 20]);
    cannotBuild(
        hello().kernel(big).ramSize(4 << 20).build(), "5242880 bytes do not fit into the RAM");
  }

  @Test
  void a_file_that_is_no_device_tree_is_refused(@TempDir Path work) throws Exception {
    Path text = work.resolve("text");
    Files.writeString(text, "not a tree");
    cannotBuild(hello().dtb(text).build(), "not a flattened device tree");
  }

  @Test
  void more_devices_than_transports_are_refused() {
    MachineConfig.Builder config = hello();
    for (int i = 0; i < 9; i++) {
      config.device(new MachineConfig.VirtioDevice.Rng(EntropyDevice.Settings.DEFAULT));
    }
    cannotBuild(config.build(), "no virtio-mmio transport is free");
  }
}
