package rrlog.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;

/**
 * Any bytes at all. In a normal build it runs over the inputs in {@code BytesFuzzTestInputs} alone;
 * with {@code JAZZER_FUZZ=1} it looks for new ones (blindly: Jazzer 0.30 does not instrument class
 * files of Java 25).
 */
class BytesFuzzTest {

  /** The first byte chooses a dialect, the rest is the log. */
  @FuzzTest(maxDuration = "2m")
  void areReadInEveryWayAndGivenBack(byte[] input) throws IOException {
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
