package rrlog.core.machine.board.virt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rrlog.core.event.Entry;
import rrlog.core.log.LogReader;
import rrlog.core.machine.board.virt.options.QemuOptions;
import rrlog.core.qemu.Release;
import rrlog.core.replay.PlayResult;
import rrlog.core.replay.StopAt;
import rrlog.core.testing.Samples;

/**
 * A guest that writes ones and zeroes to the configuration space of every function on the bus,
 * places its regions and prints what it finds there, at every width. Requests to the devices are in
 * the recordings {@code pci/io} and {@code pci/legacy} of {@link RecordingsTest}.
 */
final class PciTest {
  private static final String MACHINE =
      "-M virt -bios none -display none -serial stdio -monitor none -icount shift=3,sleep=on";
  private static final String ALL =
      MACHINE
          + " -drive if=none,id=i,file=disk.img,format=raw,snapshot=on"
          + " -drive if=none,driver=blkreplay,id=d,image=i -device virtio-blk-pci,drive=d"
          + " -netdev user,id=n -device virtio-net-pci,netdev=n -device virtio-rng-pci"
          + " -device virtio-serial-pci -device virtio-rng-pci,disable-legacy=on"
          + " -device virtio-blk-pci,drive=e,disable-modern=on,num-queues=2"
          + " -drive if=none,id=e,file=disk.img,format=raw";
  private static final String DRIVE =
      MACHINE + " -drive file=disk.img,if=virtio,format=raw,snapshot=on";

  @TempDir private Path work;

  private String console(String guest, String series, String release, String options)
      throws Exception {
    Files.copy(Samples.guest("pci/" + guest + ".elf"), work.resolve(guest + ".elf"));
    Files.copy(Samples.guest("pci/disk.img"), work.resolve("disk.img"));
    Path log = work.resolve("log.bin");
    Files.write(log, Samples.bytes(Samples.guest("pci/" + guest + "-" + series + ".bin.zst")));
    List<String> all = new ArrayList<>(List.of(options.split(" ")));
    all.addAll(List.of("-kernel", guest + ".elf"));
    MachineConfig config = QemuOptions.parse(all, work, Release.of(release));
    Recording.Playing playing = Recording.play(config, entries(log).iterator());
    PlayResult result = playing.player().play(StopAt.END);
    assertThat(result.divergence()).isEmpty();
    return playing.console().toString(StandardCharsets.US_ASCII);
  }

  @ParameterizedTest
  @CsvSource({"7.2, 7.2.22", "10.0, 10.0.13", "11.1, 11.1.3"})
  void functions_show_what_they_show_in(String series, String release) throws Exception {
    byte[] shown = Samples.bytes(Samples.guest("pci/config-" + series + ".console.zst"));
    assertThat(console("config", series, release, ALL))
        .isEqualTo(new String(shown, StandardCharsets.US_ASCII));
  }

  @ParameterizedTest
  @CsvSource({"7.2, 7.2.22", "10.0, 10.0.13", "11.1, 11.1.3"})
  void a_disk_without_blkreplay_wakes_a_guest_that_waits_with_interrupts_off(
      String series, String release) throws Exception {
    assertThat(console("masked", series, release, DRIVE))
        .isEqualTo(Files.readString(Samples.guest("pci/masked-" + series + ".console")));
  }

  @ParameterizedTest
  @CsvSource({"7.2, 7.2.22", "10.0, 10.0.13", "11.1, 11.1.3"})
  void messages_are_writes_to_wherever_they_are_sent(String series, String release)
      throws Exception {
    assertThat(console("msix", series, release, MACHINE + " -device virtio-rng-pci,vectors=3"))
        .isEqualTo(Files.readString(Samples.guest("pci/msix.console")));
  }

  private static List<Entry> entries(Path log) throws IOException {
    List<Entry> entries = new ArrayList<>();
    try (LogReader reader = LogReader.open(log)) {
      reader.iterator().forEachRemaining(entries::add);
    }
    return entries;
  }
}
