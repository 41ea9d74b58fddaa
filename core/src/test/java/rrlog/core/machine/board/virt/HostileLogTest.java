package rrlog.core.machine.board.virt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rrlog.core.event.Checkpoint;
import rrlog.core.event.Clock;
import rrlog.core.event.Entry;
import rrlog.core.event.Event;
import rrlog.core.event.EventKind;
import rrlog.core.event.Payload;
import rrlog.core.event.Position;
import rrlog.core.event.ShutdownCause;
import rrlog.core.replay.PlayResult;
import rrlog.core.replay.StopAt;
import rrlog.core.testing.Samples;

/**
 * A changed log diverges at or behind the change, or the change is invisible by nature:
 *
 * <ul>
 *   <li>clock-warp-account says that the vCPU loop turned, which has no effect of its own; one more
 *       or less of them is what a busier or calmer host would have recorded;
 *   <li>instructions next to a wfi or at the very end: a wfi counts instructions that are not
 *       executed, and a log may end anywhere;
 *   <li>input and requests to quit come from outside, at any time;
 *   <li>the value of a clock, or of a random byte, that the guest does not act upon.
 * </ul>
 */
final class HostileLogTest {
  /** Nothing that a changed log says makes the machine run for ever. */
  private static final StopAt ENOUGH = new StopAt(30_000_000, Long.MAX_VALUE, Long.MAX_VALUE);

  private final List<String> unnoticed = new ArrayList<>();

  private static List<Event> events(Recording recording) throws Exception {
    return recording.entries().stream().map(Entry::event).toList();
  }

  private static Iterator<Entry> log(List<Event> events) {
    List<Entry> entries = new ArrayList<>();
    long icount = 0;
    for (int i = 0; i < events.size(); i++) {
      entries.add(new Entry(new Position(i, i, icount), events.get(i)));
      if (events.get(i) instanceof Event.Instruction instructions) {
        icount += instructions.count();
      }
    }
    return entries.iterator();
  }

  /** Plays a changed log; notes where nothing was noticed although something should have been. */
  private void play(
      Recording recording, List<Event> changed, int at, String what, Predicate<PlayResult> fine)
      throws Exception {
    PlayResult result = Recording.play(recording.config(), log(changed)).player().play(ENOUGH);
    if (result.divergence().isPresent()) {
      long event = result.divergence().get().position().event();
      assertThat(event).as(what + " at " + at).isGreaterThanOrEqualTo(at - 1);
    } else if (!fine.test(result)) {
      unnoticed.add(what + " at " + at);
    }
  }

  private static boolean account(Event event) {
    return event instanceof Event.CheckpointReached reached
        && reached.checkpoint() == Checkpoint.CLOCK_WARP_ACCOUNT;
  }

  @ParameterizedTest
  @ValueSource(strings = {"g01_hello/s3-on", "g02_exc/s7-off", "g11_reset/s3-on", "g10a_rng/s3-on"})
  void a_dropped_or_doubled_event_is_noticed(String name) throws Exception {
    Recording recording = Recording.of(Samples.guest(name + ".bin"));
    List<Event> events = events(recording);
    int stride = events.size() / 150 + 1;
    for (int at = 0; at < events.size(); at += stride) {
      Event event = events.get(at);
      boolean bookkeeping = account(event) || event instanceof Event.Instruction;
      List<Event> dropped = new ArrayList<>(events);
      dropped.remove(at);
      play(
          recording,
          dropped,
          at,
          "dropped " + event.fullName(),
          result -> bookkeeping || event instanceof Event.End && !result.complete());
      List<Event> doubled = new ArrayList<>(events);
      doubled.add(at, event);
      play(recording, doubled, at, "doubled " + event.fullName(), result -> bookkeeping);
    }
    assertThat(unnoticed).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"g01_hello/s0-off", "g03_timer/s3-on", "g04_echo/s3-on"})
  void an_added_event_is_noticed(String name) throws Exception {
    Recording recording = Recording.of(Samples.guest(name + ".bin"));
    List<Event> events = events(recording);
    int stride = events.size() / 10 + 1;
    for (int at = 1; at < events.size() - 1; at += stride) {
      for (Event added : strangers()) {
        boolean outside = account(added) || added.kind() == EventKind.ASYNC_CHAR_READ;
        List<Event> changed = new ArrayList<>(events);
        changed.add(at, added);
        play(recording, changed, at, "added " + added.fullName(), result -> outside);
      }
    }
    assertThat(unnoticed).isEmpty();
  }

  private static List<Event> strangers() {
    Payload payload = Payload.ofText("x");
    return List.of(
        Event.InterruptTaken.TAKEN,
        Event.ExceptionTaken.DELIVERED,
        Event.End.REACHED,
        new Event.CharWrite(1, 1),
        new Event.CharReadAll(payload),
        new Event.CharReadAllError(-1),
        new Event.AudioOut(3),
        new Event.AudioIn(0, 0, Payload.EMPTY),
        new Event.Random(0, Payload.of(new byte[32])),
        new Event.ClockRead(Clock.HOST, 1_700_000_000_000_000_000L),
        new Event.ClockRead(Clock.VIRTUAL_RT, 1L << 40),
        new Event.CheckpointReached(Checkpoint.INIT),
        new Event.CheckpointReached(Checkpoint.RESET),
        new Event.CheckpointReached(Checkpoint.RESET_REQUESTED),
        new Event.CheckpointReached(Checkpoint.SUSPEND_REQUESTED),
        new Event.CheckpointReached(Checkpoint.CLOCK_VIRTUAL),
        new Event.CheckpointReached(Checkpoint.CLOCK_HOST),
        new Event.CheckpointReached(Checkpoint.CLOCK_VIRTUAL_RT),
        new Event.CheckpointReached(Checkpoint.CLOCK_WARP_START),
        new Event.CheckpointReached(Checkpoint.CLOCK_WARP_ACCOUNT),
        new Event.AsyncBh(Optional.empty(), 1),
        new Event.AsyncBhOneshot(Optional.empty(), 1),
        new Event.AsyncBlock(Optional.empty(), 1),
        new Event.AsyncNet(Optional.empty(), 0, 0, payload),
        new Event.AsyncCharRead(Optional.empty(), 0, payload),
        new Event.AsyncCharRead(Optional.empty(), 9, payload),
        new Event.Shutdown(Optional.of(ShutdownCause.HOST_SIGNAL)),
        new Event.Shutdown(Optional.of(ShutdownCause.GUEST_SHUTDOWN)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"g02_exc/s3-on", "g10b_blk/s3-on"})
  void a_flipped_bit_in_a_count_a_result_or_a_number_is_noticed(String name) throws Exception {
    Recording recording = Recording.of(Samples.guest(name + ".bin"));
    List<Event> events = events(recording);
    int stride = events.size() / 40 + 1;
    for (int at = 0; at < events.size() - 3; at += stride) {
      for (int bit = 0; bit < 64; bit += 5) {
        Event event = events.get(at);
        Event flipped = flip(event, bit);
        if (!flipped.equals(event)) {
          List<Event> changed = new ArrayList<>(events);
          changed.set(at, flipped);
          play(recording, changed, at, "flipped " + event, result -> false);
        }
      }
    }
    assertThat(unnoticed).isEmpty();
  }

  private static Event flip(Event event, int bit) {
    return switch (event) {
      case Event.Instruction i when bit < 24 -> new Event.Instruction(i.count() ^ 1L << bit);
      case Event.CharWrite w when bit < 32 -> new Event.CharWrite(w.res() ^ 1 << bit, w.offset());
      case Event.CharWrite w -> new Event.CharWrite(w.res(), w.offset() ^ 1 << bit - 32);
      case Event.AsyncBlock b -> new Event.AsyncBlock(b.at(), b.id() ^ 1L << bit);
      default -> event;
    };
  }

  @Test
  void a_prefix_with_an_end_stops_where_it_ends() throws Exception {
    Recording recording = Recording.of(Samples.guest("g02_exc/s3-on.bin"));
    List<Event> events = events(recording);
    for (int length = 20; length < events.size() - 3; length += 37) {
      List<Event> prefix = new ArrayList<>(events.subList(0, length));
      long icount =
          prefix.stream().mapToLong(e -> e instanceof Event.Instruction i ? i.count() : 0).sum();
      prefix.add(Event.End.REACHED);
      PlayResult result = Recording.play(recording.config(), log(prefix)).player().play(StopAt.END);
      assertThat(result.divergence()).isEmpty();
      assertThat(result.ended()).isEqualTo(PlayResult.Ended.END_OF_LOG);
      assertThat(result.icount()).isEqualTo(icount);
      assertThat(result.complete()).isTrue();
    }
  }

  @Test
  void a_prefix_with_shutdown_and_end_counts_as_shut_down() throws Exception {
    Recording recording = Recording.of(Samples.guest("g02_exc/s3-on.bin"));
    List<Event> prefix = new ArrayList<>(events(recording).subList(0, 100));
    prefix.add(new Event.Shutdown(Optional.of(ShutdownCause.HOST_SIGNAL)));
    prefix.add(Event.End.REACHED);
    PlayResult result = Recording.play(recording.config(), log(prefix)).player().play(StopAt.END);
    assertThat(result.ended()).isEqualTo(PlayResult.Ended.SHUTDOWN);
  }

  @Test
  void a_log_without_end_is_played_and_told_to_be_incomplete() throws Exception {
    Recording recording = Recording.of(Samples.guest("g02_exc/s3-on.bin"));
    List<Event> prefix = events(recording).subList(0, 100);
    PlayResult result = Recording.play(recording.config(), log(prefix)).player().play(StopAt.END);
    assertThat(result.ended()).isEqualTo(PlayResult.Ended.END_OF_LOG);
    assertThat(result.complete()).isFalse();
  }
}
