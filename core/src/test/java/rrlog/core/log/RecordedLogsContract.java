package rrlog.core.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import rrlog.core.event.Entry;
import rrlog.core.event.Position;

/** What holds for every log that a QEMU release wrote. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RecordedLogsContract {

  /** The logs to look at. */
  abstract List<RecordedLog> logs();

  @ParameterizedTest
  @MethodSource("logs")
  void is_of_a_dialect_that_is_a_right_answer(RecordedLog log) throws IOException {
    try (LogReader reader = LogReader.open(log.open(), Optional.empty())) {
      assertThat(reader.dialect().id()).isIn(log.dialects());
      if (reader.header().version() == 0) {
        assertThat(accepted(reader.detection()))
            .containsAll(log.dialects())
            .isSubsetOf(CodeClass.of(log.dialects().getFirst()));
      } else {
        assertThat(accepted(reader.detection()))
            .containsExactlyInAnyOrderElementsOf(log.dialects());
        assertThat(reader.detection().certainty())
            .isEqualTo(log.dialects().size() == 1 ? Certainty.CERTAIN : Certainty.EQUIVALENT);
      }
    }
  }

  private static List<String> accepted(Detection detection) {
    TreeSet<String> ids = new TreeSet<>(List.of(detection.dialect().id()));
    detection.alternatives().forEach(dialect -> ids.add(dialect.id()));
    return List.copyOf(ids);
  }

  @ParameterizedTest
  @MethodSource("logs")
  void is_decoded_to_its_last_byte(RecordedLog log) throws IOException {
    byte[] bytes = log.bytes();
    try (LogReader reader = LogReader.open(log.open(), Optional.empty())) {
      EventCursor cursor = reader.cursor();
      while (cursor.next()) {}
      if (log.complete()) {
        assertThat(reader.ending()).isEqualTo(Ending.END_EVENT);
        assertThat(cursor.endOffset()).isEqualTo(bytes.length);
        assertThat(cursor.problem()).isEmpty();
      } else {
        assertThat(reader.ending()).isIn(Ending.INSIDE_EVENT, Ending.BETWEEN_EVENTS);
        assertThat(cursor.problem()).isNotEmpty();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("logs")
  void has_the_events_that_another_decoder_counted(RecordedLog log) throws IOException {
    assumeTrue(
        log.isAsDescribed(),
        log + ": its SHA-256 is not the one beside it, so its counts are of another recording");
    Map<String, Long> counts = new TreeMap<>();
    long instructions;
    try (LogReader reader = LogReader.open(log.open(), Optional.empty())) {
      EventCursor cursor = reader.cursor();
      while (cursor.next()) {
        counts.merge(cursor.kind().label(), 1L, Long::sum);
        if (cursor.fullName().contains("/")) {
          counts.merge(cursor.fullName(), 1L, Long::sum);
        }
      }
      instructions = cursor.icount();
    }
    assertThat(counts).containsAllEntriesOf(log.counts());
    if (log.facts().has("kinds")) {
      // These count every event, so that nothing else may be there.
      assertThat(counts).containsExactlyInAnyOrderEntriesOf(log.counts());
    }
    log.instructions().ifPresent(counted -> assertThat(instructions).isEqualTo(counted));
  }

  @ParameterizedTest
  @MethodSource("logs")
  void gives_the_same_bytes_copied_event_by_event(RecordedLog log) throws IOException {
    ByteArrayOutputStream copy = new ByteArrayOutputStream();
    try (LogReader reader = LogReader.open(log.open(), Optional.empty());
        LogWriter writer = new LogWriter(copy, reader.dialect())) {
      writer.header(reader.header());
      EventCursor cursor = reader.cursor();
      while (cursor.next()) {
        assertThat(writer.written()).isEqualTo(cursor.offset());
        writer.raw(cursor.bytes());
      }
      reader.copyRest((bytes, _) -> writer.raw(bytes));
    }
    assertThat(Arrays.equals(copy.toByteArray(), log.bytes())).isTrue();
  }

  @ParameterizedTest
  @MethodSource("logs")
  void gives_the_same_bytes_encoded_from_records(RecordedLog log) throws Exception {
    ByteArrayOutputStream copy = new ByteArrayOutputStream();
    try (LogReader reader = LogReader.open(log.open(), Optional.empty());
        LogWriter writer = new LogWriter(copy, reader.dialect())) {
      writer.header(reader.header());
      for (Entry entry : reader) {
        assertThat(writer.written()).isEqualTo(entry.position().offset());
        writer.event(entry.event());
      }
      reader.copyRest((bytes, _) -> writer.raw(bytes));
    }
    assertThat(Arrays.equals(copy.toByteArray(), log.bytes())).isTrue();
  }

  @ParameterizedTest
  @MethodSource("logs")
  void has_the_same_events_where_its_header_was_never_written(RecordedLog log) throws IOException {
    byte[] bytes = log.bytes();
    byte[] unfinished = bytes.clone();
    Arrays.fill(unfinished, 0, LogHeader.SIZE, (byte) 0);
    try (LogReader known = LogReader.open(MappedSource.of(bytes), Optional.empty());
        LogReader found = LogReader.open(MappedSource.of(unfinished), Optional.empty())) {
      assertThat(found.detection().certainty()).isNotIn(Certainty.STATED, Certainty.AMBIGUOUS);
      assertThat(accepted(found.detection()))
          .containsAll(log.dialects())
          .isSubsetOf(CodeClass.of(log.dialects().getFirst()));
      EventCursor a = known.cursor();
      EventCursor b = found.cursor();
      while (a.next()) {
        assertThat(b.next()).isTrue();
        if (!b.event().equals(a.event())) {
          assertThat(b.event()).as("%s", a.position()).isEqualTo(a.event());
        }
      }
      assertThat(b.next()).isFalse();
      assertThat(b.position()).isEqualTo(a.position());
      assertThat(found.ending()).isEqualTo(known.ending());
    }
  }

  @ParameterizedTest
  @MethodSource("logs")
  void keeps_the_rules_of_order(RecordedLog log) throws IOException {
    try (LogReader reader = LogReader.open(log.open(), Optional.empty())) {
      OrderRules rules = new OrderRules(reader.dialect());
      EventCursor cursor = reader.cursor();
      while (cursor.next()) {
        Violation violation = rules.check(cursor);
        if (violation != null) {
          assertThat(violation).as("%s", cursor.position()).isNull();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("logs")
  void has_events_side_by_side(RecordedLog log) throws IOException {
    try (LogReader reader = LogReader.open(log.open(), Optional.empty())) {
      EventCursor cursor = reader.cursor();
      long events = 0;
      long offset = LogHeader.SIZE;
      long icount = 0;
      while (cursor.next()) {
        if (cursor.ordinal() != events
            || cursor.offset() != offset
            || cursor.icount() != icount
            || cursor.bytes().byteSize() != cursor.size()
            || (cursor.bytes().get(ValueLayout.JAVA_BYTE, 0) & 0xff) != cursor.code()) {
          assertThat(cursor.position()).isEqualTo(new Position(events, offset, icount));
        }
        events++;
        offset += cursor.size();
        icount = cursor.icountAfter();
      }
      assertThat(cursor.position()).isEqualTo(new Position(events, offset, icount));
      assertThat(cursor.endOffset()).isEqualTo(offset);
    }
  }
}
