package rrlog.core.run.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import rrlog.core.run.qemu.Standstill.Sample;

/** When a replay counts as standing still, by count, CPU time and the machine's load. */
final class StandstillTest {
  private static final long SECOND = 1_000_000_000;

  private final Standstill standstill =
      new Standstill(new Sample(0, 100, 0, 0), Standstill.PATIENCE_NS);

  @Test
  void a_process_that_waits_for_four_seconds_stands_still() {
    assertThat(standstill.seen(new Sample(2 * SECOND, 100, 0, 0), 0)).isFalse();
    assertThat(standstill.seen(new Sample(4 * SECOND, 100, SECOND / 10, 0), 0)).isTrue();
  }

  @Test
  void one_that_got_no_processor_does_not() {
    assertThat(standstill.seen(new Sample(20 * SECOND, 100, SECOND / 10, 18 * SECOND), 0))
        .isFalse();
    assertThat(standstill.seen(new Sample(30 * SECOND, 100, SECOND / 10, 18 * SECOND), 0)).isTrue();
  }

  @Test
  void one_that_spins_where_an_event_is_due_stands_still() {
    assertThat(standstill.seen(new Sample(6 * SECOND, 100, 6 * SECOND, 0), 0)).isTrue();
  }

  @Test
  void one_that_executes_a_long_loop_up_to_the_next_event_does_not() {
    long loop = 1_000_000_000;
    assertThat(standstill.seen(new Sample(60 * SECOND, 100, 60 * SECOND, 0), loop)).isFalse();
    assertThat(standstill.seen(new Sample(400 * SECOND, 100, 400 * SECOND, 0), loop)).isTrue();
  }

  @Test
  void each_move_begins_the_time_anew() {
    assertThat(standstill.seen(new Sample(5 * SECOND, 101, 0, 0), 0)).isFalse();
    assertThat(standstill.seen(new Sample(7 * SECOND, 101, 0, 0), 0)).isFalse();
    assertThat(standstill.seen(new Sample(9 * SECOND, 101, 0, 0), 0)).isTrue();
  }
}
