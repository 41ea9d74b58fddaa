package rrlog.core.machine.board.virt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rrlog.core.machine.board.virt.options.QemuOptions;
import rrlog.core.qemu.Release;
import rrlog.core.replay.PlayResult;
import rrlog.core.replay.StopAt;
import rrlog.core.testing.Samples;

/** Debian's kernel from OpenSBI to power-off, 10^9 instructions. */
@Tag("slow")
final class LinuxTest {
  @Test
  void linux_boots_to_the_same_state(@TempDir Path work) throws Exception {
    Path linux = Samples.linux();
    assumeTrue(
        Files.exists(Path.of("/usr/share/qemu/opensbi-riscv64-generic-fw_dynamic.bin")),
        "QEMU's OpenSBI is not installed");
    Files.write(work.resolve("Image"), Samples.bytes(linux.resolve("Image.zst")));
    Files.copy(linux.resolve("initrd.gz"), work.resolve("initrd.gz"));
    Recording recording = Recording.of(linux.resolve("s3-on.bin"));
    MachineConfig config = QemuOptions.parse(recording.options(), work, Release.of("7.2.22"));
    Recording.Playing playing = Recording.play(config, recording.entries().iterator());
    for (Map<String, Object> point : recording.points()) {
      PlayResult result = playing.player().play(StopAt.icount((Long) point.get("icount")));
      assertThat(result.divergence()).isEmpty();
      assertThat(Truth.actual(playing.machine().state())).isEqualTo(Truth.expected(point));
    }
    PlayResult result = playing.player().play(StopAt.END);
    assertThat(result.divergence()).isEmpty();
    assertThat(result.icount()).isEqualTo(recording.totalIcount().orElseThrow());
    assertThat(playing.console().toByteArray()).isEqualTo(recording.console());
  }
}
