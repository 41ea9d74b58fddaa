package rrlog.core.machine.board.virt;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rrlog.core.log.LogReader;
import rrlog.core.machine.board.virt.options.QemuOptions;
import rrlog.core.qemu.Release;
import rrlog.core.replay.PlayResult;
import rrlog.core.replay.StopAt;
import rrlog.core.run.ReExecution;
import rrlog.core.testing.Samples;

/**
 * A guest that prints the firmware configuration device's items, its directory with hashes of what
 * it reads there, and, last of all, a letter of an ACPI table, where there is one.
 */
final class FwCfgTest {
  private static final Path FOLDER = Samples.guest("fw_cfg");
  private static final String LINE =
      "-M virt -m 130M -bios none -kernel fw_cfg.elf -nographic"
          + " -uuid 12345678-9abc-def0-1234-56789abcdef0 -boot menu=on,reboot-timeout=1000"
          + " -drive file=disk.img,if=none,format=raw,id=d0,snapshot=on"
          + " -device virtio-blk-device,drive=d0,bootindex=3"
          + " -drive file=disk.img,if=none,format=raw,id=d1,snapshot=on"
          + " -device virtio-blk-pci,drive=d1,bootindex=2,addr=a"
          + " -device virtio-net-pci,bootindex=1 -icount shift=3";

  private static final String OPTIONS =
      "-M virt -m 5124K -bios none -kernel fw_cfg.elf -display none -serial stdio -monitor none"
          + " -readconfig devices.cfg -device virtio-net-pci,vectors=0"
          + " -drive file=disk.img,if=none,format=raw,id=d1,snapshot=on"
          + " -device virtio-blk-pci,drive=d1,vectors=200 -device virtio-serial-pci,vectors=0"
          + " -device virtio-rng-pci,vectors=257,multifunction=off -icount shift=3";

  /** What the guest prints of an ACPI table. */
  private static final String LAST = "0000000000000052\n";

  @TempDir private Path work;

  private final ByteArrayOutputStream console = new ByteArrayOutputStream();

  private PlayResult play(String log, String release, String more) throws Exception {
    return play(FOLDER.resolve(log), release, (LINE + " " + more).strip().split(" "));
  }

  private PlayResult play(Path log, String release, String... options) throws Exception {
    MachineConfig config = QemuOptions.parse(List.of(options), FOLDER, Release.of(release));
    try (LogReader reader = LogReader.open(log);
        ReExecution run = ReExecution.of(reader, config, console)) {
      return run.play(StopAt.END).result();
    }
  }

  @Test
  void the_first_releases_have_three_files() throws Exception {
    PlayResult result = play("7.2.bin", "7.2.22", "");
    assertThat(result.divergence()).isEmpty();
    assertThat(result.complete()).isTrue();
    assertThat(console.toByteArray()).isEqualTo(Files.readAllBytes(FOLDER.resolve("7.2.console")));
  }

  @ParameterizedTest
  @CsvSource({"10.0, 10.0.13", "11.1, 11.1.3"})
  void later_ones_have_tables_too_and_those_of_acpi_are_not_made_up(String log, String release)
      throws Exception {
    PlayResult result = play(log + ".bin", release, "-fw_cfg name=opt/x,string=abc");
    assertThat(result.divergence().orElseThrow().description()).contains("etc/acpi/rsdp", "fw_cfg");
    String all = Files.readString(FOLDER.resolve(log + ".console"), US_ASCII);
    assertThat(console.toString(US_ASCII))
        .isEqualTo(all.substring(0, all.length() - LAST.length()));
  }

  /** Sizes that QEMU rounds, devices of a file, vectors of MSI-X and addresses of network cards. */
  @ParameterizedTest
  @CsvSource({"7.2, 7.2.22", "10.0, 10.0.13", "11.1, 11.1.3"})
  void options_that_are_rarely_typed_give_the_same_machine(String series, String release)
      throws Exception {
    Path log = work.resolve("log.bin");
    Files.write(log, Samples.bytes(FOLDER.resolve("options-" + series + ".bin.zst")));
    play(log, release, OPTIONS.split(" "));
    String all = Files.readString(FOLDER.resolve("options-" + series + ".console"), US_ASCII);
    assertThat(console.toString(US_ASCII))
        .isEqualTo(all.endsWith(LAST) ? all.substring(0, all.length() - LAST.length()) : all);
  }
}
