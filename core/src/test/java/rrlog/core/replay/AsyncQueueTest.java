package rrlog.core.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import rrlog.core.event.Event;
import rrlog.core.event.Input;
import rrlog.core.event.Payload;
import rrlog.core.state.StateTree;

final class AsyncQueueTest {
  private final Log.Counter counter = new Log.Counter();
  private final List<Event> written = new ArrayList<>();
  private final List<String> done = new ArrayList<>();
  private Replay recording = Log.record(counter, written);

  @BeforeEach
  void start() {
    recording = Log.record(counter, written);
    recording.start();
  }

  private Replay play(Event... events) {
    Replay replay = Log.play(counter, events);
    replay.start();
    return replay;
  }

  private AsyncWork work(Replay replay, String name) {
    return replay.async().newWork(name, unused -> done.add(name));
  }

  @Test
  void queued_work_waits_for_its_place() {
    counter.execute(7);
    recording.async().scheduleBh(work(recording, "bh"), 0);
    counter.execute(3);
    assertThat(done).isEmpty();
    recording.async().run();
    assertThat(done).containsExactly("bh");
    assertThat(written)
        .containsExactly(new Event.Instruction(10), new Event.AsyncBh(Optional.empty(), 7));
  }

  @Test
  void an_event_is_written_before_its_effects() {
    recording
        .async()
        .blockFinished(0, recording.async().newWork("block", unused -> recording.interrupt()), 0);
    recording.async().run();
    assertThat(written)
        .containsExactly(new Event.AsyncBlock(Optional.empty(), 0), Event.InterruptTaken.TAKEN);
  }

  @Test
  void disabled_work_runs_at_once_and_unrecorded() {
    recording.async().disable();
    recording.async().scheduleBhOneshot(work(recording, "bh"), 0);
    assertThat(done).containsExactly("bh");
    assertThat(written).isEmpty();
  }

  @Test
  void disabling_flushes_what_waits() {
    recording.async().scheduleBh(work(recording, "bh"), 0);
    recording.async().disable();
    assertThat(done).containsExactly("bh");
    assertThat(recording.async().enabled()).isFalse();
  }

  @Test
  void a_played_bottom_half_is_found_by_its_number() {
    Replay replay =
        play(
            new Event.Instruction(2),
            new Event.AsyncBh(Optional.empty(), 1),
            new Event.AsyncBh(Optional.empty(), 0));
    replay.async().scheduleBh(work(replay, "first"), 0);
    counter.execute(1);
    replay.async().scheduleBh(work(replay, "second"), 0);
    counter.execute(1);
    assertThat(replay.async().run()).isEqualTo(2);
    assertThat(done).containsExactly("second", "first");
  }

  @Test
  void a_request_that_is_not_finished_yet_is_waited_for() {
    Replay replay = play(new Event.AsyncBlock(Optional.empty(), 0), Event.End.REACHED);
    long request = replay.async().newBlockRequest();
    assertThat(replay.async().run()).isZero();
    assertThat(replay.hasEvent()).isTrue();
    replay.async().blockFinished(request, work(replay, "block"), 0);
    assertThat(replay.async().run()).isEqualTo(1);
    assertThat(done).containsExactly("block");
  }

  @Test
  void block_requests_are_numbered_from_0_once_the_queue_is_enabled() {
    Replay replay = Log.record(counter, written);
    assertThat(replay.async().newBlockRequest()).isZero();
    replay.start();
    assertThat(replay.async().newBlockRequest()).isZero();
    assertThat(replay.async().newBlockRequest()).isEqualTo(1);
  }

  @Test
  void received_characters_reach_their_device() {
    List<Payload> got = new ArrayList<>();
    assertThat(recording.chars().register(data -> {})).isZero();
    int second = recording.chars().register(got::add);
    recording.chars().received(second, Payload.ofText("x"));
    assertThat(got).isEmpty();
    recording.async().run();
    assertThat(got).containsExactly(Payload.ofText("x"));
    assertThat(written)
        .containsExactly(new Event.AsyncCharRead(Optional.empty(), 1, Payload.ofText("x")));
  }

  @Test
  void when_playing_the_backend_is_not_heard() {
    List<Payload> got = new ArrayList<>();
    Replay replay =
        play(
            new Event.AsyncCharRead(Optional.empty(), 0, Payload.ofText("log")), Event.End.REACHED);
    replay.chars().register(got::add);
    replay.chars().received(0, Payload.ofText("backend"));
    replay.async().run();
    assertThat(got).containsExactly(Payload.ofText("log"));
  }

  @Test
  void characters_for_a_device_that_is_not_there_diverge() {
    Replay replay = play(new Event.AsyncCharRead(Optional.empty(), 3, Payload.ofText("x")));
    assertThatThrownBy(() -> replay.async().run())
        .isInstanceOf(DivergenceException.class)
        .hasMessageContaining("character device 3");
  }

  @Test
  void packets_reach_their_filter_until_it_is_unregistered() {
    List<Long> flags = new ArrayList<>();
    int filter = recording.net().register((flag, frame) -> flags.add(flag));
    recording.net().packet(filter, 1, Payload.ofText("frame"));
    recording.async().run();
    assertThat(flags).containsExactly(1L);

    Replay replay = play(new Event.AsyncNet(Optional.empty(), 0, 1, Payload.ofText("frame")));
    replay.net().unregister(replay.net().register((flag, frame) -> {}));
    assertThatThrownBy(() -> replay.async().run()).isInstanceOf(DivergenceException.class);
  }

  @Test
  void input_and_its_sync_reach_the_listeners() {
    Input key = new Input.Key(Input.KeyEncoding.QCODE, 1, true);
    recording.async().onInput(input -> done.add("key"), () -> done.add("sync"));
    recording.async().input(key);
    recording.async().inputSync();
    recording.async().run();
    assertThat(done).containsExactly("key", "sync");

    done.clear();
    Replay replay = play(written.toArray(Event[]::new));
    replay.async().onInput(input -> done.add("key"), () -> done.add("sync"));
    replay.async().run();
    assertThat(done).containsExactly("key", "sync");
  }

  @Test
  void work_without_an_event_waits_for_somebody_to_need_it() {
    Replay replay = play(Event.InterruptTaken.TAKEN);
    AsyncWork work = replay.async().newWork("work", argument -> done.add("" + argument));
    replay.async().unrecordedFinished(work, 1);
    replay.async().unrecordedFinished(work, 2);
    assertThat(done).isEmpty();
    assertThat(replay.async().finishUnrecorded()).isTrue();
    assertThat(done).containsExactly("1");

    Replay fresh = Log.positioned(counter, Event.InterruptTaken.TAKEN);
    fresh.async().newWork("work", argument -> done.add("fresh " + argument));
    StateTree.save(replay).load(fresh);
    assertThat(fresh.async().finishUnrecorded()).isTrue();
    assertThat(fresh.async().finishUnrecorded()).isFalse();
    assertThat(done).containsExactly("1", "fresh 2");
  }

  @Test
  void work_without_an_event_is_done_at_once_when_recording() {
    recording.async().unrecordedFinished(work(recording, "done"), 0);
    assertThat(done).containsExactly("done");
  }
}
