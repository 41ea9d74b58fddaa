package rrlog.core.machine.board.virt;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rrlog.core.machine.riscv.hart.TranslationEffort;
import rrlog.core.qemu.Release;
import rrlog.core.testing.Samples;

/** Guests that print what releases do otherwise, recorded by the three that can be run. */
final class ReleaseHabitsTest {
  private static final Path FOLDER = Samples.guest("release_probe");

  @ParameterizedTest
  @CsvSource({
    "habits, 7.2.22, -bios none -kernel habits.elf",
    "habits, 10.0.13, -bios none -kernel habits.elf",
    "habits, 11.1.3, -bios none -kernel habits.elf",
    "notify, 7.2.22, -bios none -kernel notify.elf -device virtio-rng-device",
    "notify, 10.0.13, -bios none -kernel notify.elf -device virtio-rng-device",
    "notify, 11.1.3, -bios none -kernel notify.elf -device virtio-rng-device",
    "sstc, 7.2.22, -bios none -kernel sstc.elf",
    "sstc, 10.0.13, -bios none -kernel sstc.elf",
    "sstc, 11.1.3, -bios none -kernel sstc.elf",
    "words, 7.2.22, -bios none -kernel words.elf",
    "words, 10.0.13, -bios none -kernel words.elf",
    "words, 11.1.3, -bios none -kernel words.elf",
    "entry, 7.2.22, -bios entry.elf",
    "entry, 10.0.13, -bios entry.elf",
    "entry, 11.1.3, -bios entry.elf"
  })
  void a_guest_prints_what_it_printed_in_qemu(String guest, String release, String options)
      throws Exception {
    String name = guest + "-" + release;
    List<String> line = new ArrayList<>(List.of("-M", "virt", "-icount", "3", "-serial", "stdio"));
    Stream.of(options.split(" ")).forEach(line::add);
    Recording.assertPrintsAsInQemu(FOLDER, name, line, Release.of(release), TranslationEffort.NONE);
  }
}
