package rrlog.core.machine.board.virt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import rrlog.core.event.ShutdownCause;
import rrlog.core.log.LogReader;
import rrlog.core.machine.board.virt.options.BadOptionException;
import rrlog.core.machine.board.virt.options.QemuOptions;
import rrlog.core.qemu.Release;
import rrlog.core.replay.PlayResult;
import rrlog.core.replay.StopAt;
import rrlog.core.testing.Samples;

/** Recordings re-executed with the very options that people recorded them with. */
final class TypedOptionsTest {
  private static MachineConfig config(Path folder, String... options) throws BadOptionException {
    return QemuOptions.parse(List.of(options), folder, Release.of("7.2.22"));
  }

  private static PlayResult play(String log, MachineConfig config)
      throws IOException, MachineException {
    try (LogReader reader = LogReader.open(Samples.path("cases/" + log + "/run.bin"))) {
      return Recording.play(config, reader.iterator()).player().play(StopAt.END);
    }
  }

  private static void assertPlaysToTheEnd(String log, MachineConfig config) throws Exception {
    PlayResult result = play(log, config);
    assertThat(result.divergence()).isEmpty();
    assertThat(result.complete()).isTrue();
  }

  @Test
  void a_packet_capture_looks_at_the_host_clock_when_it_is_made() throws Exception {
    assertPlaysToTheEnd(
        "01-filter-dump",
        config(
            Samples.guest("g01_hello"),
            "-M",
            "virt",
            "-m",
            "256",
            "-bios",
            "none",
            "-kernel",
            "guest.elf",
            "-nographic",
            "-netdev",
            "user,id=net0",
            "-object",
            "filter-dump,id=f,netdev=net0,file=v.pcap",
            "-icount",
            "shift=3"));
  }

  @Test
  void a_snapshot_made_at_the_start_changes_nothing() throws Exception {
    assertPlaysToTheEnd(
        "04-rrsnapshot",
        config(
            Samples.path("cases/04-rrsnapshot/wait1.elf").getParent(),
            "-M",
            "virt",
            "-bios",
            "none",
            "-kernel",
            "wait1.elf",
            "-display",
            "none",
            "-serial",
            "stdio",
            "-net",
            "none",
            "-drive",
            "file=empty.qcow2,if=none,id=rr",
            "-icount",
            "shift=auto,rr=record,rrfile=run.bin,rrsnapshot=init"));
  }

  @Test
  void a_disk_without_blkreplay_finishes_a_request_when_its_interrupt_is_taken() throws Exception {
    MachineConfig config =
        config(
            Samples.guest("g10b_blk"),
            "-M",
            "virt",
            "-bios",
            "none",
            "-kernel",
            "guest.elf",
            "-display",
            "none",
            "-serial",
            "stdio",
            "-drive",
            "file=disk.img,if=none,format=raw,id=d0,snapshot=on",
            "-device",
            "virtio-blk-device,drive=d0",
            "-icount",
            "shift=3");
    assertThat(config.warnings()).singleElement().asString().contains("blkreplay");
    assertPlaysToTheEnd("08-disk-without-blkreplay", config);
  }

  @Test
  void from_9_1_on_a_network_card_sends_in_a_bottom_half_that_is_an_event() throws Exception {
    Path log = Samples.path("riscv/11.1/g10c_net/bh-on.bin.zst");
    MachineConfig config =
        QemuOptions.parse(
            List.of(
                "-M",
                "virt",
                "-bios",
                "none",
                "-kernel",
                "guest.elf",
                "-serial",
                "stdio",
                "-netdev",
                "user,id=n0",
                "-device",
                "virtio-net-device,netdev=n0",
                "-object",
                "filter-replay,id=f0,netdev=n0",
                "-icount",
                "shift=3"),
            log.getParent(),
            Release.of("11.1.3"));
    try (LogReader reader = LogReader.open(Samples.unpacked(log))) {
      Recording.Playing playing = Recording.play(config, reader.iterator());
      PlayResult result = playing.player().play(StopAt.END);
      assertThat(result.divergence()).isEmpty();
      assertThat(result.shutdown()).contains(ShutdownCause.GUEST_SHUTDOWN);
      assertThat(playing.console().toByteArray())
          .isEqualTo(Samples.bytes(Samples.sibling(log, ".console")));
    }
  }
}
