package rrlog.core.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import rrlog.core.event.Checkpoint;
import rrlog.core.event.Clock;
import rrlog.core.event.Event;
import rrlog.core.event.Payload;
import rrlog.core.event.ShutdownCause;
import rrlog.core.state.StateTree;

final class ReplayTest {
  private final Log.Counter counter = new Log.Counter();
  private final List<Event> written = new ArrayList<>();

  @Test
  void recording_puts_the_executed_instructions_before_each_event() {
    Replay replay = Log.record(counter, written);
    counter.execute(5);
    replay.checkpoint(Checkpoint.INIT);
    replay.interrupt();
    counter.execute(2);
    replay.exception();
    assertThat(written)
        .containsExactly(
            new Event.Instruction(5),
            new Event.CheckpointReached(Checkpoint.INIT),
            Event.InterruptTaken.TAKEN,
            new Event.Instruction(2),
            Event.ExceptionTaken.DELIVERED);
  }

  @Test
  void more_instructions_than_a_c_int_holds_are_written_in_two_events() {
    Replay replay = Log.record(counter, written);
    counter.execute(Integer.MAX_VALUE + 3L);
    replay.interrupt();
    assertThat(written)
        .startsWith(new Event.Instruction(Integer.MAX_VALUE), new Event.Instruction(3));
  }

  @Test
  void finishing_writes_the_signal_and_the_end() {
    Replay replay = Log.record(counter, written);
    counter.execute(1);
    replay.finish();
    assertThat(written)
        .containsExactly(
            new Event.Instruction(1),
            new Event.Shutdown(Optional.of(ShutdownCause.HOST_SIGNAL)),
            Event.End.REACHED);
  }

  @Test
  void instructions_left_shrink_as_the_counter_grows() {
    Replay replay = Log.play(counter, new Event.Instruction(5), Event.InterruptTaken.TAKEN);
    assertThat(replay.instructionsLeft()).isEqualTo(5);
    counter.execute(3);
    assertThat(replay.instructionsLeft()).isEqualTo(2);
    counter.execute(2);
    assertThat(replay.instructionsLeft()).isZero();
  }

  @Test
  void instructions_that_are_split_into_several_events_add_up() {
    Replay replay =
        Log.play(
            counter,
            new Event.Instruction(2),
            new Event.Instruction(3),
            Event.InterruptTaken.TAKEN);
    counter.execute(2);
    assertThat(replay.hasInterrupt()).isFalse();
    counter.execute(3);
    assertThat(replay.hasInterrupt()).isTrue();
  }

  @Test
  void executing_more_than_was_recorded_diverges() {
    Replay replay = Log.play(counter, new Event.Instruction(5), Event.InterruptTaken.TAKEN);
    counter.execute(6);
    assertThatThrownBy(replay::accountExecutedInstructions)
        .isInstanceOf(DivergenceException.class)
        .hasMessageContaining("1 more instructions than were recorded");
  }

  @Test
  void an_interrupt_is_due_only_at_its_place() {
    Replay replay =
        Log.play(counter, new Event.Instruction(1), Event.InterruptTaken.TAKEN, Event.End.REACHED);
    assertThat(replay.hasInterrupt()).isFalse();
    assertThat(replay.interrupt()).isFalse();
    counter.execute(1);
    assertThat(replay.hasInterrupt()).isTrue();
    assertThat(replay.interrupt()).isTrue();
    assertThat(replay.hasInterrupt()).isFalse();
  }

  @Test
  void looking_for_an_exception_does_not_consume_it() {
    Replay replay = Log.play(counter, Event.ExceptionTaken.DELIVERED, Event.End.REACHED);
    assertThat(replay.hasException()).isTrue();
    assertThat(replay.hasException()).isTrue();
    assertThat(replay.exception()).isTrue();
    assertThat(replay.hasException()).isFalse();
  }

  @Test
  void a_checkpoint_is_reached_only_when_it_is_the_next_event() {
    Replay replay =
        Log.play(
            counter,
            new Event.CheckpointReached(Checkpoint.CLOCK_HOST),
            new Event.CheckpointReached(Checkpoint.CLOCK_VIRTUAL));
    assertThat(replay.checkpoint(Checkpoint.CLOCK_VIRTUAL)).isFalse();
    assertThat(replay.hasCheckpoint(Checkpoint.CLOCK_HOST)).isTrue();
    assertThat(replay.checkpoint(Checkpoint.CLOCK_HOST)).isTrue();
    assertThat(replay.checkpoint(Checkpoint.CLOCK_VIRTUAL)).isTrue();
  }

  @Test
  void an_event_is_pending_when_a_checkpoint_or_asynchronous_event_is_next() {
    Replay replay =
        Log.play(
            counter,
            new Event.Instruction(1),
            new Event.AsyncBh(Optional.empty(), 0),
            Event.End.REACHED);
    assertThat(replay.hasEvent()).isFalse();
    counter.execute(1);
    assertThat(replay.hasEvent()).isTrue();
  }

  @Test
  void without_a_mode_everything_passes_through() {
    Replay replay = Replay.none(counter, ReplayLock.heldByThisThread());
    replay.addBlocker("irrelevant");
    replay.start();
    assertThat(replay.checkpoint(Checkpoint.RESET)).isTrue();
    assertThat(replay.interrupt()).isTrue();
    assertThat(replay.exception()).isTrue();
    assertThat(replay.hasEvent()).isFalse();
    assertThat(replay.instructionsLeft()).isEqualTo(Long.MAX_VALUE);
    assertThat(replay.clocks().get(Clock.HOST, () -> 7)).isEqualTo(7);
    replay.finish();
  }

  @Test
  void a_blocker_stops_the_start_with_its_reason() {
    Replay replay = Log.record(counter, written);
    replay.addBlocker("the sound card cannot be recorded");
    assertThatThrownBy(replay::start)
        .isInstanceOf(ReplayBlockedException.class)
        .hasMessageContaining("the sound card cannot be recorded");
  }

  @Test
  void every_operation_wants_the_lock() {
    ReplayLock lock = new ReplayLock();
    Replay replay = Replay.recording(counter, written::add, lock);
    assertThatThrownBy(() -> replay.checkpoint(Checkpoint.INIT))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> replay.clocks().save(Clock.HOST, 1))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> replay.async().run()).isInstanceOf(IllegalStateException.class);
    lock.lock();
    assertThat(replay.checkpoint(Checkpoint.INIT)).isTrue();
    lock.unlock();
    assertThatThrownBy(replay::finish).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void a_divergence_tells_both_sides_and_the_events_around() {
    Replay replay =
        Log.play(
            counter,
            new Event.CheckpointReached(Checkpoint.INIT),
            new Event.Instruction(4),
            new Event.CharWrite(1, 1));
    replay.checkpoint(Checkpoint.INIT);
    counter.execute(4);
    assertThatThrownBy(() -> replay.random(new byte[4], bytes -> 0))
        .isInstanceOfSatisfying(
            DivergenceException.class,
            thrown -> {
              Divergence divergence = thrown.divergence();
              assertThat(divergence.position().event()).isEqualTo(2);
              assertThat(divergence.position().icount()).isEqualTo(4);
              assertThat(divergence.expectedName()).isEqualTo("char-write");
              assertThat(divergence.found()).isEqualTo("random");
              assertThat(divergence.before()).hasSize(2);
              assertThat(divergence.after()).hasSize(1);
            });
  }

  @Test
  void a_log_that_is_over_is_no_divergence() {
    Replay replay = Log.play(counter, Event.End.REACHED);
    assertThatThrownBy(() -> replay.random(new byte[4], bytes -> 0))
        .isInstanceOf(LogEndedException.class);
  }

  @Test
  void random_bytes_come_from_the_log() {
    byte[] bytes = new byte[2];
    Replay replay = Log.play(counter, new Event.Random(-1, Payload.of((byte) 8, (byte) 9)));
    assertThat(replay.random(bytes, b -> 0)).isEqualTo(-1);
    assertThat(bytes).containsExactly(8, 9);
  }

  @Test
  void random_bytes_of_another_number_diverge() {
    Replay replay = Log.play(counter, new Event.Random(0, Payload.of((byte) 8)));
    assertThatThrownBy(() -> replay.random(new byte[2], bytes -> 0))
        .isInstanceOf(DivergenceException.class)
        .hasMessageContaining("asks for 2 random bytes, the log has 1");
  }

  @Test
  void recorded_random_bytes_come_from_the_source() {
    byte[] bytes = new byte[1];
    Log.record(counter, written)
        .random(
            bytes,
            filled -> {
              filled[0] = 3;
              return 0;
            });
    assertThat(written).containsExactly(new Event.Random(0, Payload.of((byte) 3)));
  }

  @Test
  void shutdowns_are_acted_on_when_they_are_looked_at() {
    List<Event.Shutdown> seen = new ArrayList<>();
    Replay replay =
        Log.play(
            counter,
            new Event.Shutdown(Optional.of(ShutdownCause.HOST_QMP_QUIT)),
            Event.InterruptTaken.TAKEN);
    replay.onShutdown(seen::add);
    assertThat(seen).isEmpty();
    assertThat(replay.hasInterrupt()).isTrue();
    assertThat(seen).hasSize(1);
  }

  @Test
  void a_sink_that_fails_is_heard() {
    Replay replay =
        Replay.recording(
            counter,
            event -> {
              throw new IOException("disk full");
            },
            ReplayLock.heldByThisThread());
    assertThatThrownBy(() -> replay.checkpoint(Checkpoint.INIT))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("disk full");
  }

  @Test
  void a_clock_without_an_event_shows_the_value_read_last() {
    Replay replay =
        Log.play(counter, new Event.ClockRead(Clock.HOST, 50), Event.InterruptTaken.TAKEN);
    assertThat(replay.clocks().read(Clock.HOST)).isEqualTo(50);
    assertThat(replay.clocks().read(Clock.HOST)).isEqualTo(50);
    assertThat(replay.clocks().read(Clock.VIRTUAL_RT)).isZero();
  }

  @Test
  void a_strict_clock_wants_its_event() {
    Replay replay = Log.play(counter, Event.InterruptTaken.TAKEN);
    replay.clocks().strict(true);
    assertThatThrownBy(() -> replay.clocks().read(Clock.HOST))
        .isInstanceOf(DivergenceException.class);
  }

  @Test
  void a_strict_virtual_rt_clock_does_not_go_back() {
    Replay replay =
        Log.play(
            counter,
            new Event.ClockRead(Clock.VIRTUAL_RT, 50),
            new Event.ClockRead(Clock.VIRTUAL_RT, 49));
    replay.clocks().strict(true);
    replay.clocks().read(Clock.VIRTUAL_RT);
    assertThatThrownBy(() -> replay.clocks().read(Clock.VIRTUAL_RT))
        .isInstanceOf(DivergenceException.class)
        .hasMessageContaining("never goes back");
  }

  @Test
  void a_state_is_loaded_in_the_middle_of_an_instruction_event() {
    Event[] log = {
      new Event.ClockRead(Clock.HOST, 50), new Event.Instruction(10), Event.InterruptTaken.TAKEN
    };
    Replay first = Log.play(counter, log);
    first.start();
    first.clocks().read(Clock.HOST);
    counter.execute(4);
    first.accountExecutedInstructions();
    StateTree state = StateTree.save(first);

    Replay second = Log.positioned(counter, log);
    state.load(second);
    assertThat(second.clocks().last(Clock.HOST)).isEqualTo(50);
    assertThat(second.instructionsLeft()).isEqualTo(6);
    counter.execute(6);
    assertThat(second.hasInterrupt()).isTrue();
    assertThat(second.eventsConsumed()).isEqualTo(2);
  }

  @Test
  void a_loaded_state_shows_the_same_events_around_a_divergence() {
    Event[] log = new Event[30];
    for (int i = 0; i < log.length; i++) {
      log[i] = new Event.ClockRead(Clock.HOST, i);
    }
    Replay first = Log.play(counter, log);
    for (int i = 0; i < 13; i++) {
      first.clocks().read(Clock.HOST);
    }
    Replay second = Log.positioned(counter, log);
    StateTree.save(first).load(second);
    Divergence expected = first.divergence("nothing", "for a test").divergence();
    assertThat(expected.before()).hasSize(8);
    assertThat(second.divergence("nothing", "for a test").divergence()).isEqualTo(expected);
  }

  @Test
  void a_state_of_the_end_of_a_log_is_loaded() {
    Replay first = Log.play(counter, Event.InterruptTaken.TAKEN);
    assertThat(first.interrupt()).isTrue();
    Replay second = Log.positioned(counter, Event.InterruptTaken.TAKEN);
    StateTree.save(first).load(second);
    assertThat(second.head()).isNull();
    assertThat(second.position()).isEqualTo(first.position());
  }

  @Test
  void a_state_of_another_log_is_refused() {
    Replay longer = Log.play(counter, Event.InterruptTaken.TAKEN, Event.InterruptTaken.TAKEN);
    longer.interrupt();
    longer.interrupt();
    Replay shorter = Log.positioned(counter, Event.InterruptTaken.TAKEN);
    StateTree state = StateTree.save(longer);
    assertThatThrownBy(() -> state.load(shorter)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_log_that_is_only_read_forward_goes_to_no_other_place() {
    Replay first = Log.play(counter, Event.InterruptTaken.TAKEN);
    first.interrupt();
    Replay second = Log.play(counter, Event.InterruptTaken.TAKEN);
    StateTree state = StateTree.save(first);
    assertThatThrownBy(() -> state.load(second)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void work_that_waits_is_part_of_the_state() {
    List<String> done = new ArrayList<>();
    Event[] log = {
      new Event.AsyncBlock(Optional.empty(), 0), new Event.AsyncBh(Optional.empty(), 0)
    };
    Replay first = Log.play(counter, log);
    first.start();
    AsyncWork work = first.async().newWork("work", argument -> done.add("first"));
    first.async().scheduleBh(work, 3);
    first.async().blockFinished(first.async().newBlockRequest(), work, 4);

    Replay second = Log.positioned(counter, log);
    second.async().newWork("work", argument -> done.add("second " + argument));
    StateTree.save(first).load(second);
    assertThat(second.async().run()).isEqualTo(2);
    assertThat(done).containsExactly("second 4", "second 3");
    assertThat(second.async().newBlockRequest()).isEqualTo(1);
  }

  @Test
  void work_of_an_unknown_name_is_refused() {
    Replay first = Log.play(counter, Event.InterruptTaken.TAKEN);
    first.start();
    first.async().scheduleBh(first.async().newWork("work", argument -> {}), 0);
    StateTree state = StateTree.save(first);
    Replay second = Log.positioned(counter, Event.InterruptTaken.TAKEN);
    assertThatThrownBy(() -> state.load(second))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("work");
  }

  @Test
  void no_snapshot_while_input_waits() {
    Replay replay = Log.record(counter, written);
    replay.start();
    replay.chars().register(data -> {});
    assertThat(replay.canSnapshot()).isTrue();
    replay.chars().received(0, Payload.ofText("x"));
    assertThat(replay.canSnapshot()).isFalse();
    assertThatThrownBy(() -> StateTree.save(replay)).isInstanceOf(IllegalStateException.class);
    replay.async().run();
    assertThat(replay.canSnapshot()).isTrue();
  }
}
