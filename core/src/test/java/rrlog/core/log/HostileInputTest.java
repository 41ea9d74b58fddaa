package rrlog.core.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import rrlog.core.event.Clock;
import rrlog.core.event.Event;
import rrlog.core.event.Payload;
import rrlog.core.event.Position;
import rrlog.core.testing.Rolls;

/**
 * Bytes that no QEMU wrote: reading ends with a problem and a position, in bounded time and memory,
 * and writing what was read gives the same bytes.
 */
class HostileInputTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Dialect NEWEST = Dialects.newest();
  private static final Dialect WITH_WPOS = Dialects.named("e0200c-c").orElseThrow();
  private static final Dialect NARROW = Dialects.named("e02007-c").orElseThrow();
  private static final Dialect OLDEST = Dialects.all().getFirst();

  static List<Dialect> dialects() {
    return Dialects.all();
  }

  /** Reads bytes in every way, with the dialect and without, and expects them back. */
  private static void assertSurvives(byte[] log, Dialect dialect) throws IOException {
    Decoding mapped = Decoding.of(log, dialect);
    assertThat(mapped.encoded()).isEqualTo(log);
    for (Through way : List.of(Through.STREAM, Through.DRIBBLE)) {
      Decoding streamed = Decoding.of(log, way, dialect);
      assertThat(streamed.entries()).isEqualTo(mapped.entries());
      assertThat(streamed.ending()).isEqualTo(mapped.ending());
      assertThat(streamed.end()).isEqualTo(mapped.end());
      assertThat(streamed.rest()).isEqualTo(mapped.rest());
    }
    assertIsFoundOrRefused(log);
  }

  private static void assertIsFoundOrRefused(byte[] log) throws IOException {
    Decoding found;
    try {
      found = Decoding.found(log, Through.MAPPED);
    } catch (MalformedLogException refused) {
      assertThat(refused.position()).isNotNull();
      assertThat(refused).hasMessageContaining(refused.position().toString());
      return;
    }
    assertThat(found.encoded()).isEqualTo(log);
  }

  // --- garbage

  /** Any bytes, or such as are often codes of events. */
  private static byte[] garbage(Rolls rolls) {
    byte[] garbage = rolls.bytes(300);
    if (rolls.flag()) {
      for (int i = 0; i < garbage.length; i++) {
        garbage[i] = (byte) rolls.between(0, 45);
      }
    }
    return garbage;
  }

  @Test
  void garbage_after_a_header_is_kept() {
    Rolls.each(
        1000,
        rolls -> {
          byte[] garbage = garbage(rolls);
          Dialect dialect = rolls.one(Dialects.all());
          assertSurvives(new LogBytes(dialect).raw(garbage).toByteArray(), dialect);
          assertSurvives(new LogBytes(dialect, 0).raw(garbage).toByteArray(), dialect);
        });
  }

  @Test
  void garbage_is_found_or_refused() {
    Rolls.each(500, rolls -> assertIsFoundOrRefused(garbage(rolls)));
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void garbage_in_the_middle_of_a_log_is_kept(Dialect dialect) throws IOException {
    Random random = new Random(3);
    byte[] log = new QemuLikeLog(dialect, random, 10).finished();
    for (int round = 0; round < 100; round++) {
      byte[] damaged = log.clone();
      int from = random.nextInt(LogHeader.SIZE, log.length - 8);
      byte[] noise = new byte[random.nextInt(1, 9)];
      random.nextBytes(noise);
      System.arraycopy(noise, 0, damaged, from, noise.length);
      assertSurvives(damaged, dialect);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"11.1/arm-virt", "10.0/arm-virt", "g01_hello/s0-on"})
  void everyFlippedBitOfASmallLogIsSurvived(String name) throws IOException {
    RecordedLog log = RecordedLog.sample(name);
    Dialect dialect = Dialects.named(log.dialects().getFirst()).orElseThrow();
    byte[] bytes = log.bytes();
    for (int bit = 0; bit < 8 * bytes.length; bit++) {
      byte[] flipped = bytes.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      Decoding stated = Decoding.of(flipped, dialect);
      assertThat(stated.encoded()).isEqualTo(flipped);
      assertIsFoundOrRefused(flipped);
      if (bit % 8 == 7) {
        assertSurvives(flipped, dialect);
      }
    }
  }

  @Test
  void a_picture_is_no_log() {
    byte[] jpeg = {
      (byte) 0xff,
      (byte) 0xd8,
      (byte) 0xff,
      (byte) 0xe0,
      0,
      16,
      'J',
      'F',
      'I',
      'F',
      0,
      1,
      1,
      0,
      0,
      1
    };
    assertThatExceptionOfType(MalformedLogException.class)
        .isThrownBy(() -> Decoding.found(jpeg, Through.STREAM))
        .withMessageContaining("not a replay log")
        .withMessageContaining("0xffd8ffe0");
  }

  @ParameterizedTest
  @ValueSource(ints = {0xe02001, 0xe0200f, 0x00e02010, 0x0c20e000, -1, 1})
  void anUnknownVersionWordIsRefused(int version) {
    byte[] log = new LogBytes(NEWEST, version).started().code("END").toByteArray();
    assertThatExceptionOfType(MalformedLogException.class)
        .isThrownBy(() -> Decoding.found(log, Through.MAPPED))
        .withMessageContaining("0x" + Integer.toHexString(version))
        .satisfies(e -> assertThat(e.position()).isEqualTo(new Position(0, 0, 0)));
  }

  @Test
  void an_unknown_version_word_is_no_obstacle_where_the_dialect_is_stated() throws IOException {
    byte[] log = new LogBytes(NEWEST, 0xe0200f).started().code("END").toByteArray();
    Decoding read = Decoding.of(log, NEWEST);
    assertThat(read.ending()).isEqualTo(Ending.END_EVENT);
    assertThat(read.detection().certainty()).isEqualTo(Certainty.STATED);
    assertThat(read.encoded()).isEqualTo(log);
  }

  @Test
  void bytes_in_the_reserved_part_of_the_header_are_kept() throws IOException {
    byte[] log = new LogBytes(NEWEST).started().code("END").toByteArray();
    Arrays.fill(log, 4, 12, (byte) 0xab);
    assertSurvives(log, NEWEST);
  }

  // --- lengths

  /**
   * A log whose last event claims a length.
   *
   * @param dialect its dialect
   * @param bytes the log up to and including the length
   */
  private record Claim(Dialect dialect, byte[] bytes) {}

  /** Every event with an array of every dialect. */
  private static Stream<Claim> claims(long length) {
    return Dialects.all().stream()
        .flatMap(
            dialect ->
                DialectFacts.of(dialect).events().stream()
                    .filter(event -> event.get("payload").toString().contains("\"bytes32\""))
                    .map(event -> event.get("name").asString())
                    .flatMap(name -> beforeLength(dialect, name))
                    .map(log -> new Claim(dialect, log.u32(length).toByteArray())));
  }

  private static Stream<LogBytes> beforeLength(Dialect dialect, String name) {
    LogBytes log = new LogBytes(dialect).started().code(name);
    return switch (name) {
      case "CHAR_READ_ALL" -> Stream.of(log);
      case "ASYNC_CHAR_READ" -> Stream.of(log.u8(0));
      case "ASYNC_NET" -> Stream.of(log.u8(0).u32(0));
      case "RANDOM" -> Stream.of(log.u32(0));
      case "ASYNC" ->
          Stream.of("CHAR_READ", "NET")
              .filter(DialectFacts.of(dialect).list("async_kinds")::contains)
              .map(kind -> queued(dialect, kind));
      default -> throw new AssertionError("an array that this test does not know: " + name);
    };
  }

  private static LogBytes queued(Dialect dialect, String kind) {
    DialectFacts facts = DialectFacts.of(dialect);
    LogBytes log = new LogBytes(dialect).started().code("ASYNC");
    if (facts.text("async_style").equals("checkpoint-kind")) {
      log.u8(0);
    }
    log.u8(facts.list("async_kinds").indexOf(kind)).u8(0);
    return kind.equals("NET") ? log.u32(0) : log;
  }

  @ParameterizedTest
  @ValueSource(longs = {0xffffffffL, 0x80000000L, 0x7fffffffL, 0x10000000L, 33})
  void aLengthBeyondTheEndOfTheLogAllocatesNothing(long length) {
    List<Claim> claims = claims(length).toList();
    assertThat(claims).hasSizeGreaterThan(60);
    assertTimeoutPreemptively(
        SOON,
        () -> {
          for (Claim claim : claims) {
            for (int more : new int[] {0, 1, 20}) {
              byte[] log = Arrays.copyOf(claim.bytes(), claim.bytes().length + more);
              for (Through way : Through.values()) {
                Decoding read = Decoding.of(log, way, claim.dialect());
                assertThat(read.entries()).hasSize(2);
                assertThat(read.ending()).isEqualTo(Ending.INSIDE_EVENT);
                assertThat(read.problem()).contains(length + " bytes");
                assertThat(read.end()).isEqualTo(new Position(2, 14, 0));
                assertThat(read.encoded()).isEqualTo(log);
              }
            }
          }
        });
  }

  /** What a stream holds of an event must have an end; the message says what to do about it. */
  @Test
  void a_stream_gives_up_on_an_event_larger_than_its_window() {
    byte[] start = new LogBytes(NEWEST).code("CHAR_READ_ALL").u32(0xffffffffL).toByteArray();
    InputStream endless =
        new SequenceInputStream(new ByteArrayInputStream(start), new Zeros(Long.MAX_VALUE));
    assertTimeoutPreemptively(
        SOON,
        () ->
            assertThatExceptionOfType(IOException.class)
                .isThrownBy(
                    () -> {
                      try (LogReader reader =
                          LogReader.open(new StreamSource(endless), Optional.of(NEWEST))) {
                        reader.cursor().next();
                      }
                    })
                .withMessageContaining("too large"));
  }

  // --- audio

  @ParameterizedTest
  @ValueSource(
      longs = {
        -1,
        Long.MIN_VALUE,
        Long.MAX_VALUE,
        1L << 60,
        (1L << 60) - 1,
        (1L << 60) + 1,
        1L << 59,
        1L << 31,
        5
      })
  void anAudioCountBeyondTheEndOfTheLogAllocatesNothing(long recorded) throws IOException {
    byte[] silence =
        new LogBytes(NEWEST).started().code("AUDIO_IN").u64(recorded).zeros(64).toByteArray();
    byte[] silenceWithWpos =
        new LogBytes(WITH_WPOS)
            .started()
            .code("AUDIO_IN")
            .u64(recorded)
            .u64(0)
            .zeros(64)
            .toByteArray();
    for (Through way : Through.values()) {
      assertThat(Decoding.of(silence, way, NEWEST).ending()).isEqualTo(Ending.INSIDE_EVENT);
      assertThat(Decoding.of(silence, way, NEWEST).encoded()).isEqualTo(silence);
      assertThat(Decoding.of(silenceWithWpos, way, WITH_WPOS).ending())
          .isEqualTo(Ending.INSIDE_EVENT);
    }
    assertSurvives(silence, NEWEST);
    assertSurvives(silenceWithWpos, WITH_WPOS);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MIN_VALUE, 1L << 60, 1L << 31, 1024, 2, 1})
  void anAudioCountWithoutFramesIsAFullRing(long recorded) throws IOException {
    byte[] log =
        new LogBytes(WITH_WPOS)
            .started()
            .code("AUDIO_IN")
            .u64(recorded)
            .u64(3)
            .code("CLOCK_HOST")
            .u64(1000)
            .code("END")
            .toByteArray();
    for (Through way : Through.values()) {
      assertThat(Decoding.of(log, way, WITH_WPOS).events())
          .endsWith(
              new Event.AudioIn(recorded, 3, Payload.EMPTY),
              new Event.ClockRead(Clock.HOST, 1000),
              Event.End.REACHED);
    }
    assertSurvives(log, WITH_WPOS);
  }

  /**
   * The last events of a finished log are too few to be the frames, and begin like a small number:
   * samples that do not fit are no samples (rule 2 of docs/log-format.md#audio).
   */
  @ParameterizedTest
  @EnumSource(Through.class)
  void a_full_ring_shortly_before_the_end_hides_nothing(Through way) throws IOException {
    byte[] log =
        new LogBytes(WITH_WPOS)
            .started()
            .code("AUDIO_IN")
            .u64(1024)
            .u64(3)
            .code("INSTRUCTION")
            .u32(5)
            .code("SHUTDOWN_HOST_SIGNAL")
            .code("END")
            .toByteArray();
    Decoding read = Decoding.of(log, way, WITH_WPOS);
    assertThat(read.ending()).isEqualTo(Ending.END_EVENT);
    assertThat(read.events()).contains(new Event.Instruction(5));
  }

  @Test
  void a_negative_count_of_frames_is_undecodable() throws IOException {
    byte[] log =
        new LogBytes(NARROW).started().code("AUDIO_IN").u32(-2).u32(0).zeros(64).toByteArray();
    Decoding read = Decoding.of(log, NARROW);
    assertThat(read.ending()).isEqualTo(Ending.UNDECODABLE);
    assertThat(read.problem()).contains("-2 frames");
    assertSurvives(log, NARROW);
  }

  // --- values that mean nothing

  private static void assertUndecodable(LogBytes log, Dialect dialect, String problem)
      throws IOException {
    byte[] bytes = log.zeros(50).toByteArray();
    for (Through way : Through.values()) {
      Decoding read = Decoding.of(bytes, way, dialect);
      assertThat(read.ending()).isEqualTo(Ending.UNDECODABLE);
      assertThat(read.problem()).contains(problem);
      assertThat(read.end()).isEqualTo(new Position(2, 14, 0));
      assertThat(read.rest()).isEqualTo(Arrays.copyOfRange(bytes, 14, bytes.length));
      assertThat(read.encoded()).isEqualTo(bytes);
    }
  }

  @Test
  void an_unknown_code_is_undecodable() throws IOException {
    assertUndecodable(new LogBytes(NEWEST).started().u8(40), NEWEST, "unknown event code 40");
    assertUndecodable(new LogBytes(NEWEST).started().u8(255), NEWEST, "unknown event code 255");
    assertUndecodable(
        new LogBytes(NEWEST).started().code("SHUTDOWN__MAX"), NEWEST, "unknown event code 21");
  }

  @Test
  void an_unknown_async_kind_is_undecodable() throws IOException {
    assertUndecodable(
        new LogBytes(OLDEST).started().code("ASYNC").u8(0).u8(3), OLDEST, "unknown kind 3");
    Dialect kind = Dialects.named("e0200b").orElseThrow();
    assertUndecodable(new LogBytes(kind).started().code("ASYNC").u8(7), kind, "unknown kind 7");
  }

  @Test
  void an_unknown_checkpoint_of_an_async_event_is_undecodable() throws IOException {
    assertUndecodable(
        new LogBytes(OLDEST).started().code("ASYNC").u8(8).u8(0), OLDEST, "unknown checkpoint 8");
  }

  @Test
  void an_unknown_input_kind_is_undecodable() throws IOException {
    assertUndecodable(
        new LogBytes(NEWEST).started().code("ASYNC_INPUT").u32(5), NEWEST, "unknown input kind 5");
    assertUndecodable(
        new LogBytes(NEWEST).started().code("ASYNC_INPUT").u32(0xffffffffL),
        NEWEST,
        "unknown input kind 4294967295");
    Dialect beforeTouch = Dialects.named("e0200c-b").orElseThrow();
    assertUndecodable(
        new LogBytes(beforeTouch).started().code("ASYNC_INPUT").u32(4),
        beforeTouch,
        "unknown input kind 4");
  }

  @ParameterizedTest
  @ValueSource(longs = {2, 0x80000000L, 0xffffffffL})
  void anUnknownKeyKindIsUndecodable(long kind) throws IOException {
    assertUndecodable(
        new LogBytes(WITH_WPOS).started().code("ASYNC_INPUT").u32(0).u32(kind),
        WITH_WPOS,
        "unknown key kind " + kind);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 0x80, 0xff})
  void aBooleanThatIsNeitherTrueNorFalseIsUndecodable(int value) throws IOException {
    String problem = "a boolean of value " + value;
    LogBytes button = new LogBytes(NEWEST).started().code("ASYNC_INPUT").u32(1).u32(0).u8(value);
    assertUndecodable(button, NEWEST, problem);
    LogBytes linuxKey = new LogBytes(NEWEST).started().code("ASYNC_INPUT").u32(0).u32(30).u8(value);
    assertUndecodable(linuxKey, NEWEST, problem);
    LogBytes qcode =
        new LogBytes(WITH_WPOS).started().code("ASYNC_INPUT").u32(0).u32(1).u32(30).u8(value);
    assertUndecodable(qcode, WITH_WPOS, problem);
    LogBytes number =
        new LogBytes(WITH_WPOS).started().code("ASYNC_INPUT").u32(0).u32(0).u64(30).u8(value);
    assertUndecodable(number, WITH_WPOS, problem);
  }

  // --- END that is not the end

  @ParameterizedTest
  @MethodSource("dialects")
  void bytes_after_the_end_event_are_told_and_kept(Dialect dialect) throws IOException {
    byte[] log =
        new LogBytes(dialect).started().code("END").code("CHECKPOINT_INIT").zeros(9).toByteArray();
    for (Through way : Through.values()) {
      Decoding read = Decoding.of(log, way, dialect);
      assertThat(read.events()).hasSize(3).endsWith(Event.End.REACHED);
      assertThat(read.ending()).isEqualTo(Ending.UNDECODABLE);
      assertThat(read.problem()).isEqualTo("data after the end event");
      assertThat(read.end()).isEqualTo(new Position(3, 15, 0));
      assertThat(read.rest()).hasSize(10);
      assertThat(read.encoded()).isEqualTo(log);
    }
  }

  @Test
  void an_end_event_anywhere_ends_the_events() throws IOException {
    byte[] log = RecordedLog.sample("11.1/arm-virt").bytes();
    Decoding whole = Decoding.of(log, NEWEST);
    for (int event = 0; event < whole.entries().size(); event++) {
      byte[] ended = log.clone();
      ended[Math.toIntExact(whole.entries().get(event).position().offset())] =
          (byte) NEWEST.endCode;
      Decoding read = Decoding.of(ended, NEWEST);
      assertThat(read.entries()).hasSize(event + 1);
      assertThat(read.encoded()).isEqualTo(ended);
    }
  }

  // --- size

  /** So many zeros, made as they are read. */
  private static final class Zeros extends InputStream {
    private long left;

    Zeros(long left) {
      this.left = left;
    }

    @Override
    public int read() {
      return left-- > 0 ? 0 : -1;
    }

    @Override
    public int read(byte[] into, int at, int length) {
      int given = (int) Math.min(length, left);
      Arrays.fill(into, at, at + given, (byte) 0);
      left -= given;
      return given == 0 ? -1 : given;
    }
  }

  private static final long MANY = 64L << 20;

  @Test
  void many_zeros_are_no_log() {
    assertTimeoutPreemptively(
        SOON,
        () ->
            assertThatExceptionOfType(MalformedLogException.class)
                .isThrownBy(
                    () -> LogReader.open(new StreamSource(new Zeros(MANY)), Optional.empty()))
                .withMessageContaining("not a replay log"));
  }

  @Test
  void many_zeros_after_a_header_are_instructions_of_nothing() {
    InputStream log =
        new SequenceInputStream(
            new ByteArrayInputStream(new LogBytes(NEWEST).toByteArray()), new Zeros(MANY));
    assertTimeoutPreemptively(
        SOON,
        () -> {
          try (LogReader reader = LogReader.open(new StreamSource(log), Optional.empty())) {
            long events = 0;
            while (reader.cursor().next()) {
              events++;
            }
            assertThat(events).isEqualTo(MANY / 5);
            assertThat(reader.ending()).isEqualTo(Ending.INSIDE_EVENT);
            assertThat(reader.cursor().icount()).isZero();
          }
        });
  }

  // --- failures below

  @Test
  void a_failure_of_the_stream_is_passed_on() {
    byte[] start = new LogBytes(NEWEST).started().toByteArray();
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(
            () -> {
              try (LogReader reader =
                  LogReader.open(new StreamSource(thenFails(start)), Optional.of(NEWEST))) {
                while (reader.cursor().next()) {}
              }
            })
        .withMessage("the disk is gone");
  }

  @Test
  void a_failure_of_the_stream_reaches_the_iterator_unchecked() {
    byte[] start = new LogBytes(NEWEST).started().toByteArray();
    assertThatExceptionOfType(java.io.UncheckedIOException.class)
        .isThrownBy(() -> Decoding.of(new StreamSource(thenFails(start)), Optional.of(NEWEST)))
        .withMessageContaining("the disk is gone");
  }

  /** Enough for the reader to be opened, then nothing but failure. */
  private static InputStream thenFails(byte[] start) {
    return new SequenceInputStream(
        new ByteArrayInputStream(start),
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("the disk is gone");
          }

          @Override
          public int read(byte[] into, int at, int length) throws IOException {
            throw new IOException("the disk is gone");
          }
        });
  }

  @Test
  void every_prefix_of_garbage_headers_is_refused() {
    IntStream.range(0, LogHeader.SIZE)
        .forEach(
            size ->
                assertThatExceptionOfType(MalformedLogException.class)
                    .isThrownBy(() -> Decoding.found(new byte[size], Through.STREAM)));
  }
}
