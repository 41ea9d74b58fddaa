package rrlog.core.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import rrlog.core.testing.Samples;

/** The page on releases tells every change that the machine knows, and no other. */
final class ReleasesPageTest {
  @Test
  void each_change_is_a_row() throws Exception {
    Path page = Samples.path(".").resolve("../docs/releases.md").normalize();
    List<String> rows =
        Files.readAllLines(page).stream()
            .filter(line -> line.matches("\\| \\d+\\.\\d+\\.\\d+ \\|.*"))
            .toList();
    assertThat(rows).hasSameSizeAs(Behaviour.history());
    assertThat(Behaviour.history())
        .allSatisfy(
            change ->
                assertThat(rows)
                    .anySatisfy(
                        row ->
                            assertThat(row)
                                .startsWith("| " + change.since() + " |")
                                .contains(change.sources())
                                .endsWith(
                                    change.evidence() == Evidence.MEASURED
                                        ? "| seen |"
                                        : "| read |")));
  }
}
