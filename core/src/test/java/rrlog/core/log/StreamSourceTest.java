package rrlog.core.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A window that slides over a stream. */
class StreamSourceTest {
  private static final long FIRST_CAPACITY = 1L << 20;

  /** Bytes that tell their own offset, modulo 251. */
  private static byte[] numbered(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i % 251);
    }
    return bytes;
  }

  private static byte at(LogSource source, long offset) {
    return source.window().get(ValueLayout.JAVA_BYTE, offset - source.windowStart());
  }

  private static void assertHolds(LogSource source, long from, long length) {
    assertThat(source.windowStart()).isLessThanOrEqualTo(from);
    assertThat(source.windowEnd()).isGreaterThanOrEqualTo(from + length);
    for (long offset = from; offset < from + length; offset++) {
      if (at(source, offset) != (byte) (offset % 251)) {
        assertThat(at(source, offset)).as("byte %d", offset).isEqualTo((byte) (offset % 251));
      }
    }
  }

  @Test
  void holds_nothing_before_it_is_asked() throws IOException {
    try (StreamSource source = new StreamSource(new ByteArrayInputStream(numbered(10)))) {
      assertThat(source.windowStart()).isZero();
      assertThat(source.windowEnd()).isZero();
    }
  }

  @Test
  void makes_what_is_wanted_available() throws IOException {
    byte[] bytes = numbered(3_000_000);
    for (int step : new int[] {1, 7, 4096, 100_000, 1_500_000}) {
      try (StreamSource source = new StreamSource(new Through.Dribble(bytes, 100_000))) {
        for (long from = 0; from + 2 * step <= Math.min(bytes.length, 1000L * step); from += step) {
          assertThat(source.require(from, 2 * step)).isTrue();
          assertHolds(source, from, 2 * step);
        }
      }
    }
  }

  @Test
  void keeps_what_is_held_behind_the_offset() throws IOException {
    try (StreamSource source = new StreamSource(new Through.Dribble(numbered(500_000), 1000))) {
      assertThat(source.require(0, 400_000)).isTrue();
      assertThat(source.require(399_000, 2000)).isTrue();
      assertHolds(source, 399_000, 2000);
    }
  }

  @Test
  void gives_up_what_lies_before_the_offset() throws IOException {
    try (StreamSource source = new StreamSource(new ByteArrayInputStream(numbered(3_000_000)))) {
      source.require(0, 100);
      source.require(900_000, 200_000);
      assertThat(source.windowStart()).isEqualTo(900_000);
    }
  }

  @Test
  void holds_all_that_is_left_where_the_log_ends_before() throws IOException {
    try (StreamSource source = new StreamSource(new Through.Dribble(numbered(1000), 9))) {
      assertThat(source.require(0, 900)).isTrue();
      assertThat(source.require(900, 101)).isFalse();
      assertThat(source.windowEnd()).isEqualTo(1000);
      assertHolds(source, 900, 100);
      assertThat(source.require(900, 100)).isTrue();
      assertThat(source.require(1000, 1)).isFalse();
      assertThat(source.windowEnd()).isEqualTo(1000);
    }
  }

  /** A pipe that is still written to must not be waited for longer than necessary. */
  @Test
  void asks_for_no_more_than_necessary_where_nothing_is_at_hand() throws IOException {
    InputStream pipe =
        new InputStream() {
          private int given;

          @Override
          public int read() {
            throw new AssertionError("not used");
          }

          @Override
          public int read(byte[] into, int at, int length) {
            assertThat(given).as("bytes already given when more were asked for").isLessThan(50);
            into[at] = (byte) given++;
            return 1;
          }
        };
    try (StreamSource source = new StreamSource(pipe)) {
      assertThat(source.require(0, 20)).isTrue();
      assertThat(source.require(10, 40)).isTrue();
      assertThat(source.windowEnd()).isEqualTo(50);
    }
  }

  @Test
  void reads_ahead_where_more_is_at_hand() throws IOException {
    try (StreamSource source = new StreamSource(new ByteArrayInputStream(numbered(3_000_000)))) {
      source.require(0, 1);
      assertThat(source.windowEnd()).isEqualTo(FIRST_CAPACITY);
    }
  }

  @Test
  void does_not_grow_with_the_log() throws IOException {
    Dialect dialect = Dialects.newest();
    byte[] part = new byte[5_000_000];
    InputStream log =
        new SequenceInputStream(
            new ByteArrayInputStream(new LogBytes(dialect).toByteArray()),
            new SequenceInputStream(
                new ByteArrayInputStream(part), new ByteArrayInputStream(part)));
    StreamSource source = new StreamSource(log);
    try (LogReader reader = LogReader.open(source, Optional.of(dialect))) {
      long most = 0;
      long events = 0;
      while (reader.cursor().next()) {
        most = Math.max(most, source.window().byteSize());
        events++;
      }
      assertThat(events).isEqualTo(2_000_000);
      assertThat(most).isLessThanOrEqualTo(FIRST_CAPACITY);
    }
  }

  @Test
  void grows_for_a_large_event_only_as_its_bytes_arrive() throws IOException {
    try (StreamSource source = new StreamSource(new ByteArrayInputStream(numbered(2_000_000)))) {
      assertThat(source.require(0, StreamSource.MAX_WINDOW)).isFalse();
      assertThat(source.window().byteSize()).isEqualTo(2_000_000);
      assertHolds(source, 0, 2_000_000);
    }
  }

  @Test
  void refuses_more_than_its_limit_only_where_the_log_has_it() throws IOException {
    try (StreamSource source = new StreamSource(new ByteArrayInputStream(numbered(100)))) {
      assertThat(source.require(0, Long.MAX_VALUE)).isFalse();
    }
  }

  @Test
  void passes_failures_on() throws IOException {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("broken");
          }
        };
    try (StreamSource source = new StreamSource(broken)) {
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> source.require(0, 1))
          .withMessage("broken");
    }
  }

  @Test
  void closes_the_stream() throws IOException {
    boolean[] closed = new boolean[1];
    InputStream stream =
        new ByteArrayInputStream(new byte[1]) {
          @Override
          public void close() {
            closed[0] = true;
          }
        };
    new StreamSource(stream).close();
    assertThat(closed[0]).isTrue();
  }

  @Test
  void can_be_closed_twice() throws IOException {
    StreamSource source = new StreamSource(new ByteArrayInputStream(new byte[1]));
    source.close();
    assertThatCode(source::close).doesNotThrowAnyException();
  }
}
