package rrlog.core.machine.board.virt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import rrlog.core.replay.PlayResult;
import rrlog.core.replay.StopAt;

/** Every recording of QEMU's ends, here too, in the state that QEMU's own replay reaches. */
final class RecordingsTest {
  /** Longer recordings run only with the system property {@code rrlog.long}. */
  private static final long SHORT = 20_000_000;

  static List<Recording> recordings() throws IOException {
    List<Recording> recordings = new ArrayList<>();
    Path guests = Shared.find("guests").orElse(Path.of("none"));
    if (Files.isDirectory(guests)) {
      try (Stream<Path> logs = Files.walk(guests, 2)) {
        for (Path log :
            logs.filter(f -> f.toString().endsWith(".bin"))
                .filter(
                    f ->
                        Files.exists(
                            f.resolveSibling(
                                f.getFileName().toString().replace(".bin", ".truth.json"))))
                .filter(f -> !f.getParent().endsWith("linux"))
                .sorted()
                .toList()) {
          Recording recording = Recording.of(log);
          if (recording.by72() && !recording.points().isEmpty()) {
            recordings.add(recording);
          }
        }
      }
    }
    return recordings;
  }

  @Test
  void the_recordings_are_there() throws IOException {
    Shared.require("guests");
    assertThat(recordings()).hasSizeGreaterThan(30);
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("recordings")
  void re_executes_to_the_same_state(Recording recording) throws Exception {
    boolean all = recording.totalIcount().orElseThrow() <= SHORT || Boolean.getBoolean("rrlog.long");
    Recording.Playing playing = recording.play();
    for (Map<String, Object> point : recording.points()) {
      long icount = (Long) point.get("icount");
      if (!all && icount > SHORT) {
        assumeTrue(false, "the rest runs with -Drrlog.long=true");
      }
      PlayResult result = playing.player().play(StopAt.icount(icount));
      assertThat(result.divergence()).as("divergence before icount %d", icount).isEmpty();
      assertThat(result.ended()).isEqualTo(PlayResult.Ended.UNTIL);
      assertThat(Truth.actual(playing.machine().state())).isEqualTo(Truth.expected(point));
    }
    PlayResult result = playing.player().play(StopAt.END);
    assertThat(result.divergence()).isEmpty();
    assertThat(result.ended()).isEqualTo(PlayResult.Ended.SHUTDOWN);
    assertThat(result.complete()).isTrue();
    assertThat(result.icount()).isEqualTo(recording.totalIcount().orElseThrow());
    assertThat(playing.console().toByteArray()).isEqualTo(recording.console());
  }
}
