package rrlog.formats.slice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rrlog.core.event.Position;
import rrlog.core.log.Dialects;

class SliceHeaderTest {
  private static byte[] bytes(Position origin) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    new SliceHeader(origin, Dialects.newest()).write(file);
    return file.toByteArray();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 12, 0",
    "0, 12, 4294967295",
    "1, 13, 0",
    "100, 5000, 123456789",
    "4611686018427387000, 4611686018427387904, 4611686018427387904"
  })
  void comesBackAsItWasWritten(long event, long offset, long icount) throws IOException {
    Position origin = new Position(event, offset, icount);
    SliceHeader read = SliceHeader.read(new ByteArrayInputStream(bytes(origin)));
    assertThat(read).isEqualTo(new SliceHeader(origin, Dialects.newest()));
  }

  /** Sums with such an origin would overflow, or no log can have an event there. */
  @ParameterizedTest
  @CsvSource({
    "-1, 12, 0",
    "0, 11, 0",
    "0, -9223372036854775808, 0",
    "0, 12, -1",
    "2, 13, 0",
    "0, 12, 4294967297",
    "9223372036854775807, 9223372036854775807, 0",
    "0, 9223372036854775807, 0",
    "4611686018427387000, 4611686018427387904, 9223372036854775807"
  })
  void anImpossibleOriginIsRefused(long event, long offset, long icount) throws IOException {
    byte[] file = bytes(new Position(event, offset, icount));
    assertThatThrownBy(() -> SliceHeader.read(new ByteArrayInputStream(file)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("impossible origin");
  }

  @Test
  void a_cut_or_foreign_header_is_refused() throws IOException {
    byte[] whole = bytes(new Position(0, 12, 0));
    for (int size = 0; size < whole.length; size++) {
      byte[] cut = Arrays.copyOf(whole, size);
      assertThatThrownBy(() -> SliceHeader.read(new ByteArrayInputStream(cut)))
          .isInstanceOf(IOException.class);
    }
    byte[] noDialect = whole.clone();
    noDialect[32] = 'x';
    assertThatThrownBy(() -> SliceHeader.read(new ByteArrayInputStream(noDialect)))
        .hasMessage("the slice's header names no dialect");
  }
}
