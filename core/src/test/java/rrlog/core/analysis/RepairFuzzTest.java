package rrlog.core.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import rrlog.core.log.Dialect;
import rrlog.core.log.LogReader;
import rrlog.core.log.MappedSource;
import rrlog.core.testing.Corpus;

/**
 * Any bytes as a damaged log: what the repair says about its result is what the validator finds in
 * it, and a result is not mended any more.
 */
public class RepairFuzzTest {
  @Test
  void says_what_is_left() {
    Corpus.each(RepairFuzzTest.class, 1000, RepairFuzzTest::fuzzerTestOneInput);
  }

  /** The name that Jazzer looks for. */
  public static void fuzzerTestOneInput(byte[] log) throws IOException {
    Dialect dialect;
    Repair repair;
    try (LogReader reader = open(log, Optional.empty())) {
      dialect = reader.dialect();
      assertThat(Summary.of(reader.cursor()).events()).isNotNegative();
    } catch (IOException refused) {
      assertThat(refused.getMessage()).isNotBlank();
      return;
    }
    try {
      repair = repair(log, dialect);
    } catch (SliceImpossibleException nothing) {
      return;
    }
    byte[] mended = written(log, dialect, repair);
    try (LogReader reader = open(mended, Optional.of(dialect))) {
      List<Problem> errors =
          Validator.validate(reader).stream()
              .filter(problem -> problem.severity() == Problem.Severity.ERROR)
              .toList();
      assertThat(repair.left().isEmpty()).as("%s", errors).isEqualTo(errors.isEmpty());
    }
    assertThat(repair(mended, dialect).sound()).isTrue();
  }

  private static LogReader open(byte[] log, Optional<Dialect> dialect) throws IOException {
    return LogReader.open(MappedSource.of(MemorySegment.ofArray(log)), dialect);
  }

  private static Repair repair(byte[] log, Dialect dialect) throws IOException {
    try (LogReader reader = open(log, Optional.of(dialect))) {
      return Repair.of(reader);
    }
  }

  private static byte[] written(byte[] log, Dialect dialect, Repair repair) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (LogReader reader = open(log, Optional.of(dialect))) {
      repair.plan().write(reader, out);
    }
    return out.toByteArray();
  }
}
