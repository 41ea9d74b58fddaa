package rrlog.core.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import rrlog.core.event.Event;
import rrlog.core.log.LogReader;

class SlicePlannerTest {
  private static final Event WRITE = new Event.CharWrite(1, 1);

  private static byte[] log() throws IOException {
    return Made.started(
        new Event.Instruction(10), WRITE, new Event.Instruction(20), Made.SIGNAL, Made.END);
  }

  private static Optional<LogPosition> at(String position) {
    return Optional.of(LogPosition.parse(position).orElseThrow());
  }

  private static SlicePlan forReplay(String to) throws IOException {
    try (LogReader reader = Made.open(log())) {
      return SlicePlanner.forReplay(reader, at(to));
    }
  }

  private static SlicePlan part(Optional<LogPosition> from, Optional<LogPosition> to)
      throws IOException {
    try (LogReader reader = Made.open(log())) {
      return SlicePlanner.forAnalysis(reader, from, to);
    }
  }

  private static List<Event> written(SlicePlan plan) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (LogReader reader = Made.open(log())) {
      plan.write(reader, out);
    }
    List<Event> events = new ArrayList<>();
    try (LogReader reader = Made.open(out.toByteArray())) {
      reader.forEach(entry -> events.add(entry.event()));
    }
    return events;
  }

  @Test
  void a_cut_inside_an_instruction_event_splits_its_count_and_closes() throws IOException {
    assertThat(written(forReplay("icount:15")))
        .containsExactly(
            Made.INIT,
            Made.RESET,
            new Event.Instruction(10),
            WRITE,
            new Event.Instruction(5),
            Made.SIGNAL,
            Made.END);
  }

  /** The instruction before a write asked for it: QEMU would miss it. */
  @Test
  void a_cut_before_an_event_that_qemu_insists_on_goes_back_by_one_instruction()
      throws IOException {
    SlicePlan plan = forReplay("event:3");
    assertThat(plan.moved()).isPresent();
    assertThat(written(plan))
        .containsExactly(Made.INIT, Made.RESET, new Event.Instruction(9), Made.SIGNAL, Made.END);
  }

  @Test
  void a_cut_before_an_instruction_stays_where_it_is() throws IOException {
    SlicePlan plan = forReplay("event:4");
    assertThat(plan.moved()).isEmpty();
    assertThat(written(plan))
        .containsExactly(
            Made.INIT, Made.RESET, new Event.Instruction(10), WRITE, Made.SIGNAL, Made.END);
  }

  @Test
  void a_cut_that_would_have_to_go_back_before_the_first_instruction_is_refused()
      throws IOException {
    byte[] log = Made.started(WRITE, new Event.Instruction(1), Made.SIGNAL, Made.END);
    try (LogReader reader = Made.open(log)) {
      assertThatThrownBy(() -> SlicePlanner.forReplay(reader, at("event:2")))
          .isInstanceOf(SliceImpossibleException.class)
          .hasMessageContaining("before the first instruction");
    }
  }

  @Test
  void a_part_for_analysis_starts_and_ends_where_it_was_asked() throws IOException {
    SlicePlan plan = part(at("icount:4"), at("icount:15"));
    assertThat(plan.start().position().icount()).isEqualTo(4);
    assertThat(plan.end().position().icount()).isEqualTo(15);
    assertThat(plan.closing()).isEqualTo(SliceClosing.NONE);
  }

  @Test
  void an_empty_part_or_one_behind_the_end_is_refused() {
    assertThatThrownBy(() -> part(at("event:4"), at("event:2")))
        .isInstanceOf(SliceImpossibleException.class)
        .hasMessage("nothing lies between event:4 and event:2, which comes first");
    assertThatThrownBy(() -> part(at("event:400"), Optional.empty()))
        .isInstanceOf(SliceImpossibleException.class)
        .hasMessageContaining("event:400 lies behind the end of the log");
  }
}
