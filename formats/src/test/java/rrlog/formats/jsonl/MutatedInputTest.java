package rrlog.formats.jsonl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import rrlog.core.analysis.Problem;
import rrlog.core.analysis.Repair;
import rrlog.core.analysis.SliceImpossibleException;
import rrlog.core.analysis.Summary;
import rrlog.core.analysis.Validator;
import rrlog.core.event.Entry;
import rrlog.core.log.Dialect;
import rrlog.core.log.EventCursor;
import rrlog.core.log.InexpressibleEventException;
import rrlog.core.log.LogReader;
import rrlog.core.log.LogWriter;
import rrlog.core.log.MappedSource;
import rrlog.core.log.StreamSource;
import rrlog.core.testing.Mutations;
import rrlog.core.testing.Rolls;
import rrlog.core.testing.Samples;
import rrlog.formats.file.LogFile;

/**
 * Real logs, their JSON and slices of them with bytes changed at random: whatever comes out, it is
 * an answer or an {@link IOException}, and what was read is what is written. Long runs: {@code
 * -Drrlog.tries=1000000 -Drrlog.seed=N}.
 */
class MutatedInputTest {
  private static final int LONGEST = 1 << 15;

  private static final List<byte[]> LOGS = new ArrayList<>();
  private static final List<byte[]> JSON = new ArrayList<>();

  static {
    try {
      for (var file : Samples.fewLogs()) {
        byte[] log = Samples.bytes(file);
        byte[] part = log.length > LONGEST ? Arrays.copyOf(log, LONGEST) : log;
        LOGS.add(part);
        JSON.add(lines(Arrays.copyOf(part, Math.min(part.length, 4000))));
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Test
  void aMutatedLogIsReadInEveryWayAlikeAndGivenBack() {
    Rolls.each(
        150,
        rolls -> {
          byte[] log = Mutations.of(rolls, rolls.one(LOGS), rolls.one(LOGS));
          Optional<Dialect> dialect = dialectOf(log);
          if (dialect.isPresent()) {
            assertGivenBack(log, dialect.get());
            assertMended(log, dialect.get());
          }
        });
  }

  private static Optional<Dialect> dialectOf(byte[] log) {
    try (LogReader reader = open(log, Optional.empty())) {
      return Optional.of(reader.dialect());
    } catch (IOException refused) {
      return Optional.empty();
    }
  }

  private static LogReader open(byte[] log, Optional<Dialect> dialect) throws IOException {
    return LogReader.open(MappedSource.of(MemorySegment.ofArray(log)), dialect);
  }

  private static void assertGivenBack(byte[] log, Dialect dialect)
      throws IOException, InexpressibleEventException {
    ByteArrayOutputStream again = new ByteArrayOutputStream();
    try (LogReader mapped = open(log, Optional.of(dialect));
        LogReader stream =
            LogReader.open(new StreamSource(new ByteArrayInputStream(log)), Optional.of(dialect))) {
      LogWriter writer = new LogWriter(again, dialect);
      writer.header(mapped.header());
      EventCursor other = stream.cursor();
      for (Entry entry : mapped) {
        writer.event(entry.event());
        assertThat(other.next()).isTrue();
        assertThat(new Entry(other.position(), other.event())).isEqualTo(entry);
      }
      assertThat(other.next()).isFalse();
      assertThat(other.ending()).isEqualTo(mapped.ending());
      mapped.copyRest((bytes, offset) -> writer.raw(bytes));
      writer.flush();
    }
    assertThat(again.toByteArray()).isEqualTo(log);
    try (LogReader reader = open(log, Optional.of(dialect))) {
      assertThat(Summary.of(reader.cursor()).events()).isNotNegative();
    }
    assertThat(fromJson(lines(log, dialect))).isEqualTo(log);
  }

  /** A repair that leaves nothing makes a log in which nothing is wrong. */
  private static void assertMended(byte[] log, Dialect dialect) throws IOException {
    Repair repair;
    try (LogReader reader = open(log, Optional.of(dialect))) {
      repair = Repair.of(reader);
    } catch (SliceImpossibleException nothing) {
      return;
    }
    ByteArrayOutputStream mended = new ByteArrayOutputStream();
    try (LogReader reader = open(log, Optional.of(dialect))) {
      repair.plan().write(reader, mended);
    }
    try (LogReader reader = open(mended.toByteArray(), Optional.of(dialect))) {
      List<Problem> errors =
          Validator.validate(reader).stream()
              .filter(problem -> problem.severity() == Problem.Severity.ERROR)
              .toList();
      if (repair.left().isEmpty()) {
        assertThat(errors).isEmpty();
      } else {
        assertThat(errors).isNotEmpty();
      }
    }
  }

  @Test
  void mutatedJsonIsReadOrRefusedInOneLine() {
    Rolls.each(
        1000,
        rolls -> {
          byte[] json = Mutations.of(rolls, rolls.one(JSON), rolls.one(JSON));
          try (JsonLogStream log = JsonLogStream.open(new ByteArrayInputStream(json))) {
            assertThat(log.readAllBytes()).isNotEmpty();
          } catch (IOException refused) {
            assertThat(refused.getMessage()).matches("[ -~]+").hasSizeLessThan(400);
          }
        });
  }

  @Test
  void anySliceIsReadOrRefused() {
    Rolls.each(
        300,
        rolls -> {
          byte[] log = Mutations.of(rolls, rolls.one(LOGS), rolls.one(LOGS));
          byte[] slice =
              ByteBuffer.allocate(48 + log.length)
                  .put("rrslice1".getBytes(StandardCharsets.US_ASCII))
                  .putLong(rolls.flag() ? rolls.between(0, 1000) : rolls.anyLong())
                  .putLong(rolls.flag() ? rolls.between(1012, 1L << 40) : rolls.anyLong())
                  .putLong(rolls.flag() ? rolls.between(0, 1L << 40) : rolls.anyLong())
                  .put(
                      Arrays.copyOf(
                          rolls
                              .one("e0200c-b", "e0200a", "e02002", "7.2", "nonsense")
                              .getBytes(StandardCharsets.US_ASCII),
                          16))
                  .put(log)
                  .array();
          try (LogFile file = LogFile.open(new ByteArrayInputStream(slice), LogFile.Options.NONE)) {
            long offset = -1;
            for (Entry entry : file.reader()) {
              assertThat(entry.position().offset()).isGreaterThan(offset);
              assertThat(entry.position().icount()).isNotNegative();
              offset = entry.position().offset();
            }
          } catch (IOException refused) {
            assertThat(refused.getMessage()).isNotBlank();
          }
        });
  }

  private static byte[] fromJson(byte[] json) throws IOException {
    try (JsonLogStream log = JsonLogStream.open(new ByteArrayInputStream(json))) {
      return log.readAllBytes();
    }
  }

  private static byte[] lines(byte[] log) throws IOException {
    try (LogReader reader = open(log, Optional.empty())) {
      return lines(log, reader.dialect());
    }
  }

  private static byte[] lines(byte[] log, Dialect dialect) throws IOException {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    try (LogReader reader = open(log, Optional.of(dialect))) {
      new JsonLogWriter(reader, json).lines();
    }
    return json.toByteArray();
  }
}
