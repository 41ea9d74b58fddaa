package rrlog.formats.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import rrlog.core.event.Entry;
import rrlog.core.log.Dialect;
import rrlog.core.log.Dialects;
import rrlog.core.log.Ending;
import rrlog.core.log.LogReader;
import rrlog.core.log.MappedSource;
import rrlog.core.testing.Samples;
import rrlog.formats.archive.api.ArchiveSettings;
import rrlog.formats.archive.api.ArchiveTotals;
import rrlog.formats.archive.api.Recording;

/** The bytes that come out of an archive are those that went in. */
class ArchiveRoundTripTest {
  private static final Dialect DIALECT = Dialects.newest();

  static Stream<Dialect> dialects() {
    return Dialects.all().stream();
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void keeps_every_kind_of_event_of_every_dialect(Dialect dialect) throws IOException {
    for (int seed = 0; seed < 3; seed++) {
      byte[] log = GeneratedLog.of(dialect, seed, 2000);

      assertKept(log, dialect, ArchiveSettings.USUAL);
      assertKept(log, dialect, new ArchiveSettings(4096, 1));
      assertKept(log, dialect, Archives.SMALL_BLOCKS);
    }
  }

  @Test
  void keeps_a_log_that_is_cut_anywhere() throws IOException {
    byte[] log = GeneratedLog.of(DIALECT, 1, 60);

    for (int length = 12; length < log.length; length++) {
      assertKept(Arrays.copyOf(log, length), DIALECT, Archives.SMALL_BLOCKS);
    }
  }

  @Test
  void keeps_what_follows_the_events() throws IOException {
    byte[] log = GeneratedLog.of(DIALECT, 2, 100);
    byte[] garbage = noise(5000);
    byte[] both = Arrays.copyOf(log, log.length + garbage.length);
    System.arraycopy(garbage, 0, both, log.length, garbage.length);

    assertKept(both, DIALECT, Archives.SMALL_BLOCKS);
    assertKept(both, DIALECT, ArchiveSettings.USUAL);
  }

  @Test
  void keeps_noise_after_the_header() throws IOException {
    byte[] log = noise(100_000);

    assertKept(log, DIALECT, ArchiveSettings.USUAL);
    assertKept(log, Dialects.all().getFirst(), Archives.SMALL_BLOCKS);
  }

  @Test
  void keeps_a_log_of_a_header_alone() throws IOException {
    assertKept(new byte[12], DIALECT, ArchiveSettings.USUAL);
  }

  @Test
  void keeps_an_unusual_header() throws IOException {
    byte[] log = GeneratedLog.of(DIALECT, 3, 10);
    Arrays.fill(log, 0, 12, (byte) 0xa5);

    assertKept(log, DIALECT, ArchiveSettings.USUAL);
  }

  @Test
  void keeps_an_event_that_is_larger_than_a_block() throws IOException {
    // random: code 27 in this dialect, s32 ret, u32 length, bytes
    byte[] data = noise(10_000);
    byte[] random =
        ByteBuffer.allocate(9 + data.length)
            .put((byte) 27)
            .putInt(0)
            .putInt(data.length)
            .put(data)
            .array();
    byte[] start = Arrays.copyOf(GeneratedLog.of(DIALECT, 4, 300), 12);
    byte[] rest = GeneratedLog.of(DIALECT, 4, 300);
    byte[] log =
        ByteBuffer.allocate(random.length + rest.length)
            .put(start)
            .put(random)
            .put(rest, 12, rest.length - 12)
            .array();

    assertKept(log, DIALECT, Archives.SMALL_BLOCKS);
  }

  @Test
  void keeps_clocks_at_the_ends_of_their_range() throws IOException {
    long[] values = {
      Long.MIN_VALUE, Long.MAX_VALUE, 0, -9_223_372_036_854_775_000L, 9_223_372_036_854_775_000L, -1
    };
    ByteBuffer log = ByteBuffer.allocate(12 + 9 * values.length * values.length * 2);
    log.position(12);
    for (long first : values) {
      for (long second : values) {
        log.put((byte) 28).putLong(first).put((byte) 28).putLong(second);
      }
    }

    assertKept(log.array(), DIALECT, ArchiveSettings.USUAL);
    assertKept(log.array(), DIALECT, new ArchiveSettings(64, 1));
  }

  @TestFactory
  Stream<DynamicTest> keeps_real_recordings() throws IOException {
    List<Path> logs = Samples.fewLogs();
    return logs.stream()
        .map(
            path ->
                DynamicTest.dynamicTest(
                    path.getParent().getFileName() + "/" + path.getFileName(),
                    () -> assertRecordingKept(Samples.bytes(path))));
  }

  private static void assertRecordingKept(byte[] log) throws IOException {
    Dialect dialect;
    try (LogReader reader = LogReader.open(MappedSource.of(log), Optional.empty())) {
      dialect = reader.dialect();
    }
    assertKept(log, dialect, ArchiveSettings.USUAL);
    assertKept(log, dialect, new ArchiveSettings(10_000, 1));
  }

  private static void assertKept(byte[] log, Dialect dialect, ArchiveSettings settings)
      throws IOException {
    byte[] archive = Archives.of(log, Optional.of(dialect), settings);

    assertThat(Archives.restored(archive)).isEqualTo(log);
    assertThat(Archives.streamed(archive)).isEqualTo(log);
    try (ArchiveReader reader = Archives.open(archive)) {
      assertThat(reader.verify()).isEmpty();
      assertSameEvents(log, dialect, reader);
    }
  }

  private static void assertSameEvents(byte[] log, Dialect dialect, ArchiveReader reader)
      throws IOException {
    try (LogReader plain = LogReader.open(MappedSource.of(log), Optional.of(dialect));
        LogReader archived = reader.log()) {
      var found = archived.iterator();
      long events = 0;
      long instructions = 0;
      for (Entry entry : plain) {
        if (!found.hasNext() || !found.next().equals(entry)) {
          assertThat(entry.toString()).as("in the archive").isEmpty();
        }
        events++;
      }
      instructions = plain.cursor().icountAfter();
      assertThat(found.hasNext()).isFalse();
      assertThat(archived.ending()).isEqualTo(plain.ending());
      ArchiveTotals totals = reader.totals().orElseThrow();
      assertThat(totals)
          .isEqualTo(new ArchiveTotals(events, instructions, log.length, sha256(log)));
    }
  }

  @Test
  void tells_how_a_log_ends() throws IOException {
    byte[] log = GeneratedLog.of(DIALECT, 5, 50);
    byte[] archive = Archives.of(log, Optional.of(DIALECT), Archives.SMALL_BLOCKS);

    try (ArchiveReader reader = Archives.open(archive);
        LogReader archived = reader.log()) {
      archived.forEach(_ -> {});
      assertThat(archived.ending()).isEqualTo(Ending.END_EVENT);
    }
  }

  @Test
  void refuses_metadata_that_is_too_large() throws IOException {
    byte[] log = GeneratedLog.of(DIALECT, 6, 5);
    Recording recording =
        new Recording(
            List.of(), Optional.empty(), List.of(), List.of("x".repeat(2 << 20)), Optional.empty());

    assertThatThrownBy(
            () -> Archives.of(log, Optional.of(DIALECT), ArchiveSettings.USUAL, recording))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("too large");
  }

  private static byte[] noise(int length) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(length);
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
