package rrlog.core.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReleaseTest {

  @ParameterizedTest
  @CsvSource({
    "7.2, 7.2.22",
    "10.0.13, 10.0.13",
    "qemu-10.0, 10.0.13",
    "v7.2.0, 7.2.0",
    "2.5.1.1, 2.5.1.1"
  })
  void names_a_release_or_the_last_of_a_series(String name, String release) {
    assertThat(Release.named(name)).map(Release::toString).contains(release);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7.2.23",
        "7.3",
        "9.3.0",
        "10.0.130",
        "7",
        "7.2.x",
        "",
        "-7.2",
        "7.2.22.1",
        "99999999999.0"
      })
  void refuses_what_was_never_released(String name) {
    assertThat(Release.named(name)).isEmpty();
  }

  @Test
  void orders_by_number_not_by_text() {
    assertThat(Release.of("10.0.0")).isGreaterThan(Release.of("9.2.4"));
    assertThat(Release.of("7.2.10")).isGreaterThan(Release.of("7.2.9"));
    assertThat(Release.published()).isSorted().doesNotHaveDuplicates();
  }
}
