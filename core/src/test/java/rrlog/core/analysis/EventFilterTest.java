package rrlog.core.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rrlog.core.event.EventKind;

class EventFilterTest {
  @Test
  void a_kind_and_a_full_name_stand_for_themselves() {
    EventFilter filter = EventFilter.of(List.of("clock", "checkpoint/init"));
    assertThat(filter.kinds()).containsExactly(EventKind.CLOCK);
    assertThat(filter.names()).containsExactly("checkpoint/init");
  }

  @Test
  void async_is_every_kind_of_the_queue() {
    assertThat(EventFilter.of(List.of("async")).kinds())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(EventKind.values()).filter(EventKind::isAsync).toList());
    assertThat(EventFilter.of(List.of("async-*")).kinds())
        .isEqualTo(EventFilter.of(List.of("async")).kinds());
  }

  @Test
  void a_star_stands_for_any_characters_of_a_name() {
    EventFilter checkpoints = EventFilter.of(List.of("checkpoint/*"));
    assertThat(checkpoints.kinds()).isEmpty();
    assertThat(checkpoints.names()).hasSize(10).contains("checkpoint/init", "checkpoint/reset");
    assertThat(EventFilter.of(List.of("checkpoint/clock-*")).names())
        .hasSize(6)
        .doesNotContain("checkpoint/init");
    assertThat(EventFilter.of(List.of("char-*")).kinds())
        .containsExactlyInAnyOrder(
            EventKind.CHAR_WRITE, EventKind.CHAR_READ_ALL, EventKind.CHAR_READ_ALL_ERROR);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "clocks", "clock/", "clock/tea", "asynch", "x*", "cl.ck", "Clock", "[*"})
  void aWordThatSelectsNothingIsRefused(String word) {
    assertThat(EventFilter.knows(word)).isFalse();
    assertThatThrownBy(() -> EventFilter.of(List.of("clock", word)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no event is called " + word);
  }
}
