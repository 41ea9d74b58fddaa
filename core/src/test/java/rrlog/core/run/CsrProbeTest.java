package rrlog.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import rrlog.core.machine.board.virt.MachineConfig;
import rrlog.core.qemu.CpuOption;
import rrlog.core.qemu.Extension;
import rrlog.core.qemu.Release;
import rrlog.core.replay.HostTime;
import rrlog.core.replay.IcountSettings;
import rrlog.core.replay.RandomSource;
import rrlog.core.testing.Samples;

/**
 * Guests that tell what a release's CPU does print here what they print in QEMU: of every CSR what
 * it holds at first, and what sticks of all ones and of all zeroes ({@code csrs}); what mtinst
 * shows after faults ({@code traps}); what minstret counts ({@code retired}); what sip and mip show
 * of timers ({@code pending}); what triggers keep and when they fire ({@code triggers}).
 */
final class CsrProbeTest {

  static Stream<Arguments> programs() {
    return Stream.of("csrs", "traps", "retired", "pending", "triggers", "vsip")
        .flatMap(
            program ->
                Stream.of("7.2.22", "10.0.13", "11.1.3")
                    .map(release -> Arguments.of(program, release)));
  }

  /** The same with extensions switched off; {@code extensions} tells which instructions trap. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "csrs; 7.2.22; sstc", "pending; 7.2.22; sstc", "extensions; 7.2.22; none",
        "extensions; 7.2.22; zba zbb zbc zbs", "csrs; 10.0.13; sstc", "pending; 10.0.13; sstc",
        "extensions; 10.0.13; none", "extensions; 10.0.13; zba zbb zbc zbs zawrs zicbom zicboz"
      })
  void prints_what_it_prints_without(String program, String release, String off) throws Exception {
    Map<Extension, Boolean> switches = new EnumMap<>(Extension.class);
    for (String name : off.split(" ")) {
      Extension.named(name).ifPresent(extension -> switches.put(extension, false));
    }
    String console = program + "-" + release + "-" + off.replace(' ', '-') + ".console";
    assertPrints(program, release, new CpuOption(switches), console);
  }

  @ParameterizedTest
  @MethodSource("programs")
  void prints_what_it_prints_in_that_release(String program, String release) throws Exception {
    assertPrints(program, release, CpuOption.DEFAULT, program + "-" + release + ".console");
  }

  private static void assertPrints(String program, String release, CpuOption cpu, String printed)
      throws Exception {
    Path folder = Samples.guest("csr_probe");
    MachineConfig config =
        MachineConfig.builder()
            .release(Release.of(release))
            .cpu(cpu)
            .bios(new MachineConfig.Bios.None())
            .kernel(folder.resolve(program + ".elf"))
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
    String qemus = Files.readString(folder.resolve(printed));
    assertThat(console.toString()).isEqualTo(qemus);
  }
}
