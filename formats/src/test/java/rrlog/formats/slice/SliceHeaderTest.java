package rrlog.formats.slice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rrlog.core.event.Position;
import rrlog.core.log.Dialects;
import rrlog.core.qemu.Release;
import rrlog.formats.CarriedState;

class SliceHeaderTest {
  private static byte[] bytes(Position origin) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    new SliceHeader(origin, Dialects.newest(), Optional.empty()).write(file);
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
    assertThat(read).isEqualTo(new SliceHeader(origin, Dialects.newest(), Optional.empty()));
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

  private static byte[] withState(long length) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    CarriedState state = new CarriedState(Release.of("7.2.22"), length);
    new SliceHeader(new Position(1, 13, 0), Dialects.newest(), Optional.of(state)).write(file);
    return file.toByteArray();
  }

  @Test
  void comes_back_with_its_state() throws IOException {
    byte[] bytes = withState(5);
    SliceHeader read = SliceHeader.read(new ByteArrayInputStream(bytes));
    assertThat(read.state()).contains(new CarriedState(Release.of("7.2.22"), 5));
    assertThat(read.size()).isEqualTo(bytes.length);
  }

  @ParameterizedTest
  @CsvSource({"0", "-1", "9223372036854775807"})
  void an_impossible_length_of_a_state_is_refused(long length) throws IOException {
    byte[] file = withState(length);
    assertThatThrownBy(() -> SliceHeader.read(new ByteArrayInputStream(file)))
        .hasMessageContaining("impossible length");
  }

  @Test
  void a_state_of_no_release_is_refused() throws IOException {
    byte[] file = withState(5);
    file[48] = 'x';
    assertThatThrownBy(() -> SliceHeader.read(new ByteArrayInputStream(file)))
        .hasMessageContaining("no release");
  }
}
