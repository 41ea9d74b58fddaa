package rrlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What QEMU replays is not said to fail, on a loaded machine either. {@code -Drrlog.replays=100}
 * replays a hundred times, one recording after the other.
 */
@Tag("qemu")
final class NoFalseAlarmTest {
  private static final int RUNS = Integer.getInteger("rrlog.replays", 3);

  @TempDir private Path folder = Path.of("");

  static Stream<QemuRecording> recordings() throws IOException {
    List<QemuRecording> all = QemuRecording.all();
    return IntStream.range(0, RUNS).mapToObj(run -> all.get(run * 7 % all.size()));
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void what_qemu_replays_is_said_to_be_replayed(QemuRecording recording) throws IOException {
    Path workplace = recording.workplace(folder);
    List<String> words = new ArrayList<>(List.of("validate", "--engine", "qemu"));
    words.addAll(List.of("--chdir", workplace.toString(), recording.log().toString(), "--"));
    words.addAll(recording.command());
    Run run = Run.of(words.toArray(String[]::new));
    assertThat(run.out()).as(recording.command() + run.error()).contains(": replayed as ");
    assertThat(run.status()).isZero();
  }
}
