package rrlog.core.machine.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LimitsTest {
  @Test
  void a_text_changes_what_it_names() {
    Limits limits = Limits.DEFAULT.with("ram=128G, transfer=1m,disk-writes=4096,code=2M");
    assertThat(limits)
        .isEqualTo(new Limits(128L << 30, Limits.DEFAULT.image(), 1 << 20, 4096, 2 << 20));
    assertThat(limits.codePages()).isEqualTo(128);
  }

  @Test
  void a_page_of_code_is_always_kept() {
    assertThat(Limits.DEFAULT.with("code=1").codePages()).isEqualTo(1);
    assertThat(Limits.DEFAULT.codePages()).isEqualTo(4096);
  }

  @Test
  void an_empty_text_changes_nothing() {
    assertThat(Limits.DEFAULT.with("")).isEqualTo(Limits.DEFAULT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ram",
        "ram=",
        "ram=x",
        "ram=-1",
        "ram=0",
        "ram=9999999T",
        "image=2G",
        "code=0",
        "rom=1M"
      })
  void nonsense_is_told_in_one_line(String text) {
    assertThatThrownBy(() -> Limits.DEFAULT.with(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("\n");
  }
}
