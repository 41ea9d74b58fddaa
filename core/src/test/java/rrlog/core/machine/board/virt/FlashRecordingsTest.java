package rrlog.core.machine.board.virt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rrlog.core.replay.PlayResult;
import rrlog.core.replay.StopAt;

/** What QEMU 7.2.22's flash answered to commands in order and at random, at every width. */
final class FlashRecordingsTest {
  private static Path sample(String name) {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("samples"))) {
      folder = folder.getParent();
    }
    return folder.resolve("samples/riscv/flash_cfi").resolve(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3-on.bin", "buffer.bin"})
  void the_flash_answers_as_qemu_s(String log) throws Exception {
    Recording recording = Recording.of(sample(log));
    Recording.Playing playing = recording.play();
    for (Map<String, Object> point : recording.points()) {
      playing.player().play(StopAt.icount((Long) point.get("icount")));
      assertThat(Truth.actual(playing.machine().state())).isEqualTo(Truth.expected(point));
    }
    PlayResult result = playing.player().play(StopAt.END);
    assertThat(result.divergence()).isEmpty();
    assertThat(result.complete()).isTrue();
    assertThat(playing.console().toByteArray()).isEqualTo(recording.console());
  }
}
