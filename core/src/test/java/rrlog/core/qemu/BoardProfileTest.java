package rrlog.core.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import rrlog.core.testing.Samples;

final class BoardProfileTest {
  private final BoardProfile board = Behaviour.of(Release.of("7.2.22")).board();

  // The platform bus is empty, and so not in the map; the other comes with aclint=on.
  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"PLATFORM_BUS", "SUPERVISOR_SOFTWARE"})
  void each_area_begins_where_qemus_memory_map_has_something(BoardProfile.Area area)
      throws Exception {
    List<String> map = Files.readAllLines(Samples.guest("mtree-7.2.txt"));
    assertThat(map).anyMatch(line -> line.contains("%016x-".formatted(board.base(area))));
  }

  @ParameterizedTest
  @EnumSource(BoardProfile.Area.class)
  void each_area_is_the_same_in_all_releases(BoardProfile.Area area) {
    assertThat(Behaviour.known())
        .allSatisfy(
            release ->
                assertThat(Behaviour.of(release).board().base(area)).isEqualTo(board.base(area)));
  }
}
