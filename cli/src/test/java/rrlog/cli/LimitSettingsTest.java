package rrlog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rrlog.cli.options.LimitSettings;
import rrlog.cli.options.UsageException;
import rrlog.core.machine.platform.Limits;

/** {@code RRLOG_LIMITS}. */
final class LimitSettingsTest {
  @Test
  void limits_of_the_machine_and_of_the_command_stand_beside_each_other() {
    LimitSettings settings =
        LimitSettings.of("ram=128G, typed-input=1M,disk-writes=5,unpacked=2G,event=1k");
    assertThat(settings.unpacked()).isEqualTo(2L << 30);
    assertThat(settings.typedInput()).isEqualTo(1 << 20);
    assertThat(settings.machine().ram()).isEqualTo(128L << 30);
    assertThat(settings.machine().diskWrites()).isEqualTo(5);
    assertThat(settings.file().event()).isEqualTo(1024);
    assertThat(settings.machine().image()).isEqualTo(Limits.DEFAULT.image());
  }

  @Test
  void an_empty_variable_sets_nothing() {
    assertThat(LimitSettings.of("")).isEqualTo(LimitSettings.DEFAULT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "typed-input=0",
        "typed-input=2G",
        "typed-input=",
        "typed-input=x",
        "rom=1",
        "event=2G",
        "ram"
      })
  void what_makes_no_sense_names_the_variable(String text) {
    assertThatThrownBy(() -> LimitSettings.of(text))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("RRLOG_LIMITS: ");
  }
}
