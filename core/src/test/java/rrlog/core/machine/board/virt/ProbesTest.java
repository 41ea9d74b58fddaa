package rrlog.core.machine.board.virt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rrlog.core.event.Entry;
import rrlog.core.log.LogReader;
import rrlog.core.machine.board.virt.options.QemuOptions;
import rrlog.core.qemu.Release;
import rrlog.core.replay.PlayResult;
import rrlog.core.replay.StopAt;
import rrlog.core.testing.Samples;

/**
 * Guests of our own that poke at every register of a device and print what they see, recorded by
 * QEMU 7.2.22 (sources beside the recordings; built as samples/README.md says, with -DP_MAP and so
 * on; options as below and {@code -bios none -icount shift=3,sleep=on}).
 */
final class ProbesTest {
  @TempDir private Path work;

  private static byte[] resource(String name) throws IOException {
    try (InputStream packed = ProbesTest.class.getResourceAsStream("probes/" + name + ".gz")) {
      return new GZIPInputStream(Objects.requireNonNull(packed)).readAllBytes();
    }
  }

  private PlayResult play(String guest, String log, String... options) throws Exception {
    Files.write(work.resolve("guest.elf"), resource(guest + ".elf"));
    Files.write(work.resolve("log.bin"), resource(log + ".bin"));
    List<String> all =
        new ArrayList<>(
            List.of(
                "-M",
                "virt",
                "-bios",
                "none",
                "-kernel",
                "guest.elf",
                "-icount",
                "shift=3,sleep=on",
                "-serial",
                "stdio"));
    all.addAll(List.of(options));
    MachineConfig config = QemuOptions.parse(all, work, Release.of("7.2.22"));
    List<Entry> entries = new ArrayList<>();
    try (LogReader reader = LogReader.open(work.resolve("log.bin"))) {
      reader.iterator().forEachRemaining(entries::add);
    }
    Recording.Playing playing = Recording.play(config, entries.iterator());
    PlayResult result = playing.player().play(StopAt.END);
    assertThat(result.divergence()).isEmpty();
    assertThat(result.complete()).isTrue();
    assertThat(new ByteArrayInputStream(playing.console().toByteArray()))
        .hasSameContentAs(new ByteArrayInputStream(resource(log + ".console")));
    return result;
  }

  @Test
  void loads_and_stores_of_all_sizes_all_over_the_memory_map() throws Exception {
    play("map", "map");
  }

  @Test
  void serial_port_fifos_loopback_divisors_and_interrupts() throws Exception {
    play("uart", "uart");
  }

  @Test
  void interrupt_controller_priorities_enables_thresholds_and_claims() throws Exception {
    play("plic", "plic");
  }

  @Test
  void timers_and_software_interrupts() throws Exception {
    play("clint", "clint");
  }

  @Test
  void firmware_configuration_items() throws Exception {
    play("fwcfg", "fwcfg");
  }

  @Test
  void virtio_entropy_with_indirect_requests_and_event_index() throws Exception {
    play("virtio", "vrng", "-object", "rng-builtin,id=r0", "-device", "virtio-rng-device,rng=r0");
  }

  @Test
  void virtio_disk_with_merged_requests_flushes_and_errors() throws Exception {
    Path disk = Samples.guest("g10b_blk/disk.img");
    play(
        "virtio",
        "vblk",
        "-drive",
        "file=" + disk + ",if=none,snapshot=on,format=raw,id=img",
        "-drive",
        "driver=blkreplay,if=none,image=img,id=d0",
        "-device",
        "virtio-blk-device,drive=d0");
  }

  @Test
  void virtio_network_with_control_queue_and_merged_buffers() throws Exception {
    play(
        "virtio",
        "vnet",
        "-netdev",
        "user,id=n0",
        "-device",
        "virtio-net-device,netdev=n0,tx=timer",
        "-object",
        "filter-replay,id=f0,netdev=n0");
  }

  @Test
  void virtio_console_with_several_ports() throws Exception {
    play(
        "virtio",
        "vcon",
        "-chardev",
        "file,id=c0,path=out",
        "-device",
        "virtio-serial-device",
        "-device",
        "virtconsole,chardev=c0");
  }
}
