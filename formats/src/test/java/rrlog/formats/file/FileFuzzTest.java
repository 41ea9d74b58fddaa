package rrlog.formats.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import rrlog.core.testing.Corpus;

/** Any bytes as a file that somebody takes for a log: compressed, a slice, JSON, anything. */
public class FileFuzzTest {
  @Test
  void are_read_or_refused() {
    Corpus.each(FileFuzzTest.class, 500, FileFuzzTest::fuzzerTestOneInput);
  }

  /** The name that Jazzer looks for. */
  public static void fuzzerTestOneInput(byte[] file) {
    try (LogFile log = LogFile.open(new ByteArrayInputStream(file), LogFile.Options.NONE)) {
      while (log.reader().cursor().next()) {
        log.reader().cursor().event();
      }
      assertThat(log.reader().cursor().position().offset()).isNotNegative();
      log.reader().drain();
    } catch (IOException refused) {
      assertThat(refused.getMessage()).isNotBlank();
    }
  }
}
