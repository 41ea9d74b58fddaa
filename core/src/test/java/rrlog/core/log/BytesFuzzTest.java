package rrlog.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import rrlog.core.testing.Corpus;

/** Any bytes at all as a log, read in every way and with the dialect found or stated. */
public class BytesFuzzTest {

  /** The first byte chooses a dialect, the rest is the log. */
  @Test
  void are_read_in_every_way_and_given_back() {
    Corpus.each(BytesFuzzTest.class, 400, BytesFuzzTest::fuzzerTestOneInput);
  }

  /** The name that Jazzer looks for. */
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    if (input.length == 0) {
      return;
    }
    byte[] log = java.util.Arrays.copyOfRange(input, 1, input.length);
    Dialect dialect = Dialects.all().get((input[0] & 0xff) % Dialects.all().size());
    try {
      Decoding mapped = Decoding.of(log, dialect);
      assertThat(mapped.encoded()).isEqualTo(log);
      Decoding streamed = Decoding.of(log, Through.DRIBBLE, dialect);
      assertThat(streamed.entries()).isEqualTo(mapped.entries());
      assertThat(streamed.end()).isEqualTo(mapped.end());
      Decoding found = Decoding.found(log, Through.STREAM);
      assertThat(found.encoded()).isEqualTo(log);
    } catch (MalformedLogException refused) {
      assertThat(refused.position()).isNotNull();
    }
  }
}
