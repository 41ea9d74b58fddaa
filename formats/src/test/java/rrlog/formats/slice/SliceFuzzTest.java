package rrlog.formats.slice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import rrlog.core.event.Position;
import rrlog.core.log.Dialects;
import rrlog.core.log.LogReader;
import rrlog.core.qemu.Release;
import rrlog.core.testing.Corpus;
import rrlog.formats.CarriedState;
import rrlog.formats.FileLimits;
import rrlog.formats.LogFormat;
import rrlog.formats.snapshot.SnapshotFile;

/** Any bytes as a slice: read and written back the same, or one line that says why not. */
public class SliceFuzzTest {
  private static final List<byte[]> MAGICS =
      List.of(
          "rrslice1".getBytes(StandardCharsets.US_ASCII),
          "rrslice2".getBytes(StandardCharsets.US_ASCII));

  @Test
  void are_a_slice_or_refused() {
    Corpus.each(SliceFuzzTest.class, 500, SliceFuzzTest::fuzzerTestOneInput);
  }

  /** The name that Jazzer looks for. */
  public static void fuzzerTestOneInput(byte[] rest) throws IOException {
    for (byte[] magic : MAGICS) {
      byte[] file = Arrays.copyOf(magic, magic.length + rest.length);
      System.arraycopy(rest, 0, file, magic.length, rest.length);
      isOneOrRefused(file);
    }
    isOneOrRefused(withState(rest));
  }

  /** A header that is right, and a state of some length in front of a log. */
  private static byte[] withState(byte[] rest) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    long length = rest.length == 0 ? 1 : 1 + (rest[0] & 0xff);
    new SliceHeader(
            new Position(1, 13, 0),
            Dialects.newest(),
            Optional.of(new CarriedState(Release.of("7.2.22"), length)))
        .write(file);
    file.write(rest);
    return file.toByteArray();
  }

  private static void isOneOrRefused(byte[] file) throws IOException {
    ByteArrayOutputStream again = new ByteArrayOutputStream();
    try {
      LogFormat.Content content =
          new SliceFormat().open(new ByteArrayInputStream(file), FileLimits.DEFAULT);
      Optional<SliceState> state =
          content.state().map(about -> new SliceState(about, out -> state(file).transferTo(out)));
      try (LogReader log = LogReader.open(content.log(), content.dialect(), content.origin())) {
        new SliceFormat(state).write(log, again);
      }
    } catch (IOException refused) {
      assertThat(refused.getMessage()).isNotBlank();
      return;
    }
    assertThat(again.toByteArray()).isEqualTo(file);
  }

  private static InputStream state(byte[] file) throws IOException {
    InputStream state = SliceFormat.state(new ByteArrayInputStream(file));
    try (InputStream again = SliceFormat.state(new ByteArrayInputStream(file))) {
      assertThatThrownBy(() -> SnapshotFile.read(again, 1 << 20)).isInstanceOf(IOException.class);
    }
    return state;
  }
}
