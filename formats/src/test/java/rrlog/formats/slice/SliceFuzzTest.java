package rrlog.formats.slice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import rrlog.core.log.LogReader;
import rrlog.core.testing.Corpus;
import rrlog.formats.FileLimits;
import rrlog.formats.LogFormat;

/** Any bytes as a slice: read and written back the same, or one line that says why not. */
public class SliceFuzzTest {
  private static final byte[] MAGIC = "rrslice1".getBytes(StandardCharsets.US_ASCII);

  @Test
  void are_a_slice_or_refused() {
    Corpus.each(SliceFuzzTest.class, 500, SliceFuzzTest::fuzzerTestOneInput);
  }

  /** The name that Jazzer looks for. */
  public static void fuzzerTestOneInput(byte[] rest) throws IOException {
    byte[] file = new byte[MAGIC.length + rest.length];
    System.arraycopy(MAGIC, 0, file, 0, MAGIC.length);
    System.arraycopy(rest, 0, file, MAGIC.length, rest.length);
    ByteArrayOutputStream again = new ByteArrayOutputStream();
    SliceFormat format = new SliceFormat();
    try {
      LogFormat.Content content = format.open(new ByteArrayInputStream(file), FileLimits.DEFAULT);
      try (LogReader log = LogReader.open(content.log(), content.dialect(), content.origin())) {
        format.write(log, again);
      }
    } catch (IOException refused) {
      assertThat(refused.getMessage()).isNotBlank();
      return;
    }
    assertThat(again.toByteArray()).isEqualTo(file);
  }
}
