package rrlog.core.machine.board.virt;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rrlog.core.machine.riscv.hart.TranslationEffort;
import rrlog.core.qemu.Release;
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
    Recording.assertPrintsAsInQemu(
        folder,
        name,
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
        Release.of(parts[1]),
        effort.equals("EAGER") ? TranslationEffort.EAGER : TranslationEffort.NONE);
  }
}
