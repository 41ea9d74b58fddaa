package rrlog.core.machine.board.virt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rrlog.core.event.Entry;
import rrlog.core.log.LogReader;
import rrlog.core.machine.board.virt.options.QemuOptions;
import rrlog.core.qemu.Release;
import rrlog.core.replay.PlayResult;
import rrlog.core.replay.StopAt;
import rrlog.core.testing.Samples;

/** A program that QEMU 7.2.22 started from flash bank 0, with something in bank 1. */
final class FlashBootTest {
  private static final int BANK = 32 << 20;

  @TempDir private Path folder;

  private MachineConfig config(int length) throws Exception {
    byte[] program = Files.readAllBytes(Samples.guest("flash_boot/program.raw"));
    Files.write(folder.resolve("flash0.img"), Arrays.copyOf(program, length));
    return config("format=raw,file=flash0.img");
  }

  private MachineConfig config(String image) throws Exception {
    Files.write(folder.resolve("flash1.img"), Arrays.copyOf(new byte[] {1, 2, 3, 4}, BANK));
    return QemuOptions.parse(
        List.of(
            "-M",
            "virt",
            "-bios",
            "none",
            "-drive",
            "if=pflash,unit=0," + image,
            "-drive",
            "if=pflash,format=raw,file=flash1.img",
            "-icount",
            "shift=3"),
        folder,
        Release.of("7.2.22"));
  }

  @Test
  void a_program_runs_from_the_flash_and_programs_it() throws Exception {
    assertRunsAsRecorded(config(BANK));
  }

  @Test
  void an_image_without_format_is_taken_for_what_it_is() throws Exception {
    assertRunsAsRecorded(config("file=" + Samples.path("disks/flash.qcow2")));
  }

  private static void assertRunsAsRecorded(MachineConfig config) throws Exception {
    Path log = Samples.guest("flash_boot/both.bin");
    List<Entry> entries = new ArrayList<>();
    try (LogReader reader = LogReader.open(log)) {
      reader.iterator().forEachRemaining(entries::add);
    }
    Recording.Playing playing = Recording.play(config, entries.iterator());
    PlayResult result = playing.player().play(StopAt.END);
    assertThat(result.divergence()).isEmpty();
    assertThat(result.complete()).isTrue();
    assertThat(playing.console().toByteArray())
        .isEqualTo(Files.readAllBytes(Samples.sibling(log, ".console")));
  }

  @Test
  void an_image_of_another_size_is_refused() throws Exception {
    MachineConfig config = config(BANK - 1);
    assertThatThrownBy(() -> Recording.play(config, List.<Entry>of().iterator()))
        .isInstanceOf(MachineException.class)
        .hasMessageContaining("33554432 bytes")
        .hasMessageContaining("33554431");
  }
}
