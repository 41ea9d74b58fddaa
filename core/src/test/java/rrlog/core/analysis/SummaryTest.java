package rrlog.core.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import rrlog.core.event.Checkpoint;
import rrlog.core.event.Clock;
import rrlog.core.event.Entry;
import rrlog.core.event.Event;
import rrlog.core.event.EventKind;
import rrlog.core.event.Input;
import rrlog.core.event.Payload;
import rrlog.core.event.Position;
import rrlog.core.log.Dialect;
import rrlog.core.log.Dialects;
import rrlog.core.log.Ending;
import rrlog.core.log.LogReader;
import rrlog.core.log.MappedSource;
import rrlog.core.testing.Samples;

class SummaryTest {
  static List<Path> logs() {
    return Samples.fewLogs();
  }

  /** The counts are made by code and without records; they are those of the records. */
  @ParameterizedTest
  @MethodSource("logs")
  void counts_what_the_records_are(Path file) throws IOException {
    MemorySegment log = MemorySegment.ofArray(Samples.bytes(file));
    Map<EventKind, Long> kinds = new EnumMap<>(EventKind.class);
    Map<String, Long> names = new TreeMap<>();
    long instructions = 0;
    try (LogReader reader = LogReader.open(MappedSource.of(log), Optional.empty())) {
      for (Entry entry : reader) {
        Event event = entry.event();
        kinds.merge(event.kind(), 1L, Long::sum);
        if (event.fullName().contains("/")) {
          names.merge(event.fullName(), 1L, Long::sum);
        }
        instructions += event instanceof Event.Instruction(long count) ? count : 0;
      }
    }
    try (LogReader reader = LogReader.open(MappedSource.of(log), Optional.empty())) {
      Summary summary = Summary.of(reader.cursor());
      assertThat(summary.kinds()).isEqualTo(kinds);
      assertThat(summary.names()).isEqualTo(names);
      assertThat(summary.instructions()).isEqualTo(instructions);
      assertThat(summary.events()).isEqualTo(kinds.values().stream().mapToLong(n -> n).sum());
      assertThat(summary.bytes().values().stream().mapToLong(n -> n).sum())
          .isEqualTo(summary.end().offset() - 12);
    }
  }

  private static Summary of(byte[] log) throws IOException {
    try (LogReader reader = Made.open(log)) {
      return Summary.of(reader.cursor());
    }
  }

  @Test
  void devices_and_their_bytes_are_told() throws IOException {
    Summary summary =
        of(
            Made.started(
                new Event.AsyncCharRead(Optional.empty(), 2, Payload.ofText("abc")),
                new Event.AsyncCharRead(Optional.empty(), 0, Payload.ofText("d")),
                new Event.AsyncNet(Optional.empty(), 255, 0, Payload.of(new byte[60])),
                new Event.CharReadAll(Payload.ofText("ef")),
                new Event.Random(0, Payload.of(new byte[8])),
                new Event.AudioIn(1, 0, Payload.of(new byte[16]))));
    assertThat(summary.charDevices()).containsExactly(0, 2);
    assertThat(summary.netDevices()).containsExactly(255);
    assertThat(summary.payload()).isEqualTo(new Summary.PayloadBytes(6, 60, 8, 16));
  }

  @Test
  void the_host_clock_spans_its_first_and_last_reading() throws IOException {
    assertThat(of(Made.started()).hostClock()).isEmpty();
    Summary summary =
        of(
            Made.started(
                new Event.ClockRead(Clock.HOST, 70),
                new Event.ClockRead(Clock.VIRTUAL_RT, 1),
                new Event.ClockRead(Clock.HOST, -5)));
    assertThat(summary.hostClock()).hasValue(new Summary.ClockSpan(70, -5));
  }

  @Test
  void input_is_broken_down_by_its_kind() throws IOException {
    Summary summary =
        of(
            Made.started(
                new Event.AsyncInput(Optional.empty(), new Input.Relative(0, 1)),
                new Event.AsyncInput(Optional.empty(), new Input.Relative(1, 1))));
    assertThat(summary.names()).containsEntry("async-input/rel", 2L);
  }

  @Test
  void the_end_is_told_with_its_position_and_problem() throws IOException {
    byte[] whole = Made.started(new Event.Instruction(7), Made.END);
    assertThat(of(whole).ending()).isEqualTo(Ending.END_EVENT);
    assertThat(of(whole).end()).isEqualTo(new Position(4, whole.length, 7));
    assertThat(of(whole).problem()).isEmpty();
    Summary cut = of(Made.and(Made.started(), 0, 0, 0));
    assertThat(cut.ending()).isEqualTo(Ending.INSIDE_EVENT);
    assertThat(cut.events()).isEqualTo(2);
    assertThat(cut.problem()).isNotEmpty();
  }

  @Test
  void events_of_the_queue_count_by_their_kind_where_they_share_a_code() throws IOException {
    Dialect old = Dialects.named("e0200a").orElseThrow();
    Optional<Checkpoint> at = Optional.of(Checkpoint.INIT);
    byte[] log =
        Made.log(
            old,
            java.util.stream.Stream.of(
                Made.INIT, new Event.AsyncBh(at, 1), new Event.AsyncBlock(at, 2)));
    try (LogReader reader = Made.open(log, old)) {
      assertThat(Summary.of(reader.cursor()).kinds())
          .containsOnly(
              Map.entry(EventKind.CHECKPOINT, 1L),
              Map.entry(EventKind.ASYNC_BH, 1L),
              Map.entry(EventKind.ASYNC_BLOCK, 1L));
    }
  }
}
