package rrlog.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rrlog.core.machine.board.virt.MachineConfig;
import rrlog.core.qemu.Release;
import rrlog.core.replay.HostTime;
import rrlog.core.replay.IcountSettings;
import rrlog.core.replay.RandomSource;
import rrlog.core.testing.Samples;

/**
 * A guest that tells of every CSR what it holds at first, and what sticks of all ones and of all
 * zeroes, prints here what it prints in QEMU.
 */
final class CsrProbeTest {

  @ParameterizedTest
  @ValueSource(strings = {"7.2.22", "10.0.13", "11.1.3"})
  void every_csr_is_as_in_that_release(String release) throws Exception {
    Path folder = Samples.guest("csr_probe");
    MachineConfig config =
        MachineConfig.builder()
            .release(Release.of(release))
            .bios(new MachineConfig.Bios.None())
            .kernel(folder.resolve("guest.elf"))
            .icount(IcountSettings.fixed(3, true))
            .build();
    ByteArrayOutputStream console = new ByteArrayOutputStream();
    RecordingSession.of(
            config,
            OutputStream.nullOutputStream(),
            HostTime.simulated(1_700_000_000_000_000_000L),
            RandomSource.seeded(1),
            console)
        .record(10_000_000);
    assertThat(console.toString())
        .isEqualTo(Files.readString(folder.resolve(release + ".console")));
  }
}
