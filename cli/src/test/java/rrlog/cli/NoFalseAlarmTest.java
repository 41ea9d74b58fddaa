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

  static Stream<String> machines() {
    List<String> newer = List.of("x86-10.0", "arm-10.0", "arm-11.1", "x86-11.1");
    return IntStream.range(0, Math.max(RUNS, newer.size()))
        .mapToObj(run -> newer.get(run % newer.size()));
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("machines")
  void what_a_newer_qemu_recorded_right_before_is_said_to_be_replayed(String name)
      throws Exception {
    FaultyRun machine = FaultyRun.named(name);
    FaultyRun.files(folder);
    Path log = machine.record(folder, "run");
    List<String> words = new ArrayList<>(List.of("validate", "--engine"));
    words.add("qemu=" + String.join(" ", machine.program()));
    words.addAll(List.of("--chdir", folder.toString(), log.toString(), "--"));
    words.addAll(machine.options());
    words.addAll(List.of("-icount", machine.icount()));
    Run run = Run.of(words.toArray(String[]::new));
    assertThat(run.out()).as(name + run.error()).contains(": replayed as ");
    assertThat(run.status()).isZero();
  }
}
