package rrlog.core.machine.board.virt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import rrlog.core.machine.riscv.hart.TranslationEffort;
import rrlog.core.replay.PlayResult;
import rrlog.core.replay.StopAt;
import rrlog.core.testing.Samples;

/** Every recording of QEMU's ends, here too, in the state that QEMU's own replay reaches. */
final class RecordingsTest {
  /** Instructions; what is longer takes seconds or minutes. */
  private static final long SHORT = 20_000_000;

  static List<Recording> shortOnes() throws IOException {
    return recordings(total -> total <= SHORT);
  }

  static List<Recording> longOnes() throws IOException {
    return recordings(total -> total > SHORT);
  }

  private static List<Recording> recordings(LongPredicate total) throws IOException {
    List<Recording> recordings = new ArrayList<>();
    List<Path> logs = new ArrayList<>();
    for (String release : List.of("7.2", "10.0", "11.1")) {
      logs.addAll(Samples.recordings(release));
    }
    for (Path log : logs) {
      Recording recording = Recording.of(log);
      if (!recording.points().isEmpty() && total.test(recording.endsAt().orElseThrow())) {
        recordings.add(recording);
      }
    }
    assertThat(recordings).isNotEmpty();
    return recordings;
  }

  @ParameterizedTest
  @MethodSource("shortOnes")
  void re_executes_to_the_same_state(Recording recording) throws Exception {
    assertSameStates(recording, TranslationEffort.NONE, Memory.LAST);
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("longOnes")
  void re_executes_long_ones_to_the_same_state(Recording recording) throws Exception {
    assertSameStates(recording);
  }

  /** Guests that trap, page, change modes and talk to devices. */
  static List<Recording> fewOnes() throws IOException {
    return recordings(total -> total > 100_000 && total <= 1_000_000).stream()
        .filter(recording -> recording.log().endsWith("s3-on.bin"))
        .filter(recording -> recording.qemu().startsWith("7.2"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("fewOnes")
  void translated_re_executes_to_the_same_state(Recording recording) throws Exception {
    assertSameStates(recording, TranslationEffort.EAGER, Memory.LAST);
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource({"shortOnes", "longOnes"})
  void each_re_executes_to_the_same_memory_translated(Recording recording) throws Exception {
    assertSameStates(recording, TranslationEffort.EAGER, Memory.EACH);
  }

  /** At which of a recording's points memory is compared, too. */
  private enum Memory {
    EACH,
    LAST
  }

  static void assertSameStates(Recording recording) throws Exception {
    assertSameStates(recording, TranslationEffort.NONE);
  }

  static void assertSameStates(Recording recording, TranslationEffort effort) throws Exception {
    assertSameStates(recording, effort, Memory.EACH);
  }

  private static void assertSameStates(Recording recording, TranslationEffort effort, Memory memory)
      throws Exception {
    Recording.Playing playing = recording.play();
    playing.machine().hart().translate(effort);
    for (Map<String, Object> point : recording.points()) {
      long icount = (Long) point.get("icount");
      PlayResult result = playing.player().play(StopAt.icount(icount));
      assertThat(result.divergence()).as("divergence before icount %d", icount).isEmpty();
      assertThat(result.ended()).isEqualTo(PlayResult.Ended.UNTIL);
      assertThat(Truth.registers(playing.machine().hart().state()))
          .isEqualTo(Truth.expectedRegisters(point));
      if (memory == Memory.EACH || point == recording.points().getLast()) {
        assertThat(Truth.actual(playing.machine().state())).isEqualTo(Truth.expected(point));
      }
    }
    PlayResult result = playing.player().play(StopAt.END);
    assertThat(result.divergence()).isEmpty();
    assertThat(result.ended()).isEqualTo(PlayResult.Ended.SHUTDOWN);
    long end = recording.endsAt().orElseThrow();
    long total = recording.totalIcount().orElseThrow();
    if (end == total) {
      assertThat(result.complete()).isTrue();
      assertThat(result.icount()).isEqualTo(total);
    } else {
      // The guest runs on behind its shutdown until the host stops it, which says nothing.
      assertThat(result.icount()).isBetween(end, total);
    }
    assertThat(playing.console().toByteArray()).isEqualTo(recording.console());
  }
}
