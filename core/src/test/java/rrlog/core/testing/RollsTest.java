package rrlog.core.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RollsTest {
  @Test
  void every_try_has_other_rolls() {
    List<Long> first = new ArrayList<>();

    Rolls.each(50, rolls -> first.add(rolls.random().nextLong()));

    assertThat(first).doesNotHaveDuplicates();
  }

  @Test
  void the_seed_of_a_failure_rolls_the_same_again() {
    List<Long> rolled = new ArrayList<>();
    assertThatThrownBy(
            () ->
                Rolls.each(
                    50,
                    rolls -> {
                      rolled.add(rolls.anyLong());
                      assertThat(rolled).hasSizeLessThan(7);
                    }))
        .hasMessageContaining("try 7 of")
        .satisfies(
            failure -> {
              String seed = failure.getMessage().replaceAll("(?s).*rrlog.seed=(-?\\d+).*", "$1");
              assertThat(Rolls.of(Long.parseLong(seed)).anyLong()).isEqualTo(rolled.getLast());
            });
  }

  @Test
  void limits_are_rolled_often_and_nothing_lies_beyond_them() {
    List<Long> rolled = new ArrayList<>();

    Rolls.each(500, rolls -> rolled.add(rolls.between(3, 1_000_000)));

    assertThat(rolled).contains(3L, 1_000_000L).allMatch(n -> n >= 3 && n <= 1_000_000);
  }
}
