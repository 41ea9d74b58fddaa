package rrlog.core.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import rrlog.core.event.Checkpoint;
import rrlog.core.event.Clock;
import rrlog.core.event.Event;
import rrlog.core.qemu.Behaviour;
import rrlog.core.qemu.Release;
import rrlog.core.state.StateTree;

final class IcountClockTest {
  private final Log.Counter counter = new Log.Counter();
  private final List<Event> written = new ArrayList<>();
  private final List<String> fired = new ArrayList<>();
  private boolean idle;

  private IcountClock recording(IcountSettings settings) {
    Replay replay = Log.record(counter, written);
    replay.start();
    return started(replay, settings);
  }

  private IcountClock playing(IcountSettings settings, Event... events) {
    Replay replay = Log.play(counter, events);
    replay.start();
    return started(replay, settings);
  }

  private IcountClock started(Replay replay, IcountSettings settings) {
    return started(replay, settings, "7.2.22");
  }

  private IcountClock started(Replay replay, IcountSettings settings, String release) {
    IcountClock clock =
        new IcountClock(
            replay,
            settings,
            Behaviour.of(Release.of(release)),
            HostTime.simulated(1_700_000_000_000_000_000L),
            () -> idle);
    clock.configure();
    clock.start();
    return clock;
  }

  private static Event virtualRt(long ns) {
    return new Event.ClockRead(Clock.VIRTUAL_RT, ns);
  }

  private static Event passed(Checkpoint checkpoint) {
    return new Event.CheckpointReached(checkpoint);
  }

  @Test
  void an_instruction_takes_two_to_the_shift_nanoseconds() {
    IcountClock clock = recording(IcountSettings.fixed(4, false));
    counter.execute(10);
    assertThat(clock.now()).isEqualTo(160);
  }

  @Test
  void timers_fire_in_order_of_expiry_then_of_arming_each_behind_a_checkpoint() {
    IcountClock clock = recording(IcountSettings.fixed(0, false));
    clock.virtualTimers().newTimer("timer", () -> fired.add("late")).arm(9);
    clock.virtualTimers().newTimer("timer", () -> fired.add("first of two")).arm(5);
    clock.virtualTimers().newTimer("timer", () -> fired.add("second of two")).arm(5);
    counter.execute(5);
    assertThat(clock.runVirtualTimers()).isEqualTo(2);
    assertThat(fired).containsExactly("first of two", "second of two");
    assertThat(written)
        .containsExactly(
            new Event.Instruction(5),
            passed(Checkpoint.CLOCK_VIRTUAL),
            passed(Checkpoint.CLOCK_VIRTUAL));
  }

  @Test
  void an_external_timer_fires_without_an_event() {
    IcountClock clock = recording(IcountSettings.fixed(0, false));
    clock.virtualTimers().newExternalTimer("host", () -> fired.add("external")).arm(0);
    assertThat(clock.virtualTimers().deadline()).isEqualTo(-1);
    clock.runVirtualTimers();
    assertThat(fired).containsExactly("external");
    assertThat(written).isEmpty();
  }

  @Test
  void a_played_timer_waits_for_its_checkpoint() {
    IcountClock clock =
        playing(
            IcountSettings.fixed(0, false),
            new Event.Instruction(7),
            passed(Checkpoint.CLOCK_VIRTUAL));
    clock.virtualTimers().newTimer("timer", () -> fired.add("timer")).arm(5);
    counter.execute(5);
    assertThat(clock.runVirtualTimers()).isZero();
    counter.execute(2);
    assertThat(clock.runVirtualTimers()).isEqualTo(1);
  }

  @Test
  void without_sleep_an_idle_machine_jumps_to_its_deadline() {
    IcountClock clock = recording(IcountSettings.fixed(0, false));
    clock.virtualTimers().newTimer("timer", () -> {}).arm(500);
    assertThat(clock.tryStartWarp()).isFalse();
    idle = true;
    assertThat(clock.tryStartWarp()).isTrue();
    assertThat(clock.now()).isEqualTo(500);
    assertThat(clock.accountWarp()).isFalse();
  }

  @Test
  void with_sleep_the_first_account_sets_the_clock_to_the_running_time() {
    IcountClock clock =
        playing(
            IcountSettings.fixed(3, true),
            passed(Checkpoint.CLOCK_WARP_ACCOUNT),
            virtualRt(650_000),
            passed(Checkpoint.CLOCK_WARP_ACCOUNT));
    assertThat(clock.accountWarp()).isTrue();
    assertThat(clock.accountWarp()).isTrue();
    assertThat(clock.now()).isEqualTo(650_000);
  }

  @Test
  void with_sleep_idle_time_is_added_when_the_warp_timer_fires() {
    IcountClock clock =
        playing(
            IcountSettings.fixed(0, true),
            passed(Checkpoint.CLOCK_WARP_ACCOUNT),
            virtualRt(0),
            passed(Checkpoint.CLOCK_WARP_START),
            virtualRt(1000),
            passed(Checkpoint.CLOCK_VIRTUAL_RT),
            virtualRt(1600),
            virtualRt(1700),
            passed(Checkpoint.CLOCK_WARP_ACCOUNT));
    clock.virtualTimers().newTimer("timer", () -> {}).arm(500);
    clock.accountWarp();
    assertThat(clock.tryStartWarp()).isTrue();
    assertThat(clock.virtualRtTimers().deadline()).isEqualTo(1500);
    assertThat(clock.runTimers(Clock.VIRTUAL_RT)).isTrue();
    assertThat(clock.now()).isEqualTo(700);
    assertThat(clock.accountWarp()).isTrue();
    assertThat(clock.now()).isEqualTo(700);
  }

  @Test
  void arming_an_earlier_timer_while_idle_starts_the_warp_anew() {
    IcountClock clock =
        playing(IcountSettings.fixed(0, false), passed(Checkpoint.CLOCK_WARP_START), virtualRt(10));
    clock.virtualTimers().newTimer("timer", () -> {}).arm(500);
    assertThat(clock.now()).isEqualTo(500);
  }

  @Test
  void an_adaptive_clock_slows_down_when_it_is_ahead() {
    IcountClock clock =
        playing(
            IcountSettings.automatic(),
            virtualRt(0),
            new Event.Instruction(12_500_000),
            passed(Checkpoint.CLOCK_VIRTUAL),
            virtualRt(20_000_000),
            passed(Checkpoint.CLOCK_WARP_ACCOUNT));
    counter.execute(12_500_000);
    assertThat(clock.now()).isEqualTo(100_000_000);
    assertThat(clock.runVirtualTimers()).isEqualTo(1);
    assertThat(clock.shift()).isEqualTo(2);
    assertThat(clock.now()).isEqualTo(100_000_000);
  }

  @Test
  void the_host_clocks_list_has_a_checkpoint_only_while_timers_are_armed() {
    IcountClock clock = recording(IcountSettings.fixed(0, false));
    assertThat(clock.runTimers(Clock.HOST)).isFalse();
    assertThat(written).isEmpty();
    clock.hostTimers().newTimer("timer", () -> fired.add("alarm")).arm(Long.MAX_VALUE);
    assertThat(clock.runTimers(Clock.HOST)).isTrue();
    assertThat(fired).isEmpty();
    assertThat(written).hasSize(2);
  }

  @Test
  void armed_timers_are_put_back_in_order() {
    IcountClock clock = recording(IcountSettings.fixed(0, true));
    IcountClock fresh = recording(IcountSettings.fixed(0, true));
    for (IcountClock each : List.of(clock, fresh)) {
      each.virtualTimers().newTimer("a", () -> fired.add("a"));
    }
    Timer second = clock.virtualTimers().newTimer("b", () -> fired.add("b"));
    Timer first = clock.virtualTimers().newTimer("b", () -> fired.add("other b"));
    first.arm(7);
    second.arm(7);
    fresh.virtualTimers().newTimer("b", () -> fired.add("fresh b")).arm(3);
    fresh.virtualTimers().newTimer("b", () -> fired.add("other fresh b"));
    StateTree.save(clock).load(fresh);
    assertThat(fresh.virtualTimers().deadline()).isEqualTo(7);
    counter.execute(7);
    fresh.runVirtualTimers();
    assertThat(fired).containsExactly("other fresh b", "fresh b");
  }

  @Test
  void from_11_0_on_a_timer_that_is_due_when_it_is_armed_is_work_without_a_checkpoint() {
    Replay replay = Log.record(counter, written);
    IcountClock clock = started(replay, IcountSettings.fixed(0, false), "11.0.0");
    counter.execute(5);
    Timer timer = clock.virtualTimers().newTimer("timer", () -> fired.add("timer"));
    timer.arm(5);
    assertThat(timer.armed()).isFalse();
    assertThat(clock.runVirtualTimers()).isZero();
    assertThat(clock.runDueTimers()).isTrue();
    assertThat(fired).containsExactly("timer");
    assertThat(clock.runDueTimers()).isFalse();
    assertThat(written).isEmpty();
  }

  @Test
  void a_timer_that_waits_to_be_work_is_part_of_the_state() {
    IcountClock clock =
        started(Log.record(counter, written), IcountSettings.fixed(0, false), "11.0.0");
    IcountClock fresh =
        started(Log.record(counter, written), IcountSettings.fixed(0, false), "11.0.0");
    clock.virtualTimers().newTimer("timer", () -> fired.add("old")).arm(0);
    fresh.virtualTimers().newTimer("timer", () -> fired.add("fresh"));
    StateTree.save(clock).load(fresh);
    assertThat(fresh.runDueTimers()).isTrue();
    assertThat(fired).containsExactly("fresh");
  }

  @Test
  void from_10_0_on_arming_a_timer_starts_no_warp() {
    idle = true;
    Replay replay = Log.record(counter, written);
    started(replay, IcountSettings.fixed(0, false), "10.0.13")
        .virtualTimers()
        .newTimer("timer", () -> {})
        .arm(500);
    assertThat(written).isEmpty();
    started(replay, IcountSettings.fixed(0, false), "9.2.4")
        .virtualTimers()
        .newTimer("timer", () -> {})
        .arm(500);
    assertThat(written).contains(passed(Checkpoint.CLOCK_WARP_START));
  }
}
