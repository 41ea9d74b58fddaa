package rrlog.core.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import rrlog.core.event.Clock;
import rrlog.core.event.Event;
import rrlog.core.event.EventKind;
import rrlog.core.event.Payload;
import rrlog.core.event.Position;

/** A log that was cut at any byte: what is whole is read, and nothing is lost. */
class TruncationTest {
  private static final long SMALL = 2000;

  /**
   * A log to cut.
   *
   * @param name where it comes from
   */
  record Whole(String name, Dialect dialect, byte[] bytes) {
    byte[] cutAt(int length) {
      return Arrays.copyOf(bytes, length);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Whole> logs() {
    return Stream.concat(recorded(), madeUp());
  }

  private static Stream<Whole> recorded() {
    return RecordedLog.few().stream()
        .filter(log -> log.path().toFile().length() <= SMALL && !log.compressed())
        .map(
            log ->
                new Whole(
                    log.name(),
                    Dialects.named(log.dialects().getFirst()).orElseThrow(),
                    log.bytes()));
  }

  static Stream<Whole> madeUp() {
    return Dialects.all().stream()
        .map(
            dialect ->
                new Whole(
                    dialect.id(), dialect, new QemuLikeLog(dialect, new Random(11), 5).finished()));
  }

  @ParameterizedTest
  @MethodSource("logs")
  void is_read_up_to_the_cut(Whole log) throws IOException {
    Decoding whole = Decoding.of(log.bytes(), log.dialect());
    assertThat(whole.ending()).isEqualTo(Ending.END_EVENT);
    for (int cut = LogHeader.SIZE; cut < log.bytes().length; cut++) {
      byte[] bytes = log.cutAt(cut);
      for (Through way : List.of(Through.MAPPED, Through.DRIBBLE)) {
        assertIsPrefix(Decoding.of(bytes, way, log.dialect()), whole, bytes);
      }
    }
  }

  private static void assertIsPrefix(Decoding read, Decoding whole, byte[] bytes) {
    int events = whole.eventsBefore(bytes.length);
    // The cut lies before END, so an event always follows.
    Position next = whole.entries().get(events).position();
    if (!read.entries().equals(whole.entries().subList(0, events))) {
      assertThat(read.entries()).isEqualTo(whole.entries().subList(0, events));
    }
    assertThat(read.end()).isEqualTo(next);
    if (next.offset() == bytes.length) {
      assertThat(read.ending()).isEqualTo(Ending.BETWEEN_EVENTS);
      assertThat(read.problem()).isEqualTo("the log stops without an end event");
    } else {
      assertThat(read.ending()).isEqualTo(Ending.INSIDE_EVENT);
      assertThat(read.problem()).startsWith("the log ends inside an event: ");
    }
    assertThat(read.rest()).isEqualTo(Arrays.copyOfRange(bytes, (int) next.offset(), bytes.length));
    assertThat(read.encoded()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @MethodSource("logs")
  void is_opened_without_a_dialect_stated(Whole log) throws IOException {
    for (int cut = LogHeader.SIZE; cut < log.bytes().length; cut++) {
      byte[] bytes = log.cutAt(cut);
      Decoding found = Decoding.found(bytes, Through.MAPPED);
      assertThat(found.dialect().version()).isEqualTo(log.dialect().version());
      assertThat(accepted(found.detection())).contains(log.dialect());
      assertThat(found.encoded()).isEqualTo(bytes);
    }
  }

  @ParameterizedTest
  @MethodSource("madeUp")
  void can_be_of_its_dialect_also_where_the_header_was_never_written(Whole log) throws IOException {
    byte[] unfinished = log.bytes().clone();
    Arrays.fill(unfinished, 0, LogHeader.SIZE, (byte) 0);
    for (int cut = LogHeader.SIZE; cut < unfinished.length; cut++) {
      MemorySegment bytes = MemorySegment.ofArray(unfinished).asSlice(0, cut);
      Detection found = DialectDetector.detect(bytes, true).orElseThrow();
      assertThat(accepted(found)).contains(log.dialect());
    }
  }

  private static List<Dialect> accepted(Detection detection) {
    return Stream.concat(Stream.of(detection.dialect()), detection.alternatives().stream())
        .toList();
  }

  @ParameterizedTest
  @EnumSource(Through.class)
  void is_no_log_where_the_header_is_cut(Through way) {
    byte[] log = RecordedLog.sample("11.1/arm-virt").bytes();
    for (int cut = 0; cut < LogHeader.SIZE; cut++) {
      byte[] bytes = Arrays.copyOf(log, cut);
      assertThatExceptionOfType(MalformedLogException.class)
          .isThrownBy(() -> Decoding.found(bytes, way))
          .withMessageContaining(cut == 0 ? "empty" : cut + " bytes")
          .satisfies(e -> assertThat(e.position()).isEqualTo(new Position(0, 0, 0)));
    }
  }

  /**
   * Cut right after the counters of the first full ring, the log does not tell whether frames are
   * missing; later ones are known by their number.
   */
  @ParameterizedTest
  @EnumSource(Through.class)
  void is_read_up_to_the_cut_after_a_full_ring_too(Through way) throws IOException {
    for (Dialect dialect : Dialects.all()) {
      if (dialect.range(EventKind.AUDIO_IN, "wpos").isEmpty()) {
        continue;
      }
      byte[] bytes =
          Decoding.encode(
              dialect,
              List.of(
                  new Event.AudioIn(1024, 7, Payload.EMPTY),
                  new Event.ClockRead(Clock.HOST, 1000),
                  new Event.AudioIn(2, 9, Payload.of(new byte[32])),
                  new Event.ClockRead(Clock.HOST, 2000),
                  new Event.AudioIn(1024, 7, Payload.EMPTY),
                  Event.End.REACHED));
      Decoding whole = Decoding.of(bytes, dialect);
      assertThat(whole.entries()).hasSize(6);
      int counters = (int) whole.entries().get(1).position().offset();
      for (int cut = LogHeader.SIZE; cut < bytes.length; cut++) {
        byte[] shorter = Arrays.copyOf(bytes, cut);
        Decoding read = Decoding.of(shorter, way, dialect);
        assertThat(read.encoded()).isEqualTo(shorter);
        if (cut == counters) {
          assertThat(read.entries()).isEmpty();
          assertThat(read.ending()).isEqualTo(Ending.INSIDE_EVENT);
        } else {
          assertIsPrefix(read, whole, shorter);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Through.class)
  void keeps_what_was_not_read_yet(Through way) throws IOException {
    byte[] log = RecordedLog.sample("2.9.0/pc-panic").bytes();
    try (LogReader reader = LogReader.open(way.open(log), Optional.empty())) {
      long events = 0;
      while (events++ < 20 && reader.cursor().next()) {}
      int from = Math.toIntExact(reader.cursor().offset() + reader.cursor().size());
      int[] at = {from};
      reader.copyRest(
          (bytes, offset) -> {
            assertThat(offset).isEqualTo(at[0]);
            int length = Math.toIntExact(bytes.byteSize());
            assertThat(bytes.toArray(java.lang.foreign.ValueLayout.JAVA_BYTE))
                .isEqualTo(Arrays.copyOfRange(log, at[0], at[0] + length));
            at[0] += length;
          });
      assertThat(at[0]).isEqualTo(log.length);
    }
  }
}
