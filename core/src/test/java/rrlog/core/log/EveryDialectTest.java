package rrlog.core.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import rrlog.core.event.Checkpoint;
import rrlog.core.event.Clock;
import rrlog.core.event.Event;
import rrlog.core.event.EventKind;
import rrlog.core.event.Input;
import rrlog.core.event.Payload;
import rrlog.core.event.Position;
import rrlog.core.event.ShutdownCause;
import rrlog.core.testing.Rolls;

/** What is written in any dialect is read back: events to bytes to events to bytes. */
class EveryDialectTest {

  /**
   * Events of a dialect.
   *
   * @param dialect the dialect
   * @param events events that it can say
   */
  record Written(Dialect dialect, List<Event> events) {
    byte[] bytes() {
      return Decoding.encode(dialect, events);
    }
  }

  private static Written any(Rolls rolls) {
    Dialect dialect = rolls.one(Dialects.all());
    return new Written(dialect, new RandomEvents(dialect, rolls).log());
  }

  @Test
  void reads_what_was_written() {
    Map<String, Integer> seen = new HashMap<>();
    Rolls.each(
        1500,
        rolls -> {
          Written written = any(rolls);
          byte[] bytes = written.bytes();

          Decoding read = Decoding.of(bytes, rolls.one(Through.values()), written.dialect());

          assertThat(read.events()).isEqualTo(written.events());
          assertThat(read.rest()).isEmpty();
          assertThat(read.end().offset()).isEqualTo(bytes.length);
          assertThat(read.encoded()).isEqualTo(bytes);
          seen.merge(written.dialect().id(), 1, Integer::sum);
          written.events().forEach(event -> seen.merge(event.kind().label(), 1, Integer::sum));
        });
    if (Rolls.areAll()) {
      assertThat(Dialects.all())
          .allSatisfy(dialect -> assertThat(seen.get(dialect.id())).isGreaterThan(20));
      assertThat(EventKind.values())
          .allSatisfy(kind -> assertThat(seen.get(kind.label())).isGreaterThan(10));
    }
  }

  @Test
  void counts_ordinals_offsets_and_instructions() {
    Rolls.each(
        500,
        rolls -> {
          Written written = any(rolls);
          Decoding read = Decoding.of(written.bytes(), written.dialect());
          long icount = 0;
          List<Event> before = new ArrayList<>();
          for (int i = 0; i < read.entries().size(); i++) {
            assertThat(read.entries().get(i).position())
                .isEqualTo(
                    new Position(i, Decoding.encode(written.dialect(), before).length, icount));
            before.add(written.events().get(i));
            if (written.events().get(i) instanceof Event.Instruction(long count)) {
              icount += count;
            }
          }
          assertThat(read.end().icount()).isEqualTo(icount);
          assertThat(read.end().event()).isEqualTo(written.events().size());
        });
  }

  @Test
  void tells_the_same_by_cursor_as_by_record() {
    Rolls.each(
        500,
        rolls -> {
          Written written = any(rolls);
          EventCursor cursor = new EventCursor(MappedSource.of(written.bytes()), written.dialect());
          for (Event event : written.events()) {
            assertThat(cursor.next()).isTrue();
            assertThat(cursor.kind()).isEqualTo(event.kind());
            assertThat(cursor.fullName()).isEqualTo(event.fullName());
            assertThat(cursor.dataLength()).isEqualTo(cursor.data().byteSize());
          }
        });
  }

  static List<Dialect> dialects() {
    return Dialects.all();
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void keeps_an_empty_log(Dialect dialect) throws IOException {
    byte[] bytes = Decoding.encode(dialect, List.of());
    assertThat(bytes).hasSize(LogHeader.SIZE);
    Decoding read = Decoding.of(bytes, dialect);
    assertThat(read.entries()).isEmpty();
    assertThat(read.ending()).isEqualTo(Ending.BETWEEN_EVENTS);
    assertThat(read.encoded()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void finds_the_dialect_of_what_it_wrote_as_qemu_would(Dialect dialect) throws IOException {
    byte[] bytes = new QemuLikeLog(dialect, new Random(7), 30).finished();
    for (Through way : Through.values()) {
      Decoding found = Decoding.found(bytes, way);
      assertThat(found.events()).isEqualTo(Decoding.of(bytes, dialect).events());
      assertThat(found.encoded()).isEqualTo(bytes);
    }
  }

  /** Larger than every buffer on the way: the writer's 256 KiB, the stream's 1 MiB. */
  @ParameterizedTest
  @EnumSource(Through.class)
  void keeps_large_payloads_of_every_kind(Through way) throws IOException {
    Dialect dialect = Dialects.named("e0200c-c").orElseThrow();
    Random random = new Random(5);
    List<Event> events = new ArrayList<>();
    for (int size : new int[] {65_535, 65_536, 262_144, 262_145, 1 << 20, 3_000_000}) {
      byte[] data = new byte[size];
      random.nextBytes(data);
      events.add(new Event.AsyncCharRead(Optional.empty(), 255, Payload.of(data)));
      events.add(new Event.AsyncNet(Optional.empty(), 1, 1, Payload.of(data)));
      events.add(new Event.CharReadAll(Payload.of(data)));
      events.add(new Event.Random(-1, Payload.of(data)));
      events.add(new Event.AudioIn(size / 16, 9, Payload.of(new byte[size / 16 * 16])));
    }
    byte[] bytes = Decoding.encode(dialect, events);

    Decoding read = Decoding.of(bytes, way, dialect);

    assertThat(read.events()).isEqualTo(events);
    assertThat(read.encoded()).isEqualTo(bytes);
  }

  // --- what a dialect cannot say

  private static void assertRefused(String dialect, Event event, String why) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    LogWriter writer = new LogWriter(bytes, Dialects.named(dialect).orElseThrow());
    assertThatExceptionOfType(InexpressibleEventException.class)
        .isThrownBy(() -> writer.event(event))
        .withMessageContaining(event.fullName())
        .withMessageContaining(dialect)
        .withMessageContaining(why);
    assertThat(writer.written()).isZero();
  }

  private static final Optional<Checkpoint> NOWHERE = Optional.empty();
  private static final Optional<Checkpoint> AT_HOST = Optional.of(Checkpoint.CLOCK_HOST);

  @Test
  void refuses_kinds_that_the_dialect_lacks() {
    assertRefused("e02002", new Event.CharWrite(1, 1), "no such event");
    assertRefused("e02002", new Event.AsyncCharRead(AT_HOST, 0, Payload.EMPTY), "no such event");
    assertRefused("e02003-b", new Event.AsyncBlock(AT_HOST, 0), "no such event");
    assertRefused("e02004", new Event.AsyncNet(AT_HOST, 0, 0, Payload.EMPTY), "no such event");
    assertRefused("e02005-a", new Event.AudioOut(1), "no such event");
    assertRefused("e02008-a", new Event.AsyncBhOneshot(AT_HOST, 0), "no such event");
    assertRefused("e02008-b", new Event.Random(0, Payload.EMPTY), "no such event");
    assertRefused(
        "e0200c-b",
        new Event.AsyncInput(NOWHERE, new Input.MultiTouch(0, 0, 0, 0, 0)),
        "no such input kind");
  }

  @Test
  void refuses_checkpoints_that_the_dialect_lacks() {
    assertRefused("e02002", new Event.CheckpointReached(Checkpoint.CLOCK_WARP_START), "checkpoint");
    assertRefused("e02004", new Event.CheckpointReached(Checkpoint.CLOCK_WARP), "checkpoint");
    assertRefused("e0200a", new Event.AsyncBh(Optional.of(Checkpoint.CLOCK_WARP), 0), "checkpoint");
  }

  @Test
  void refuses_causes_that_the_dialect_lacks() {
    assertRefused("e02006-a", new Event.Shutdown(Optional.of(ShutdownCause.NONE)), "cause");
    assertRefused("e02006-b", new Event.Shutdown(Optional.empty()), "cause");
    assertRefused(
        "e02007-a", new Event.Shutdown(Optional.of(ShutdownCause.SUBSYSTEM_RESET)), "cause");
    assertRefused("e02007-c", new Event.Shutdown(Optional.of(ShutdownCause.HOST_QMP)), "cause");
    assertRefused(
        "e0200c-a", new Event.Shutdown(Optional.of(ShutdownCause.SNAPSHOT_LOAD)), "cause");
  }

  @Test
  void refuses_an_async_event_whose_checkpoint_it_would_lose_or_invent() {
    assertRefused("e0200b", new Event.AsyncBh(AT_HOST, 0), "does not record its checkpoint");
    assertRefused("e0200e", new Event.AsyncBh(AT_HOST, 0), "does not record its checkpoint");
    assertRefused("e0200a", new Event.AsyncBh(NOWHERE, 0), "has to name a checkpoint");
  }

  @Test
  void refuses_keys_in_another_encoding() {
    for (Input.KeyEncoding encoding : List.of(Input.KeyEncoding.NUMBER, Input.KeyEncoding.QCODE)) {
      Input key = new Input.Key(encoding, 1, true);
      assertRefused("e0200e", new Event.AsyncInput(NOWHERE, key), encoding.label());
    }
    Input linux = new Input.Key(Input.KeyEncoding.LINUX, 1, true);
    assertRefused("e0200d", new Event.AsyncInput(NOWHERE, linux), "linux");
  }

  @Test
  void refuses_values_that_do_not_fit() {
    assertRefused("e02007-c", new Event.AudioOut(1L << 31), "played 2147483648");
    assertRefused("e02007-c", new Event.AudioIn(0, 1L << 31, Payload.EMPTY), "wpos 2147483648");
  }

  @Test
  void refuses_audio_whose_frames_do_not_match_their_count() {
    Payload frame = Payload.of(new byte[16]);
    assertRefused("e0200c-c", new Event.AudioIn(2, 0, frame), "16 bytes for each");
    assertRefused("e0200c-c", new Event.AudioIn(1, 0, Payload.of(new byte[15])), "16 bytes");
    assertRefused("e0200c-c", new Event.AudioIn(0, 0, frame), "16 bytes for each");
    assertRefused("e0200d", new Event.AudioIn(1, 0, Payload.EMPTY), "frames of a full ring");
    assertRefused("e0200d", new Event.AudioIn(1, 5, frame), "wpos");
  }

  /** A negative count would be written, but no reader takes it for one. */
  @Test
  void refuses_a_negative_number_of_frames() {
    assertRefused("e02007-c", new Event.AudioIn(-1, 0, Payload.EMPTY), "recorded -1");
  }

  @Test
  void goes_on_after_a_refused_event() throws Exception {
    Dialect dialect = Dialects.named("e0200d").orElseThrow();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (LogWriter writer = new LogWriter(bytes, dialect)) {
      writer.header(LogHeader.finished(dialect));
      writer.event(new Event.ClockRead(Clock.HOST, 1000));
      assertThatExceptionOfType(InexpressibleEventException.class)
          .isThrownBy(() -> writer.event(new Event.AudioIn(1, 5, Payload.of(new byte[16]))));
      writer.event(Event.End.REACHED);
      assertThat(writer.written()).isEqualTo(LogHeader.SIZE + 9 + 1);
    }
    assertThat(Decoding.of(bytes.toByteArray(), dialect).events())
        .containsExactly(new Event.ClockRead(Clock.HOST, 1000), Event.End.REACHED);
  }
}
