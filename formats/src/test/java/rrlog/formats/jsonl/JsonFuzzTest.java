package rrlog.formats.jsonl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import rrlog.core.log.LogReader;
import rrlog.core.log.LogWriter;
import rrlog.core.testing.Corpus;
import rrlog.formats.FileLimits;
import rrlog.formats.LogFormat;

/**
 * Any bytes as JSON lines: a log that comes back the same through JSON, or a line that says why.
 */
public class JsonFuzzTest {
  @Test
  void are_a_log_or_refused() {
    Corpus.each(JsonFuzzTest.class, 1000, JsonFuzzTest::fuzzerTestOneInput);
  }

  /** The name that Jazzer looks for. */
  public static void fuzzerTestOneInput(byte[] text) throws IOException {
    byte[] log;
    try {
      log = log(text);
    } catch (IOException refused) {
      assertThat(refused.getMessage()).matches("[ -~]+");
      return;
    }
    try (LogReader reader = open(text)) {
      ByteArrayOutputStream again = new ByteArrayOutputStream();
      new JsonLinesFormat().write(reader, again);
      assertThat(log(again.toByteArray())).isEqualTo(log);
    }
  }

  private static LogReader open(byte[] text) throws IOException {
    LogFormat.Content content =
        new JsonLinesFormat().open(new ByteArrayInputStream(text), FileLimits.DEFAULT);
    return LogReader.open(content.log(), content.dialect(), Optional.empty());
  }

  private static byte[] log(byte[] text) throws IOException {
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    try (LogReader reader = open(text)) {
      LogWriter writer = new LogWriter(log, reader.dialect());
      writer.copy(reader);
      writer.flush();
    }
    return log.toByteArray();
  }
}
