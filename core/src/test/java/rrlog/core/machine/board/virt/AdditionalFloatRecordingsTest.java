package rrlog.core.machine.board.virt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rrlog.core.event.Entry;
import rrlog.core.log.LogReader;
import rrlog.core.machine.board.virt.options.QemuOptions;
import rrlog.core.machine.riscv.hart.TranslationEffort;
import rrlog.core.qemu.Release;
import rrlog.core.replay.PlayResult;
import rrlog.core.replay.StopAt;
import rrlog.core.testing.Samples;

/**
 * Guests of QEMU's that print hashes of all that Zfa computes, in all rounding modes, which of its
 * words trap ({@code zfa}), and what makes mstatus.FS dirty ({@code dirty}).
 */
final class AdditionalFloatRecordingsTest {
  @ParameterizedTest
  @CsvSource({
    "zfa-7.2.22, rv64, NONE",
    "zfa-10.0.13, rv64, NONE",
    "zfa-10.0.13, rv64, EAGER",
    "zfa-11.1.3, rv64, NONE",
    "zfa-11.1.3, rv64, EAGER",
    "'zfa-10.0.13-off', 'rv64,zfa=off', NONE",
    "dirty-7.2.22, rv64, NONE",
    "dirty-10.0.13, rv64, NONE",
    "dirty-11.1.3, rv64, NONE"
  })
  void prints_what_it_printed_in_qemu(String name, String cpu, String effort) throws Exception {
    Path folder = Samples.guest("zfa");
    String[] parts = name.split("-");
    MachineConfig config =
        QemuOptions.parse(
            List.of(
                "-M",
                "virt",
                "-cpu",
                cpu,
                "-bios",
                "none",
                "-kernel",
                parts[0] + ".elf",
                "-icount",
                "shift=0,sleep=on",
                "-serial",
                "stdio"),
            folder,
            Release.of(parts[1]));
    Recording.Playing playing = Recording.play(config, entries(folder, name).iterator());
    playing
        .machine()
        .hart()
        .translate(effort.equals("EAGER") ? TranslationEffort.EAGER : TranslationEffort.NONE);

    PlayResult result = playing.player().play(StopAt.END);

    assertThat(result.divergence()).isEmpty();
    assertThat(playing.console().toString())
        .isEqualTo(Files.readString(folder.resolve(name + ".console")));
  }

  private static List<Entry> entries(Path folder, String name) throws Exception {
    try (LogReader reader = LogReader.open(Samples.unpacked(folder.resolve(name + ".bin.zst")))) {
      List<Entry> entries = new ArrayList<>();
      reader.iterator().forEachRemaining(entries::add);
      return entries;
    }
  }
}
