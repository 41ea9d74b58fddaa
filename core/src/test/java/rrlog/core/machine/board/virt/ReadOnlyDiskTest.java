package rrlog.core.machine.board.virt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rrlog.core.log.LogReader;
import rrlog.core.machine.board.virt.options.QemuOptions;
import rrlog.core.qemu.Release;
import rrlog.core.replay.PlayResult;
import rrlog.core.replay.StopAt;
import rrlog.core.run.ReExecution;
import rrlog.core.testing.Samples;

/** A guest that reads, flushes and writes a disk that it may only read. */
final class ReadOnlyDiskTest {
  private static final Path FOLDER = Samples.guest("read_only_disk");
  private static final String LINE =
      "-M virt -bios none -kernel guest.elf -serial stdio -icount shift=3"
          + " -drive if=none,id=i,file=disk.img,format=raw,readonly=on"
          + " -drive if=none,driver=blkreplay,id=d,image=i,readonly=on"
          + " -device virtio-blk-device,drive=d";

  @ParameterizedTest
  @CsvSource({"7.2, 7.2.22", "10.0, 10.0.13", "11.1, 11.1.3"})
  void flushes_and_writes_end_in_a_bottom_half(String log, String release) throws Exception {
    MachineConfig config = QemuOptions.parse(List.of(LINE.split(" ")), FOLDER, Release.of(release));
    ByteArrayOutputStream console = new ByteArrayOutputStream();
    try (LogReader reader = LogReader.open(FOLDER.resolve(log + ".bin"));
        ReExecution run = ReExecution.of(reader, config, console)) {
      PlayResult result = run.play(StopAt.END).result();
      assertThat(result.divergence()).isEmpty();
    }
    assertThat(console.toByteArray()).isEqualTo(Files.readAllBytes(FOLDER.resolve("console")));
  }
}
