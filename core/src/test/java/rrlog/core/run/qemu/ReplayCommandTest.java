package rrlog.core.run.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReplayCommandTest {
  private static final Path SOCKET = Path.of("/tmp/qmp");

  private static List<String> words(String... options) {
    return new ReplayCommand(List.of("qemu"), List.of(options), Path.of("."))
        .words(Path.of("/logs/a,b.bin"), SOCKET);
  }

  @Test
  void the_log_takes_the_place_of_the_one_that_was_recorded() {
    assertThat(words("-icount", "shift=3,rr=record,rrfile=x,,y.bin,sleep=off"))
        .containsSequence("qemu", "-icount", "shift=3,sleep=off,rr=replay,rrfile=/logs/a,,b.bin");
  }

  @Test
  void without_a_word_on_the_display_there_is_no_window() {
    assertThat(words("-icount", "3")).containsSequence("-display", "none");
    assertThat(words("-nographic", "-icount", "3")).doesNotContain("-display");
    assertThat(words("--display", "sdl", "-icount", "3")).doesNotContain("-display");
  }

  @Test
  void it_listens_and_waits() {
    assertThat(words("-icount", "3"))
        .containsSequence("-qmp", "unix:/tmp/qmp,server=on,wait=off")
        .endsWith("-S");
  }

  @Test
  void options_without_icount_are_known_as_such() {
    assertThat(new ReplayCommand(List.of("q"), List.of("-icount"), Path.of(".")).hasIcount())
        .isFalse();
    assertThat(new ReplayCommand(List.of("q"), List.of("--icount", "3"), Path.of(".")).hasIcount())
        .isTrue();
  }
}
