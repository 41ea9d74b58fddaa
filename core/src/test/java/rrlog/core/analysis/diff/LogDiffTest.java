package rrlog.core.analysis.diff;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import rrlog.core.analysis.EventFilter;
import rrlog.core.event.Checkpoint;
import rrlog.core.event.Clock;
import rrlog.core.event.Event;
import rrlog.core.event.Input;
import rrlog.core.event.Payload;
import rrlog.core.event.Position;
import rrlog.core.event.ShutdownCause;
import rrlog.core.log.Dialect;
import rrlog.core.log.Dialects;

final class LogDiffTest {
  private static final Dialect QEMU_7_2 = Dialects.named("e0200c-b").orElseThrow();
  private static final Dialect QEMU_5_2 = Dialects.named("e0200a").orElseThrow();

  private static Event executed(long count) {
    return new Event.Instruction(count);
  }

  private static Event host(long ns) {
    return new Event.ClockRead(Clock.HOST, ns);
  }

  private static Event typed(String text) {
    return new Event.AsyncCharRead(Optional.empty(), 0, Payload.ofText(text));
  }

  private static Event bh(long id) {
    return new Event.AsyncBh(Optional.empty(), id);
  }

  private static final Event INTERRUPT = Event.InterruptTaken.TAKEN;

  private static Found found(List<Event> a, List<Event> b, DiffOptions options) throws IOException {
    return found(QEMU_7_2, a, QEMU_7_2, b, options);
  }

  private static Found found(
      Dialect dialectA, List<Event> a, Dialect dialectB, List<Event> b, DiffOptions options)
      throws IOException {
    return Found.between(
        Found.inMemory(Found.log(dialectA, a), dialectA),
        Found.inMemory(Found.log(dialectB, b), dialectB),
        options);
  }

  private static Divergence first(List<Event> a, List<Event> b) throws IOException {
    return found(a, b, DiffOptions.DEFAULT).first().orElseThrow();
  }

  private static DiffOptions all() {
    return new DiffOptions(EventFilter.NONE, EventFilter.NONE, 5, true);
  }

  @Test
  void instructions_split_differently_are_equal() throws IOException {
    Found found =
        found(
            List.of(executed(10), INTERRUPT, executed(7), bh(1)),
            List.of(executed(4), executed(6), INTERRUPT, executed(0), executed(7), bh(1)),
            DiffOptions.DEFAULT);

    assertThat(found.first()).isEmpty();
  }

  @Test
  void instructions_after_the_last_event_count() throws IOException {
    Divergence divergence =
        first(List.of(bh(1), executed(10)), List.of(bh(1), executed(5), executed(6)));

    assertThat(divergence.kind()).isEqualTo(DivergenceKind.INSTRUCTION_COUNT);
    assertThat(divergence.description()).isEqualTo("run B ended 1 instruction later than run A");
  }

  @Test
  void an_event_of_a_that_b_lacks_is_missing() throws IOException {
    Divergence divergence =
        first(List.of(executed(10), INTERRUPT, executed(7), bh(1)), List.of(executed(17), bh(1)));

    assertThat(divergence.kind()).isEqualTo(DivergenceKind.MISSING);
    assertThat(divergence.a().position()).isEqualTo(new Position(1, 17, 10));
    assertThat(divergence.b().position()).isEqualTo(new Position(1, 17, 17));
  }

  @Test
  void an_event_of_b_that_a_lacks_is_extra() throws IOException {
    Divergence divergence =
        first(List.of(bh(1), executed(5), bh(2)), List.of(bh(1), INTERRUPT, executed(5), bh(2)));

    assertThat(divergence.kind()).isEqualTo(DivergenceKind.EXTRA);
    assertThat(divergence.description())
        .isEqualTo(
            "run B took an interrupt here, run A did not: it next ran bottom half 2 5 instructions"
                + " later");
  }

  @Test
  void the_same_event_with_other_data_is_a_value() throws IOException {
    Divergence divergence = first(List.of(typed("hello")), List.of(typed("abc")));

    assertThat(divergence.kind()).isEqualTo(DivergenceKind.VALUE);
    assertThat(divergence.description())
        .isEqualTo("run A got 5 bytes on char device 0 here, run B got 3 bytes on char device 0");
    assertThat(divergence.noise()).isEmpty();
  }

  @Test
  void the_byte_that_differs_is_told() throws IOException {
    assertThat(first(List.of(typed("abc")), List.of(typed("abd"))).description())
        .isEqualTo(
            "both runs got 3 bytes on char device 0 here, but not the same: byte 2 is 0x63 in run A"
                + " and 0x64 in run B");
  }

  @Test
  void the_field_that_differs_is_told() throws IOException {
    Payload frame = Payload.ofText("x");
    Divergence divergence =
        first(
            List.of(new Event.AsyncNet(Optional.empty(), 0, 0, frame)),
            List.of(new Event.AsyncNet(Optional.empty(), 0, 1, frame)));

    assertThat(divergence.description())
        .isEqualTo(
            "both runs got a packet of 1 byte from network filter 0 here, but flags is 0 in run A"
                + " and 1 in run B");
  }

  @Test
  void the_same_event_at_another_icount_is_an_instruction_count() throws IOException {
    Divergence divergence =
        first(
            List.of(executed(100), host(5), executed(50), bh(1)),
            List.of(executed(88), host(5), executed(62), bh(1)));

    assertThat(divergence.kind()).isEqualTo(DivergenceKind.INSTRUCTION_COUNT);
    assertThat(divergence.description())
        .isEqualTo("run B read the host clock 12 instructions earlier than run A");
  }

  @Test
  void an_event_that_a_has_twice_is_missing_and_no_instruction_count() throws IOException {
    Divergence divergence =
        first(
            List.of(executed(100), INTERRUPT, executed(12), INTERRUPT, executed(9), bh(1)),
            List.of(executed(112), INTERRUPT, executed(9), bh(1)));

    assertThat(divergence.kind()).isEqualTo(DivergenceKind.MISSING);
    assertThat(divergence.description())
        .isEqualTo("run A took an interrupt here, run B only 12 instructions later");
  }

  @Test
  void the_same_events_at_one_icount_in_another_order_are_an_order() throws IOException {
    Divergence divergence =
        first(
            List.of(executed(3), bh(1), INTERRUPT, bh(2), executed(1), bh(3)),
            List.of(executed(3), bh(2), INTERRUPT, bh(1), executed(1), bh(3)));

    assertThat(divergence.kind()).isEqualTo(DivergenceKind.ORDER);
  }

  @Test
  void a_changed_value_among_equal_ones_is_a_value() throws IOException {
    assertThat(first(List.of(host(1), host(1), host(2)), List.of(host(7), host(1), host(2))).kind())
        .isEqualTo(DivergenceKind.VALUE);
  }

  @Test
  void a_difference_of_clocks_is_one_that_any_two_runs_have() throws IOException {
    assertThat(first(List.of(host(1)), List.of(host(2))).noise()).contains(Noise.CLOCK);
  }

  @Test
  void another_ending_is_a_difference() throws IOException {
    byte[] whole = Found.log(QEMU_7_2, List.of(host(1), host(2)));
    byte[] cut = java.util.Arrays.copyOf(whole, whole.length - 3);

    Divergence divergence =
        Found.between(
                Found.inMemory(cut, QEMU_7_2),
                Found.inMemory(java.util.Arrays.copyOf(whole, whole.length - 9), QEMU_7_2),
                DiffOptions.DEFAULT)
            .first()
            .orElseThrow();

    assertThat(divergence.kind()).isEqualTo(DivergenceKind.VALUE);
    assertThat(divergence.description()).contains("inside an event, of which 6 bytes are there");
  }

  @Test
  void ignored_instructions_leave_the_order_of_events() throws IOException {
    DiffOptions orderOnly =
        new DiffOptions(EventFilter.of(List.of("instruction")), EventFilter.NONE, 5, false);

    assertThat(
            found(List.of(executed(1), bh(1), bh(2)), List.of(bh(1), executed(9), bh(2)), orderOnly)
                .first())
        .isEmpty();
    assertThat(found(List.of(executed(1), bh(1), bh(2)), List.of(bh(2), bh(1)), orderOnly).first())
        .isPresent();
  }

  @Test
  void all_aligns_what_follows_on_the_new_distance() throws IOException {
    List<Event> a = new ArrayList<>();
    List<Event> b = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      a.addAll(List.of(executed(10 + i), INTERRUPT, executed(3), bh(i)));
      b.addAll(List.of(executed(i == 40 ? 22 + i : 10 + i), INTERRUPT, executed(3), bh(i)));
    }

    Found found = found(a, b, all());

    assertThat(found.hunks()).hasSize(1);
    assertThat(found.hunks().getFirst().kind()).isEqualTo(DivergenceKind.INSTRUCTION_COUNT);
    assertThat(found.hunks().getFirst().shift()).isEqualTo(12);
  }

  @Test
  void all_lists_an_insertion_a_deletion_and_a_change() throws IOException {
    List<Event> a = new ArrayList<>();
    List<Event> b = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      a.addAll(List.of(executed(5), bh(i)));
      b.addAll(List.of(executed(5), bh(i == 20 ? 1000 : i)));
    }
    a.add(51, INTERRUPT);
    b.add(10, INTERRUPT);

    assertThat(found(a, b, all()).hunks())
        .extracting(Hunk::kind, Hunk::eventsA, Hunk::eventsB)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(DivergenceKind.EXTRA, 0L, 1L),
            org.assertj.core.groups.Tuple.tuple(DivergenceKind.VALUE, 1L, 1L),
            org.assertj.core.groups.Tuple.tuple(DivergenceKind.MISSING, 1L, 0L));
  }

  @Test
  void all_gets_over_more_than_the_window_without_an_equal_event() throws IOException {
    List<Event> a = new ArrayList<>();
    List<Event> b = new ArrayList<>();
    for (int i = 0; i < 3 * Resync.LIMIT; i++) {
      a.addAll(List.of(executed(2), bh(i)));
      b.addAll(List.of(executed(2), INTERRUPT));
    }
    a.addAll(List.of(executed(2), host(1), host(2)));
    b.addAll(List.of(executed(2), host(1), host(2)));

    Found found = found(a, b, all());

    assertThat(found.hunks()).hasSize(1);
    assertThat(found.hunks().getFirst().eventsA()).isEqualTo(3L * Resync.LIMIT);
    assertThat(found.hunks().getFirst().eventsB()).isEqualTo(3L * Resync.LIMIT);
  }

  @Test
  void the_checkpoint_of_async_events_is_compared_only_where_both_dialects_have_it()
      throws IOException {
    List<Event> old = List.of(new Event.AsyncBh(Optional.of(Checkpoint.CLOCK_VIRTUAL), 7), host(1));
    List<Event> other = List.of(new Event.AsyncBh(Optional.of(Checkpoint.CLOCK_HOST), 7), host(1));

    assertThat(found(QEMU_5_2, old, QEMU_7_2, List.of(bh(7), host(1)), DiffOptions.DEFAULT).first())
        .isEmpty();
    assertThat(found(QEMU_5_2, old, QEMU_5_2, other, DiffOptions.DEFAULT).first()).isPresent();
  }

  @Test
  void a_shutdown_without_cause_equals_any_cause_of_a_later_dialect() throws IOException {
    Dialect qemu26 = Dialects.named("e02004").orElseThrow();

    assertThat(
            found(
                    qemu26,
                    List.of(new Event.Shutdown(Optional.empty())),
                    QEMU_7_2,
                    List.of(new Event.Shutdown(Optional.of(ShutdownCause.GUEST_RESET))),
                    DiffOptions.DEFAULT)
                .first())
        .isEmpty();
  }

  @Test
  void keys_are_compared_by_name_across_dialects() throws IOException {
    Dialect qemu111 = Dialects.named("e0200e").orElseThrow();
    Dialect qemu81 = Dialects.named("e0200c-c").orElseThrow();
    int enter = qemu81.keys().number("ret").orElseThrow();
    int linuxEnter = qemu111.keys().number("ret").orElseThrow();
    List<Event> qcode = List.of(key(Input.KeyEncoding.QCODE, enter));

    assertThat(
            found(
                    qemu81,
                    qcode,
                    qemu111,
                    List.of(key(Input.KeyEncoding.LINUX, linuxEnter)),
                    DiffOptions.DEFAULT)
                .first())
        .isEmpty();
    assertThat(
            found(
                    qemu81,
                    qcode,
                    qemu111,
                    List.of(key(Input.KeyEncoding.LINUX, linuxEnter + 1)),
                    DiffOptions.DEFAULT)
                .first())
        .isPresent();
  }

  private static Event key(Input.KeyEncoding encoding, long code) {
    return new Event.AsyncInput(Optional.empty(), new Input.Key(encoding, code, true));
  }

  @Test
  void long_data_that_differs_in_its_last_byte_differs() throws IOException {
    byte[] data = new byte[100_000];
    Event one = new Event.AsyncNet(Optional.empty(), 0, 0, Payload.of(data));
    data[data.length - 1] = 1;
    Event other = new Event.AsyncNet(Optional.empty(), 0, 0, Payload.of(data));

    assertThat(first(List.of(one), List.of(other)).kind()).isEqualTo(DivergenceKind.VALUE);
  }
}
