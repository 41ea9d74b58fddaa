package rrlog.core.machine.board.virt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import rrlog.core.log.LogReader;
import rrlog.core.machine.board.virt.options.QemuOptions;
import rrlog.core.qemu.Release;
import rrlog.core.replay.PlayResult;
import rrlog.core.replay.StopAt;
import rrlog.core.testing.Samples;

/** Options that change what a guest sees, in recordings of QEMU 7.2.22 with shift=3. */
final class OptionEffectsTest {
  private static final String BLKREPLAY =
      "-drive file=disk.img,format=raw,if=none,id=i,snapshot=on"
          + " -drive driver=blkreplay,if=none,image=i,id=d";

  private static Recording.Playing play(String log, String guest, String options) throws Exception {
    List<String> all = new ArrayList<>(List.of(options.split(" ")));
    all.addAll(List.of("-M", "virt", "-bios", "none", "-kernel", "guest.elf", "-icount", "3"));
    MachineConfig config = QemuOptions.parse(all, Samples.guest(guest), Release.of("7.2.22"));
    try (LogReader reader = LogReader.open(Samples.unpacked(file(log + ".bin.zst")))) {
      return played(Recording.play(config, reader.iterator()));
    }
  }

  private static Recording.Playing played(Recording.Playing playing) throws Exception {
    PlayResult result = playing.player().play(StopAt.END);
    assertThat(result.divergence()).isEmpty();
    assertThat(result.complete()).isTrue();
    return playing;
  }

  private static Path file(String name) {
    return Samples.path("cases/14-options/" + name);
  }

  private static void assertPlays(String log, String guest, String options) throws Exception {
    assertThat(play(log, guest, options).console().toByteArray())
        .isEqualTo(Samples.bytes(file(log + ".console")));
  }

  @Test
  void the_clock_starts_at_a_stated_date() throws Exception {
    assertPlays("rtc-base", "g09_rtc", "-rtc base=2020-01-02T03:04:05");
  }

  @Test
  void the_clock_goes_by_the_virtual_clock_without_events() throws Exception {
    assertPlays("rtc-vm", "g09_rtc", "-rtc clock=vm");
  }

  @Test
  void an_entropy_device_gives_so_much_in_a_period() throws Exception {
    assertPlays("rng-limited", "g10a_rng", "-device virtio-rng-device,max-bytes=64,period=1");
  }

  @Test
  void a_disk_has_queues_and_no_switch_of_its_cache() throws Exception {
    assertPlays(
        "disk-queues",
        "g10b_blk",
        BLKREPLAY + " -device virtio-blk-device,drive=d,serial=ABCDE,num-queues=3,config-wce=off");
  }

  @Test
  void a_disk_without_write_cache_flushes_each_write() throws Exception {
    assertPlays(
        "disk-writethrough",
        "g10b_blk",
        BLKREPLAY + ",cache=writethrough -device virtio-blk-device,drive=d");
  }

  @Test
  void a_write_to_a_read_only_disk_fails_in_a_bottom_half() throws Exception {
    assertPlays(
        "disk-read-only",
        "g10b_blk",
        "-blockdev node-name=f,driver=file,filename=disk.img,read-only=on"
            + " -blockdev node-name=i,driver=raw,file=f,read-only=on"
            + " -blockdev driver=blkreplay,node-name=d,image=i,read-only=on"
            + " -device virtio-blk-device,drive=d");
  }
}
